// Why this file: sums cases to groups in both scopes, and finds the largest part of a margin.
#include "server/cli/group_view.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "server/cli/summary.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::cli {
namespace {

/// Whole-stay cost of an encounter.
struct StayCost {
    std::array<Money, kCategories> by_category{};
    Money medical;
    void add(Component component, Money cost) {
        by_category[static_cast<std::size_t>(component.category)] += cost;
        if (component.fund == FundSource::basic) {
            medical += cost;
        }
    }
};

std::vector<StayCost> costs_of_stays(const usecase::ComputeOutcome& outcome) {
    const Month& month = outcome.loaded.month;
    const EncounterCosts& costs = outcome.result.costing.month_costs;
    std::vector<StayCost> stays(month.encounters.size());
    for (std::size_t e = 0; e < stays.size(); ++e) {
        for (std::size_t at = costs.offset[e]; at < costs.offset[e + 1]; ++at) {
            stays[e].add(component_at(costs.rank[at]), costs.cost[at]);
        }
    }
    for (const OpeningCost& opening : month.opening_costs) {
        stays[opening.encounter.index()].add(opening.component, opening.cost);
    }
    return stays;
}

void add_case(GroupView& view, const CaseRow& row, RelativeWeight rw, const StayCost& cost) {
    ++view.sums.cases;
    view.sums.rw += rw;
    view.sums.charge += row.charge;
    view.sums.payment += row.payment;
    view.sums.cost += row.cost;
    view.medical_cost += cost.medical;
    for (std::size_t i = 0; i < kCategories; ++i) {
        view.cost[i] += cost.by_category[i];
    }
}

}  // namespace

GroupViews view_groups(const usecase::ComputeOutcome& outcome) {
    const Month& month = outcome.loaded.month;
    const auto stays = costs_of_stays(outcome);
    std::map<std::pair<PaymentBasis, std::string>, GroupView> groups;
    GroupViews views;
    for (const CaseRow& row : outcome.result.profit.cases) {
        std::string code = "~" + std::string(word_of(row.status));
        std::string name;
        RelativeWeight rw;
        if (row.status == CaseStatus::grouped) {
            const CatalogueRow& group = month.catalogue[row.row.index()];
            code = group.group;
            name = group.name;
            rw = RelativeWeight::from_raw(group.score.raw());
        }
        const StayCost& cost = stays[row.encounter.index()];
        GroupView& view = groups[{row.basis, code}];
        view.basis = row.basis;
        view.group = code;
        view.name = name;
        add_case(view, row, rw, cost);
        if (row.basis == PaymentBasis::dip) {
            add_case(views.dip, row, rw, cost);
        }
    }
    for (auto& [key, view] : groups) {
        views.groups.push_back(std::move(view));
    }
    return views;
}

Rate cmi_of(const ProfitSums& sums) {
    return sums.cases == 0
               ? Rate()
               : Rate::from_raw(rounded_half_away(sums.rw.raw(), Int128{sums.cases} * 1000));
}

Reason main_reason(const GroupView& group, const GroupView& hospital) {
    const Int128 base = hospital.sums.charge.raw();
    const Int128 charge = group.sums.charge.raw();
    const Int128 margin = group.real_margin().raw();
    if (base <= 0 || margin == 0 || group.sums.cases == 0) {
        return {};
    }
    Reason best{
        .kind = ReasonKind::none, .category = {}, .each = {}, .percent = 0, .is_loss = margin < 0};
    Int128 largest = 0;
    Int128 sum = 0;
    // Every part is held times `base`, so that nothing is rounded before it is shown.
    const auto offer = [&](ReasonKind kind, CostCategory category, Int128 part) {
        sum += part;
        if (best.is_loss ? part < largest : part > largest) {
            largest = part;
            best.kind = kind;
            best.category = category;
        }
    };
    offer(ReasonKind::payment, {}, Int128{group.policy_margin().raw()} * base);
    offer(ReasonKind::hospital_level, {}, charge * (base - hospital.sums.cost.raw()));
    for (std::size_t i = 0; i < kCategories; ++i) {
        offer(ReasonKind::category, static_cast<CostCategory>(i),
              charge * hospital.cost[i].raw() - Int128{group.cost[i].raw()} * base);
    }
    YUANLIU_CHECK(sum == margin * base);
    best.each = Money::from_raw(rounded_half_away(largest, base * group.sums.cases));
    best.percent = rounded_half_away(largest * 100, margin * base);
    return best;
}

std::string words_of(const Reason& reason, Language language) {
    const bool zh = language == Language::zh;
    const std::string share =
        zh ? fmt::format(", 占{} {} %", reason.is_loss ? "亏损" : "盈余", reason.percent)
           : fmt::format(", {} % of the {}", reason.percent, reason.is_loss ? "loss" : "gain");
    const std::string sign = reason.is_loss ? "" : "+";
    switch (reason.kind) {
        case ReasonKind::payment:
            return (zh ? fmt::format("支付{}费用 ", reason.is_loss ? "低于" : "高于")
                       : fmt::format("payment {} charges ", reason.is_loss ? "below" : "above")) +
                   sign + yuan(reason.each) + share;
        case ReasonKind::hospital_level:
            return (zh ? std::string("全院成本费用比 ")
                       : std::string("hospital's cost against its charges ")) +
                   sign + yuan(reason.each) + share;
        case ReasonKind::category:
            return fmt::format(
                "{} {}{} {}{}", name_in(language, reason.category), reason.is_loss ? "+" : "",
                yuan(-reason.each),
                reason.is_loss ? say(language, "above", "偏高") : say(language, "below", "偏低"),
                share);
        case ReasonKind::none:
            break;
    }
    return "-";
}

}  // namespace yuanliu::cli
