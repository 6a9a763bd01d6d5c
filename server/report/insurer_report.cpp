// Why this file: groups whose weight is too low for what they cost, with the evidence an insurer
// asks for; and groups above their standard month after month (docs/profit.md §7).
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "costing/profit/analysis.hpp"
#include "server/report/profit_rows.hpp"
#include "server/report/reports.hpp"

namespace yuanliu::report {
namespace {

using costing::profit::Spread;

struct Evidence {
    std::string title;
    Tally tally;  ///< normal cases
    Spread spread;
};

/// Sums and the cost of each normal DIP case, by group.
struct NormalCases {
    std::string title;
    Tally tally;
    std::vector<Money> costs;
};

/// Mean cost is above the standard by the set share, and the interval lies above it wholly.
bool is_evidence(const NormalCases& normal, const Spread& spread, std::size_t scope,
                 const costing::profit::InsurerRules& rules) {
    const Tally& tally = normal.tally;
    const Int128 cost = Int128{tally.cost[scope].raw()} * 10'000;
    const Int128 limit = Int128{tally.payment.raw()} * (10'000 + rules.over.raw());
    const Int128 low = Int128{spread.mean.raw() - spread.half_width.raw()} * tally.cases;
    return tally.cases >= rules.cases && tally.payment.raw() > 0 && cost >= limit &&
           low > tally.payment.raw();
}

std::vector<Evidence> evidence_of(const ProfitInput& input, Tally& hospital) {
    const std::size_t scope = index_of(input.scope);
    std::map<std::string, NormalCases> groups;
    for (const ProfitCase& one : input.view.cases) {
        if (one.is_dip() && one.is_normal()) {
            NormalCases& group = groups[one.group];
            group.title = input.view.group_name(one, input.language);
            group.tally.add(one.tally);
            group.costs.push_back(one.tally.cost[scope]);
            hospital.add(one.tally);
        }
    }
    std::vector<Evidence> found;
    for (const auto& [code, group] : groups) {
        const auto spread = costing::profit::spread_of(group.costs);
        if (spread && is_evidence(group, *spread, scope, input.rules.insurer)) {
            found.push_back({.title = group.title, .tally = group.tally, .spread = *spread});
        }
    }
    std::stable_sort(found.begin(), found.end(), [scope](const Evidence& a, const Evidence& b) {
        return a.tally.margin(scope) < b.tally.margin(scope);
    });
    return found;
}

Row evidence_row(const Evidence& one, const Tally& hospital, std::size_t scope) {
    const Tally& tally = one.tally;
    const Int128 spent = Int128{hospital.cost[scope].raw()};
    // RW that this cost has in the hospital as a whole: mean cost ÷ (hospital cost ÷ hospital RW).
    const Int128 fitting = Int128{tally.cost[scope].raw()} * hospital.rw.raw();
    const bool has_hospital = spent > 0;
    Row row{
        .cells = {
            text_cell(one.title), count_cell(tally.cases),
            weight_cell(RelativeWeight::from_raw(rounded_half_away(tally.rw.raw(), tally.cases))),
            each_cell(tally.payment, tally.cases), amount_cell(one.spread.mean),
            amount_cell(one.spread.mean - one.spread.half_width),
            amount_cell(one.spread.mean + one.spread.half_width), amount_cell(one.spread.deviation),
            percent_cell(tally.cost[scope].raw(), tally.payment.raw())}};
    const Int128 expected = spent * tally.rw.raw();
    row.cells.push_back(hospital.rw.is_zero()
                            ? blank_cell()
                            : amount_cell(Money::from_raw(rounded_half_away(
                                  expected, Int128{hospital.rw.raw()} * tally.cases))));
    row.cells.push_back(has_hospital
                            ? number_cell(format_decimal(
                                  rounded_half_away(fitting, spent * tally.cases * 1'000), 4))
                            : blank_cell());
    row.cells.push_back(each_cell(tally.charge, tally.cases));
    row.cells.push_back(amount_cell(tally.margin(scope)));
    return row;
}

Tally sum_of_evidence(const std::vector<Evidence>& found) {
    Tally sum;
    for (const Evidence& one : found) {
        sum.add(one.tally);
    }
    return sum;
}

}  // namespace

Report insurer_report(const ProfitInput& input) {
    const Language language = input.language;
    const auto words = [&](const char* zh, const char* en) { return in(language, zh, en); };
    const std::size_t scope = index_of(input.scope);
    Tally hospital;
    const auto found = evidence_of(input, hospital);
    const Tally sum = sum_of_evidence(found);
    Report report = begin_profit_report(
        input, fmt::format(fmt::runtime(words(
                               "分值偏低病组: {} 个病组 {} 例正常病例, 成本高于支付标准 {} 元",
                               "Groups of too low a weight: {} groups, {} normal cases, cost {} "
                               "yuan above standard")),
                           found.size(), sum.cases, yuan_words(-sum.margin(scope))));
    const auto& rules = input.rules.insurer;
    report.lead.push_back(fmt::format(
        fmt::runtime(words(
            "列入条件: 正常病例不少于 {} 例, 例均成本高于支付标准 {} 以上, 且例均成本的 95% "
            "置信区间全部高于支付标准。高低倍率病例不计入。请医保部门据此复核分值。",
            "Listed: at least {} normal cases, mean cost above the standard by {} or more, and the "
            "95 % interval of mean cost wholly above it. Low and high cases are left out. The "
            "insurer is asked to look at the weight again.")),
        rules.cases, percent_words(rules.over)));
    Section section{.caption = {}, .columns = {{.title = words("病组", "group")}}};
    for (const auto& [zh, en] :
         {std::pair("正常例数", "normal cases"), std::pair("RW", "RW"),
          std::pair("例均支付标准", "standard each"), std::pair("例均成本", "cost each"),
          std::pair("95% 下限", "95 % from"), std::pair("95% 上限", "95 % to"),
          std::pair("标准差", "standard deviation"), std::pair("成本 ÷ 标准", "cost ÷ standard"),
          std::pair("全院同 RW 例均成本", "hospital's cost at this RW"),
          std::pair("与成本相称的 RW", "RW of this cost"), std::pair("例均费用", "charges each"),
          std::pair("盈亏合计", "margin in all")}) {
        section.columns.push_back({.title = words(zh, en)});
    }
    for (const Evidence& one : found) {
        section.rows.push_back(evidence_row(one, hospital, scope));
    }
    report.sections.push_back(std::move(section));
    report.notes.push_back(words(
        "全院同 RW 例均成本 = 全院正常 DIP 病例成本 ÷ 其 RW × 本组 RW; 与成本相称的 RW = 本组例均"
        "成本 ÷ (全院正常 DIP 病例成本 ÷ 其 RW)。置信区间 = 均值 ± 1.96 × 标准差 ÷ √例数。",
        "The hospital's cost at this RW = cost of all normal DIP cases ÷ their RW × RW of the "
        "group; RW of this cost = mean cost ÷ (cost of all normal DIP cases ÷ their RW). Interval "
        "= mean ± 1.96 × standard deviation ÷ √cases."));
    return report;
}

}  // namespace yuanliu::report
