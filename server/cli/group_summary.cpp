// Why this file: shows which disease groups gain or lose, and why: the cost category in which a
// group's cases use most more (or less) than the hospital's cases use for the same relative weight.
// Worked example: the hospital's staff cost is 2,000 yuan for each 1.0 of RW; a group of 10 cases
// with RW 0.6 would use 1,200 a case, its cases used 1,900: "staff +700 a case".
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "server/cli/summary.hpp"
#include "server/cli/text_table.hpp"

namespace yuanliu::cli {
namespace {

constexpr std::size_t kShownGroups = 6;
using ByCategory = std::array<Money, kCategories>;

struct GroupView {
    std::string name;
    ProfitSums sums;
    ByCategory cost{};
};

/// Whole-stay cost by category of every encounter of interest.
std::vector<ByCategory> cost_by_category(const usecase::ComputeOutcome& outcome) {
    const Month& month = outcome.loaded.month;
    const EncounterCosts& costs = outcome.result.costing.month_costs;
    std::vector<ByCategory> sums(month.encounters.size());
    for (std::size_t e = 0; e < sums.size(); ++e) {
        for (std::size_t at = costs.offset[e]; at < costs.offset[e + 1]; ++at) {
            sums[e][static_cast<std::size_t>(component_at(costs.rank[at]).category)] +=
                costs.cost[at];
        }
    }
    for (const OpeningCost& opening : month.opening_costs) {
        sums[opening.encounter.index()][static_cast<std::size_t>(opening.component.category)] +=
            opening.cost;
    }
    return sums;
}

void add_case(GroupView& view, const CaseRow& row, RelativeWeight rw, const ByCategory& cost) {
    ++view.sums.cases;
    view.sums.rw += rw;
    view.sums.charge += row.charge;
    view.sums.payment += row.payment;
    view.sums.cost += row.cost;
    for (std::size_t i = 0; i < kCategories; ++i) {
        view.cost[i] += cost[i];
    }
}

std::string reason_of(const GroupView& group, const GroupView& hospital, Language language) {
    static constexpr std::array<const char*, kCategories> kNames{
        "人员经费", "卫生材料", "药品", "折旧", "摊销", "风险基金", "其他运行"};
    const bool loses = group.sums.payment < group.sums.cost;
    std::int64_t best = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < kCategories && !hospital.sums.rw.is_zero(); ++i) {
        const std::int64_t usual = rounded_half_away(
            Int128{hospital.cost[i].raw()} * group.sums.rw.raw(), hospital.sums.rw.raw());
        const std::int64_t excess = group.cost[i].raw() - usual;
        if (loses ? excess > best : excess < best) {
            best = excess;
            at = i;
        }
    }
    if (best == 0) {
        return say(language, "payment against weight", "支付相对权重");
    }
    const std::string name =
        language == Language::zh ? kNames[at] : std::string(word_of(static_cast<CostCategory>(at)));
    return fmt::format("{} {}{}", name, best > 0 ? "+" : "",
                       yuan_each(Money::from_raw(best), group.sums.cases));
}

void print_some(const std::vector<const GroupView*>& groups, const GroupView& hospital,
                const std::string& title, Language language) {
    TextTable table(
        {title, say(language, "cases", "例数"), say(language, "charge/case", "例均费用"),
         say(language, "payment/case", "例均支付"), say(language, "cost/case", "例均成本"),
         say(language, "policy margin", "政策盈亏"), say(language, "real margin", "实际盈亏"),
         say(language, "why: cost a case against weight", "原因: 每例相对同权重")},
        1);
    for (const GroupView* group : groups) {
        const ProfitSums& sums = group->sums;
        table.add({group->name, std::to_string(sums.cases), yuan_each(sums.charge, sums.cases),
                   yuan_each(sums.payment, sums.cases), yuan_each(sums.cost, sums.cases),
                   yuan(sums.payment - sums.charge), yuan(sums.payment - sums.cost),
                   reason_of(*group, hospital, language)});
    }
    fmt::print("{}", table.text());
}

}  // namespace

void print_groups(const usecase::ComputeOutcome& outcome, Language language) {
    const Month& month = outcome.loaded.month;
    const auto costs = cost_by_category(outcome);
    std::map<std::string, GroupView> groups;
    GroupView hospital;
    for (const CaseRow& row : outcome.result.profit.cases) {
        if (row.basis != PaymentBasis::dip) {
            continue;
        }
        const CatalogueRow& group = month.catalogue[row.row.index()];
        const auto rw = RelativeWeight::from_raw(group.score.raw());
        GroupView& view = groups[group.group];
        view.name = group.group + " " + group.name;
        add_case(view, row, rw, costs[row.encounter.index()]);
        add_case(hospital, row, rw, costs[row.encounter.index()]);
    }
    std::vector<const GroupView*> order;
    std::int64_t losing = 0;
    for (const auto& [code, view] : groups) {
        order.push_back(&view);
        losing += view.sums.payment < view.sums.cost ? 1 : 0;
    }
    std::stable_sort(order.begin(), order.end(), [](const GroupView* left, const GroupView* right) {
        return left->sums.payment - left->sums.cost > right->sums.payment - right->sums.cost;
    });
    fmt::print(
        "\n{}: {} · {} {} · CMI {}\n", say(language, "DIP groups", "DIP 病组"), groups.size(),
        losing, say(language, "lose at full cost", "组全成本口径亏损"),
        hospital.sums.cases == 0
            ? "-"
            : Rate::from_raw(rounded_half_away(hospital.sums.rw.raw(), hospital.sums.cases * 1000))
                  .text());
    const auto first = [](std::size_t wanted, auto from) {
        const std::size_t shown = std::min(kShownGroups, wanted);
        return std::vector<const GroupView*>(from, from + static_cast<std::ptrdiff_t>(shown));
    };
    print_some(first(order.size() - static_cast<std::size_t>(losing), order.begin()), hospital,
               say(language, "largest gains", "盈余最多"), language);
    print_some(first(static_cast<std::size_t>(losing), order.rbegin()), hospital,
               say(language, "largest losses", "亏损最多"), language);
}

}  // namespace yuanliu::cli
