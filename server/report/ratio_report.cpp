// Why this file: 高低倍率病例: by which parts of charges and of cost such a case differs from the
// normal cases of its group; the parts sum to the difference exactly (docs/profit.md §5).
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "costing/profit/analysis.hpp"
#include "server/report/profit_rows.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::report {
namespace {

/// A ratio case against its norm. Without a normal case of its group there are no parts.
struct RatioCase {
    const ProfitCase* one = nullptr;
    Money norm{};                 ///< mean charge of normal cases, or the catalogue's reference
    std::vector<Money> charge{};  ///< differences by part
    std::optional<Money> norm_cost{};
    std::vector<Money> cost{};
    std::int64_t norm_days = 0;
    std::int64_t norm_cases = 0;  ///< normal cases behind the norm
    [[nodiscard]] bool has_norm() const { return norm_cases > 0; }
};

template <class Parts>
std::vector<Money> differences(const Parts& own, const Parts& sums, std::int64_t cases) {
    std::vector<Money> parts = costing::profit::mean_parts(sums, cases);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i] = own[i] - parts[i];
    }
    return parts;
}

Money sum_of_parts(const std::vector<Money>& parts) {
    Money sum;
    for (const Money part : parts) {
        sum += part;
    }
    return sum;
}

class RatioTables : private ReportWords {
  public:
    RatioTables(const ProfitInput& input, std::optional<DepartmentId> department)
        : ReportWords(input.language),
          input_(input),
          department_(department),
          scope_(index_of(input.scope)) {
        const auto norms = norms_of(input.view);
        for (const ProfitCase& one : input.view.cases) {
            if (department && input.view.encounter(one).department != *department) {
                continue;
            }
            all_.add(one.is_dip() ? one.tally : Tally{});
            if (one.is_dip() && one.is_ratio()) {
                const auto norm = norms.find(one.group);
                cases_.push_back(against(one, norm == norms.end() ? nullptr : &norm->second));
            }
        }
        std::stable_sort(cases_.begin(), cases_.end(), [](const RatioCase& a, const RatioCase& b) {
            return std::pair(a.one->deviation, -excess(a).raw()) <
                   std::pair(b.one->deviation, -excess(b).raw());
        });
    }

    Report build() {
        Report report = begin_profit_report(input_, title());
        report.lead.push_back(lead());
        report.sections.push_back(summary_section());
        report.sections.push_back(charge_section(report));
        report.sections.push_back(cost_section(report));
        report.notes.push_back(words(
            "标杆: 本院本月同组正常病例的均值 (各部分均值之和等于总均值); 本月同组无正常病例时, "
            "以目录"
            "次均费用为标杆, 目录没有构成, 不出构成。“以前月份”为入院早于本月者此前已记的费用, 无分"
            "类。",
            "Norm: the mean of the hospital's normal cases of the group in this month (means of "
            "parts sum to the mean); without any, the catalogue's reference charge, which has no "
            "parts. \"Earlier months\" is what a stay was charged before this month, without "
            "category."));
        report.notes.push_back(not_for_pay(language()));
        return report;
    }

  private:
    static Money excess(const RatioCase& ratio) { return ratio.one->tally.charge - ratio.norm; }

    RatioCase against(const ProfitCase& one, const Tally* norm) const {
        RatioCase ratio{.one = &one};
        if (norm == nullptr) {
            ratio.norm = input_.view.month->catalogue[one.row.index()].reference_charge;
            return ratio;
        }
        ratio.norm_cases = norm->cases;
        ratio.norm_days = norm->days;
        ratio.charge = differences(one.tally.charge_parts, norm->charge_parts, norm->cases);
        ratio.cost = differences(one.tally.cost_parts, norm->cost_parts, norm->cases);
        ratio.norm = Money::from_raw(rounded_half_away(norm->charge.raw(), norm->cases));
        ratio.norm_cost = Money::from_raw(rounded_half_away(norm->cost.back().raw(), norm->cases));
        return ratio;
    }

    [[nodiscard]] std::string cause(const std::vector<Money>& parts, bool is_charge) const {
        const auto main = costing::profit::main_part(parts);
        if (!main) {
            return parts.empty() ? words("无标杆构成", "no parts") : words("无差异", "none");
        }
        const std::string part = is_charge ? charge_part_words(*main, language())
                                           : name_in(language(), static_cast<CostCategory>(*main));
        return part + " " + signed_words(parts[*main]);
    }

    /// Σ of the differences of cases of one kind that have parts.
    [[nodiscard]] std::vector<Money> sum_parts(Deviation deviation) const {
        std::vector<Money> sums(costing::profit::kChargeParts);
        for (const RatioCase& ratio : cases_) {
            for (std::size_t i = 0; ratio.one->deviation == deviation && i < ratio.charge.size();
                 ++i) {
                sums[i] += ratio.charge[i];
            }
        }
        return sums;
    }

    [[nodiscard]] std::string share_words(std::int64_t cases) const {
        return percent_words(Rate::from_raw(
            all_.cases == 0 ? 0 : rounded_half_away(Int128{cases} * 10'000, all_.cases)));
    }

    [[nodiscard]] std::string title() const {
        return fmt::format(
            fmt::runtime(words("{}高低倍率病例: DIP {} 例中低倍率 {} 例 ({}), 高倍率 {} 例 ({})",
                               "{}low and high cases: of {} DIP cases {} low ({}), {} high ({})")),
            department_ ? department_title(input_.view, *department_) + " " : "", all_.cases,
            all_.low, share_words(all_.low), all_.high, share_words(all_.high));
    }

    [[nodiscard]] std::string lead() const {
        return fmt::format(fmt::runtime(words("高倍率费用差异主要来自: {}; 低倍率: {}。",
                                              "High cases differ most by: {}; low cases by: {}.")),
                           cause(sum_parts(Deviation::high), true),
                           cause(sum_parts(Deviation::low), true));
    }

    [[nodiscard]] Section summary_section() const {
        Section section{.caption = words("一、汇总", "1. Summary"),
                        .columns = {{.title = words("倍率", "kind")},
                                    {.title = words("例数", "cases")},
                                    {.title = words("占 DIP", "of DIP")},
                                    {.title = words("医疗费用", "charges")},
                                    {.title = words("支付", "payment")},
                                    {.title = words("政策盈亏", "policy margin")},
                                    {.title = words("实际盈亏", "real margin")},
                                    {.title = words("费用高于标杆", "charges over norm")}}};
        for (const Deviation deviation : {Deviation::low, Deviation::high}) {
            Tally tally;
            Money over;
            for (const RatioCase& ratio : cases_) {
                if (ratio.one->deviation == deviation) {
                    tally.add(ratio.one->tally);
                    over += excess(ratio);
                }
            }
            section.rows.push_back(
                {.cells = {text_cell(name_in(language(), deviation)), count_cell(tally.cases),
                           percent_cell(tally.cases, all_.cases), amount_cell(tally.charge),
                           amount_cell(tally.payment), amount_cell(tally.policy_margin()),
                           amount_cell(tally.margin(scope_)), amount_cell(over)}});
        }
        return section;
    }

    [[nodiscard]] std::vector<Column> key_columns() const {
        return {
            {.title =
                 department_ ? words("病案号", "record number") : words("就诊号", "encounter")},
            {.title = department_ ? words("主治医师", "attending") : words("科室", "department")},
            {.title = words("病组", "group")},
            {.title = words("倍率", "kind")},
            {.title = words("主要原因 (元)", "main cause (yuan)")}};
    }

    [[nodiscard]] std::vector<Cell> key_cells(const RatioCase& ratio, std::string why) const {
        const Encounter& encounter = input_.view.encounter(*ratio.one);
        return {text_cell(department_ ? encounter.record_number : encounter.code),
                text_cell(department_ ? encounter.attending
                                      : department_title(input_.view, encounter.department)),
                text_cell(input_.view.group_name(*ratio.one, language())),
                text_cell(name_in(language(), *ratio.one->deviation)), text_cell(std::move(why))};
    }

    [[nodiscard]] Section charge_section(Report& report) const {
        Section section{.caption = words("二、费用与标杆之差 (各部分之和 = 差异)",
                                         "2. Charges against the norm (parts sum to the "
                                         "difference)"),
                        .key_columns = 4,
                        .columns = key_columns()};
        for (const auto& [zh, en] :
             {std::pair("住院日", "days"), std::pair("标杆住院日", "norm days"),
              std::pair("费用", "charges"), std::pair("标杆", "norm"),
              std::pair("标杆例数", "cases of norm"),
              std::pair("费用 ÷ 目录次均", "of the reference"), std::pair("差异", "difference")}) {
            section.columns.push_back({.title = words(zh, en)});
        }
        for (std::size_t i = 0; i < costing::profit::kChargeParts; ++i) {
            section.columns.push_back(
                {.title = charge_part_words(i, language()), .group = words("差异构成", "parts")});
        }
        for (const RatioCase& ratio : cases_) {
            const Tally& tally = ratio.one->tally;
            Row row{.cells = key_cells(ratio, cause(ratio.charge, true))};
            const Money reference =
                input_.view.month->catalogue[ratio.one->row.index()].reference_charge;
            row.cells.insert(
                row.cells.end(),
                {count_cell(tally.days), days_each_cell(ratio.norm_days, ratio.norm_cases),
                 amount_cell(tally.charge), amount_cell(ratio.norm), count_cell(ratio.norm_cases),
                 percent_cell(tally.charge.raw(), reference.raw()), amount_cell(excess(ratio))});
            for (std::size_t i = 0; i < costing::profit::kChargeParts; ++i) {
                row.cells.push_back(ratio.has_norm() ? amount_cell(ratio.charge[i]) : blank_cell());
            }
            if (ratio.has_norm()) {
                report.must_close(input_.view.encounter(*ratio.one).code + " charge parts",
                                  sum_of_parts(ratio.charge), excess(ratio));
            }
            section.rows.push_back(std::move(row));
        }
        return section;
    }

    [[nodiscard]] Section cost_section(Report& report) const {
        Section section{.caption = words("三、成本与标杆之差 (医院全成本, 各部分之和 = 差异)",
                                         "3. Cost against the norm (full hospital cost, parts sum "
                                         "to the difference)"),
                        .key_columns = 4,
                        .columns = key_columns()};
        for (const auto& [zh, en] : {std::pair("成本", "cost"), std::pair("标杆", "norm"),
                                     std::pair("差异", "difference")}) {
            section.columns.push_back({.title = words(zh, en)});
        }
        for (std::size_t c = 0; c < kCategories; ++c) {
            section.columns.push_back({.title = name_in(language(), static_cast<CostCategory>(c)),
                                       .group = words("差异构成", "parts")});
        }
        for (const RatioCase& ratio : cases_) {
            const Money cost = ratio.one->tally.cost.back();
            Row row{.cells = key_cells(ratio, cause(ratio.cost, false))};
            row.cells.push_back(amount_cell(cost));
            row.cells.push_back(optional_amount(ratio.norm_cost));
            row.cells.push_back(ratio.norm_cost ? amount_cell(cost - *ratio.norm_cost)
                                                : blank_cell());
            for (std::size_t c = 0; c < kCategories; ++c) {
                row.cells.push_back(ratio.has_norm() ? amount_cell(ratio.cost[c]) : blank_cell());
            }
            if (ratio.norm_cost) {
                report.must_close(input_.view.encounter(*ratio.one).code + " cost parts",
                                  sum_of_parts(ratio.cost), cost - *ratio.norm_cost);
            }
            section.rows.push_back(std::move(row));
        }
        return section;
    }

    const ProfitInput& input_;
    std::optional<DepartmentId> department_;
    std::size_t scope_;
    Tally all_;
    std::vector<RatioCase> cases_;
};

}  // namespace

Report ratio_report(const ProfitInput& input, std::optional<DepartmentId> department) {
    return RatioTables(input, department).build();
}

}  // namespace yuanliu::report
