// Why this file: looks at the readings and the ledger of the month with the eyes of the plan.
#include "costing/allocate/plan_check.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "costing/allocate/cost_mover.hpp"
#include "costing/collect/direct_cost.hpp"

namespace yuanliu::costing {
namespace {

SourceRef place(std::size_t stage, std::string rest) {
    return {.file = "allocation.toml",
            .row = 0,
            .column = "stage[" + std::to_string(stage) + "]" + std::move(rest)};
}

TargetScope widest_scope(const ResolvedStage& stage) {
    switch (stage.method) {
        case StageMethod::outward:
        case StageMethod::peer_first:
            return TargetScope::receivers;
        case StageMethod::sequential:
            return TargetScope::later;
        case StageMethod::mutual:
        case StageMethod::twice:
        case StageMethod::iterative:
            return TargetScope::both;
        case StageMethod::reciprocal:
            break;
    }
    return stage.self_service ? TargetScope::network : TargetScope::both;
}

/// A made driver whose formula has a fault, which is told where the formula stands.
bool has_no_formula(const Month& month, const ResolvedPlan& plan, DriverId driver) {
    return driver.index() >= month.drivers.size() &&
           plan.made_drivers[driver.index() - month.drivers.size()].terms.empty();
}

}  // namespace

std::vector<Finding> missing_drivers(const Month& month, const ResolvedPlan& plan) {
    const DriverBase bases(month, plan);
    std::vector<Finding> findings;
    std::set<DriverId> judged;
    for (std::size_t s = 0; s < plan.stages.size(); ++s) {
        for (std::size_t r = 0; r < plan.stages[s].rules.size(); ++r) {
            const ResolvedRule& rule = plan.stages[s].rules[r];
            if (!rule.holds || rule.drivers.empty() || bases.is_read(rule.drivers.front()) ||
                has_no_formula(month, plan, rule.drivers.front()) ||
                !judged.insert(rule.drivers.front()).second) {
                continue;
            }
            findings.push_back({.code = FindingCode::driver_missing_for_month,
                                .severity = Severity::warn,
                                .where = place(s, ".rule[" + std::to_string(r) + "].drivers"),
                                .arguments = {driver_code(month, plan, rule.drivers.front())}});
        }
    }
    return findings;
}

std::vector<Finding> immovable_pools(const Month& month, const ResolvedPlan& plan) {
    const DriverBase bases(month, plan);
    const Balances direct = collect_direct_cost(month).balances;
    std::vector<Finding> findings;
    for (std::size_t s = 0; s < plan.stages.size(); ++s) {
        const ResolvedStage& stage = plan.stages[s];
        const bool is_faulty =
            stage.receivers.empty() ||
            std::any_of(stage.rules.begin(), stage.rules.end(), [&](const ResolvedRule& rule) {
                return rule.drivers.empty() ||
                       std::any_of(rule.drivers.begin(), rule.drivers.end(), [&](DriverId driver) {
                           return has_no_formula(month, plan, driver);
                       });
            });
        if (is_faulty) {
            continue;
        }
        std::vector<Finding> zero;
        DriverChooser chooser(month, plan, bases, s, zero);
        for (const DepartmentId sender : stage.senders) {
            for_each_pool(sender, direct.of(sender), [&](const PoolKey& pool, auto /*cells*/) {
                static_cast<void>(chooser.need(pool, widest_scope(stage)));
            });
        }
        for (Finding& finding : zero) {
            if (finding.code == FindingCode::driver_total_is_zero) {
                findings.push_back({.code = FindingCode::plan_cannot_move,
                                    .severity = Severity::stop,
                                    .where = std::move(finding.where),
                                    .arguments = {finding.arguments[0], finding.arguments[1],
                                                  finding.arguments[3]}});
            }
        }
    }
    return findings;
}

}  // namespace yuanliu::costing
