// Why this file: runs a plan of allocation (分摊), stage by stage as it orders; most are
// three-level step-down (三级分摊, 阶梯分摊法). [RULE COST-003] 国卫财务发〔2021〕4号:
// administrative -> auxiliary -> medical technology -> clinical, each cost item moved separately
// and arriving under the same item; fund source kept; whose direct cost it was kept as origin, so
// that every scope and every drill-down is exact. Worked example: administration holds 100.00 of
// wages and headcounts are ICU 30, WARD 60 -> ICU 33.33, WARD 66.67, both with origin
// administrative, and administration holds 0.00.
#pragma once

#include <vector>

#include "costing/allocate/plan.hpp"
#include "costing/base/run_result.hpp"
#include "costing/collect/balances.hpp"

namespace yuanliu::costing {

struct Allocation {
    Balances direct;     ///< as collected
    Balances received;   ///< under the origin it arrived with
    Balances sent;       ///< positive, under the origin it was held with
    Balances balances;   ///< direct + received - sent, after all stages
    Balances for_items;  ///< the same after the last stage with before_items
    std::vector<TransferRow> transfers;
    std::vector<Money> total_after_stage;
    std::vector<Finding> findings;
};

/// Runs the plan. Holds after every pass: the balances sum to the direct cost, per cost item and
/// fund source; after every stage: its senders hold 0, but for those that keep a negative balance.
/// Findings: those of DriverChooser; plan_does_not_close {department, class}, plan_loop_closed
/// {loop, category}, reciprocal_out_of_bounds {stage} (stop); iteration_residual {stage, amount}
/// (warn).
[[nodiscard]] Allocation allocate(const Month& month, const ResolvedPlan& plan,
                                  const Balances& direct);

}  // namespace yuanliu::costing
