// Why this file: see profit_rows.hpp.
#include "server/report/profit_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "costing/profit/analysis.hpp"
#include "server/report/reports.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::report {

std::size_t index_of(Scope scope) noexcept {
    switch (scope) {
        case Scope::medical_business:
            return 0;
        case Scope::medical:
            return 1;
        case Scope::medical_full:
            return 2;
        case Scope::hospital_full:
            break;
    }
    return 3;
}

Report begin_profit_report(const ProfitInput& input, std::string title) {
    const Language language = input.language;
    const std::string version =
        input.rules.version.empty() ? in(language, "默认", "default") : input.rules.version;
    return {
        .language = language,
        .form = {},
        .title = std::move(title),
        .caliber = in(language, "实际盈亏按", "real margin at ") + name_of(input.scope, language),
        .hospital = input.view.month->hospital_name,
        .period = period_words(input.result.period, language),
        .basis =
            fmt::format("result {} · analysis {}", input.result.result_hash.substr(0, 16), version),
        .gaps = input.view.gaps};
}

std::string yuan_words(Money amount) {
    return grouped(amount.text());
}

std::string signed_words(Money amount) {
    return (amount.raw() > 0 ? "+" : "") + yuan_words(amount);
}

std::string percent_words(Rate rate) {
    return format_decimal(rate.raw(), 2) + "%";
}

Cell optional_amount(std::optional<Money> amount) {
    return amount ? amount_cell(*amount) : blank_cell();
}

Cell weight_cell(RelativeWeight weight) {
    return number_cell(weight.trimmed());
}

Rate cmi_rate(const Tally& tally) {
    return Rate::from_raw(
        tally.cases == 0 ? 0 : rounded_half_away(tally.rw.raw(), Int128{tally.cases} * 1'000));
}

Cell cmi_cell(const Tally& tally) {
    return tally.cases == 0 ? blank_cell() : number_cell(cmi_rate(tally).text());
}

Cell days_each_cell(std::int64_t days, std::int64_t cases) {
    return cases == 0
               ? blank_cell()
               : number_cell(format_decimal(rounded_half_away(Int128{days} * 100, cases), 2));
}

std::optional<Rate> margin_rate_of(const Tally& tally, std::size_t scope) {
    return costing::profit::rate_of(tally.margin(scope), tally.payment);
}

Cell rate_cell(std::optional<Rate> rate) {
    return rate ? number_cell(percent_words(*rate)) : blank_cell();
}

std::string department_title(const ProfitView& view, DepartmentId department) {
    return department_words(view.month->departments[department.index()]);
}

std::string charge_part_words(std::size_t part, Language language) {
    constexpr std::array<std::pair<const char*, const char*>, costing::profit::kChargeParts> kWords{
        {{"床位", "bed"},
         {"护理", "nursing"},
         {"诊察", "consultation"},
         {"检查", "examination"},
         {"化验", "laboratory"},
         {"治疗", "treatment"},
         {"手术", "surgery"},
         {"药品", "drugs"},
         {"耗材", "materials"},
         {"其他", "other"},
         {"以前月份", "earlier months"}}};
    return in(language, kWords[part].first, kWords[part].second);
}

std::string basis_words(PaymentBasis basis, Language language) {
    return name_in(language, basis);
}

void ObjectSums::add(const std::string& code, const std::string& title, const Tally& tally) {
    ProfitObject& object = objects_[code];
    object.code = code;
    object.title = title;
    object.tally.add(tally);
}

ProfitObjects ObjectSums::by_code() const {
    ProfitObjects objects;
    for (const auto& [code, object] : objects_) {
        objects.push_back(object);
    }
    return objects;
}

ProfitObjects ObjectSums::by_margin(std::size_t scope) const {
    ProfitObjects objects = by_code();
    std::stable_sort(objects.begin(), objects.end(),
                     [scope](const ProfitObject& a, const ProfitObject& b) {
                         return a.tally.margin(scope) < b.tally.margin(scope);
                     });
    return objects;
}

Tally total_of(const ProfitObjects& objects) {
    Tally total;
    for (const ProfitObject& object : objects) {
        total.add(object.tally);
    }
    return total;
}

ObjectSums dip_groups(const ProfitView& view, Language language) {
    ObjectSums sums;
    for (const ProfitCase& one : view.cases) {
        if (one.is_dip()) {
            sums.add(one.group, view.group_name(one, language), one.tally);
        }
    }
    return sums;
}

std::map<std::string, Tally> norms_of(const ProfitView& view) {
    std::map<std::string, Tally> norms;
    for (const ProfitCase& one : view.cases) {
        if (one.is_dip() && one.is_normal()) {
            norms[one.group].add(one.tally);
        }
    }
    return norms;
}

std::string not_for_pay(Language language) {
    return in(language, "本表供分析与管理; 不作为科室或个人绩效的核算依据, 不得据此限制收治。",
              "For analysis and management. Nobody is paid by this sheet, and no patient is to be "
              "refused because of it.");
}

}  // namespace yuanliu::report
