// Why this file: 科室病组盈亏单: what a head of department looks for first: groups against the
// hospital's norm, ratio cases, non-DIP apart, down to the record number (docs/profit.md §4).
#include <fmt/format.h>

#include <algorithm>

#include "costing/profit/analysis.hpp"
#include "server/report/profit_rows.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::report {
namespace {

Money charged(const Tally& tally, ChargeCategory category) {
    return tally.charge_parts[static_cast<std::size_t>(category)];
}
Money examined(const Tally& tally) {
    return charged(tally, ChargeCategory::examination) + charged(tally, ChargeCategory::laboratory);
}

/// What is held to the norm: drugs, materials, examinations and laboratory.
std::array<Money, 3> watched(const Tally& tally) {
    return {charged(tally, ChargeCategory::drug), charged(tally, ChargeCategory::material),
            examined(tally)};
}

Money each_of(Money amount, std::int64_t cases) {
    return Money::from_raw(rounded_half_away(amount.raw(), cases));
}

class GroupSheet : private ReportWords {
  public:
    GroupSheet(const ProfitInput& input, DepartmentId department)
        : ReportWords(input.language),
          input_(input),
          department_(department),
          scope_(index_of(input.scope)),
          norms_(norms_of(input.view)) {
        ObjectSums groups;
        for (const ProfitCase& one : input.view.cases) {
            if (input.view.encounter(one).department != department) {
                continue;
            }
            cases_.push_back(&one);
            if (one.is_dip()) {
                groups.add(one.group, input.view.group_name(one, input.language), one.tally);
            } else {
                others_[one.basis].add(one.tally);
            }
        }
        groups_ = groups.by_margin(scope_);
        total_ = total_of(groups_);
        const Tally& visits = input.view.visits[department.index()];
        if (visits.cases > 0) {
            others_[PaymentBasis::visit].add(visits);
        }
    }

    Report build() {
        Report report = begin_profit_report(input_, title());
        report.lead.push_back(lead());
        report.sections.push_back(group_section());
        report.sections.push_back(other_section());
        report.sections.push_back(case_section(report));
        report.notes.push_back(
            words("标杆: 全院本月同组正常病例的均值; 无正常病例时留空。药品、耗材、检查化验为费用; "
                  "入院早于本月者此前的费用无分类, 不在其中。",
                  "Norm: the mean of the hospital's normal cases of the group in the month; blank "
                  "without any. Drugs, materials, examinations and laboratory are charges; what "
                  "stays were charged before this month has no category and is not in them."));
        report.notes.push_back(not_for_pay(language()));
        return report;
    }

  private:
    [[nodiscard]] std::string title() const {
        return fmt::format(
            fmt::runtime(words("科室病组盈亏单: {}, DIP {} 例, CMI {}, 政策盈亏 {} 元, 实际盈亏 {} "
                               "元",
                               "Group sheet: {}, {} DIP cases, CMI {}, policy margin {}, real "
                               "margin {} yuan")),
            department_title(input_.view, department_), total_.cases, cmi_rate(total_).text(),
            signed_words(total_.policy_margin()), signed_words(total_.margin(scope_)));
    }

    [[nodiscard]] std::string lead() const {
        std::int64_t others = 0;
        for (const auto& [basis, tally] : others_) {
            others += basis == PaymentBasis::visit ? 0 : tally.cases;
        }
        const std::string worst =
            groups_.empty() ? std::string("-")
                            : groups_.front().title + " (" +
                                  signed_words(groups_.front().tally.margin(scope_)) + ")";
        return fmt::format(
            fmt::runtime(
                words("实际盈亏最低的病组: {}; 低倍率 {} 例, 高倍率 {} 例; 非 DIP 住院 {} "
                      "例单列。",
                      "Lowest real margin: {}; {} low and {} high cases; {} inpatients not "
                      "of DIP apart.")),
            worst, total_.low, total_.high, others);
    }

    [[nodiscard]] Section group_section() const {
        Section section{.caption = words("一、DIP 病组与标杆 (元/例)",
                                         "1. DIP groups against the norm (yuan a case)"),
                        .columns = {{.title = words("病组", "group")}}};
        for (const auto& [zh, en] :
             {std::pair("例数", "cases"), std::pair("CMI", "CMI"), std::pair("低倍率", "low"),
              std::pair("高倍率", "high"), std::pair("例均费用", "charges each"),
              std::pair("例均支付", "payment each"), std::pair("政策盈亏", "policy margin"),
              std::pair("实际盈亏", "real margin")}) {
            section.columns.push_back({.title = words(zh, en)});
        }
        for (const auto& [zh, en] :
             {std::pair("药品", "drugs"), std::pair("耗材", "materials"),
              std::pair("检查化验", "examinations, laboratory"), std::pair("住院日", "days")}) {
            const std::string group = words(zh, en);
            section.columns.push_back({.title = words("例均", "each"), .group = group});
            section.columns.push_back({.title = words("标杆", "norm"), .group = group});
            section.columns.push_back({.title = words("差", "over"), .group = group});
        }
        for (const ProfitObject& group : groups_) {
            const auto norm = norms_.find(group.code);
            section.rows.push_back(group_row(RowStyle::item, group.title, group.tally,
                                             norm == norms_.end() ? nullptr : &norm->second));
        }
        section.rows.push_back(
            group_row(RowStyle::total, words("DIP 合计", "DIP in all"), total_, nullptr));
        return section;
    }

    [[nodiscard]] Row group_row(RowStyle style, const std::string& title, const Tally& tally,
                                const Tally* norm) const {
        Row row{
            .style = style,
            .cells = {text_cell(title), count_cell(tally.cases), cmi_cell(tally),
                      count_cell(tally.low), count_cell(tally.high),
                      each_cell(tally.charge, tally.cases), each_cell(tally.payment, tally.cases),
                      amount_cell(tally.policy_margin()), amount_cell(tally.margin(scope_))}};
        const auto own = watched(tally);
        for (std::size_t i = 0; i < own.size(); ++i) {
            row.cells.push_back(each_cell(own[i], tally.cases));
            if (norm == nullptr) {
                row.cells.resize(row.cells.size() + 2, blank_cell());
                continue;
            }
            const Money usual = each_of(watched(*norm)[i], norm->cases);
            row.cells.push_back(amount_cell(usual));
            row.cells.push_back(amount_cell(each_of(own[i], tally.cases) - usual));
        }
        row.cells.push_back(days_each_cell(tally.days, tally.cases));
        if (norm == nullptr) {
            row.cells.resize(row.cells.size() + 2, blank_cell());
            return row;
        }
        const std::int64_t days = rounded_half_away(Int128{tally.days} * 100, tally.cases);
        const std::int64_t usual = rounded_half_away(Int128{norm->days} * 100, norm->cases);
        row.cells.push_back(number_cell(format_decimal(usual, 2)));
        row.cells.push_back(number_cell(format_decimal(days - usual, 2)));
        return row;
    }

    [[nodiscard]] Section other_section() const {
        Section section{.caption = words("二、非 DIP (单列)", "2. Not DIP (apart)"),
                        .columns = {{.title = words("口径", "basis")}}};
        for (const auto& [zh, en] :
             {std::pair("例数", "cases"), std::pair("医疗费用", "charges"),
              std::pair("例均费用", "charges each"), std::pair("支付", "payment"),
              std::pair("政策盈亏", "policy margin"), std::pair("实际盈亏", "real margin")}) {
            section.columns.push_back({.title = words(zh, en)});
        }
        for (const PaymentBasis basis :
             {PaymentBasis::ungrouped, PaymentBasis::uncoded, PaymentBasis::charges,
              PaymentBasis::drg, PaymentBasis::other, PaymentBasis::visit}) {
            const auto found = others_.find(basis);
            const Tally tally = found == others_.end() ? Tally{} : found->second;
            section.rows.push_back(
                {.cells = {text_cell(basis_words(basis, language())), count_cell(tally.cases),
                           amount_cell(tally.charge), each_cell(tally.charge, tally.cases),
                           amount_cell(tally.payment), amount_cell(tally.policy_margin()),
                           amount_cell(tally.margin(scope_))}});
        }
        return section;
    }

    [[nodiscard]] Section case_section(Report& report) const {
        Section section{.caption = words("三、病例 (按病案号追溯)", "3. Cases by record number"),
                        .key_columns = 1,
                        .columns = {{.title = words("病案号", "record number")},
                                    {.title = words("主治医师", "attending")},
                                    {.title = words("病组", "group")},
                                    {.title = words("口径", "basis")}}};
        for (const auto& [zh, en] :
             {std::pair("住院日", "days"), std::pair("费用", "charges"),
              std::pair("支付", "payment"), std::pair("政策盈亏", "policy margin"),
              std::pair("成本", "cost"), std::pair("实际盈亏", "real margin"),
              std::pair("药品", "drugs"), std::pair("耗材", "materials"),
              std::pair("检查化验", "examinations, laboratory")}) {
            section.columns.push_back({.title = words(zh, en)});
        }
        Tally sum;
        for (const ProfitCase* one : cases_) {
            const Encounter& encounter = input_.view.encounter(*one);
            const std::string basis = one->deviation ? name_in(language(), *one->deviation)
                                                     : basis_words(one->basis, language());
            section.rows.push_back(case_row(RowStyle::item,
                                            {encounter.record_number, encounter.attending,
                                             input_.view.group_name(*one, language()), basis},
                                            one->tally));
            sum.add(one->tally);
        }
        section.rows.push_back(
            case_row(RowStyle::total, {words("住院合计", "inpatients in all"), "", "", ""}, sum));
        Tally parts = total_;
        for (const auto& [basis, tally] : others_) {
            parts.add(basis == PaymentBasis::visit ? Tally{} : tally);
        }
        report.must_close("cases = groups and others", sum.payment, parts.payment);
        report.must_close("cases = groups and others", sum.cost.back(), parts.cost.back());
        return section;
    }

    [[nodiscard]] Row case_row(RowStyle style, const std::array<std::string, 4>& key,
                               const Tally& tally) const {
        Row row{.style = style, .cells = {}};
        for (const std::string& text : key) {
            row.cells.push_back(text_cell(text));
        }
        row.cells.insert(row.cells.end(),
                         {count_cell(tally.days), amount_cell(tally.charge),
                          amount_cell(tally.payment), amount_cell(tally.policy_margin()),
                          amount_cell(tally.cost[scope_]), amount_cell(tally.margin(scope_))});
        for (const Money amount : watched(tally)) {
            row.cells.push_back(amount_cell(amount));
        }
        return row;
    }

    const ProfitInput& input_;
    DepartmentId department_;
    std::size_t scope_;
    std::map<std::string, Tally> norms_;
    std::vector<const ProfitCase*> cases_;
    ProfitObjects groups_;
    Tally total_;
    std::map<PaymentBasis, Tally> others_;
};

}  // namespace

Report group_sheet_report(const ProfitInput& input, DepartmentId department) {
    return GroupSheet(input, department).build();
}

}  // namespace yuanliu::report
