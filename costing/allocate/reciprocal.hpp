// Why this file: 代数法, services among senders settled by equations (docs/allocation.md §4).
// [RULE COST-008] Horngren, Cost Accounting, ch. 15: the gross total of a department is its own
// cost and its share of the gross totals of all that serve it. Worked example: telecoms 2.00 and IT
// 6.00; telecoms serve IT 20 of 90, IT serves telecoms 25 of 85 -> gross totals T = 2 + I x 25/85,
// I = 6 + T x 20/90, so T = 4.0280, I = 6.8951.
#pragma once

#include "costing/allocate/cost_mover.hpp"

namespace yuanliu::costing {

/// Runs a stage of method reciprocal. Findings (stop): plan_loop_closed {loop, category} when cost
/// is held by a sender that leads to departments which only serve each other;
/// reciprocal_out_of_bounds {stage}.
void solve_stage(const Month& month, DriverChooser& chooser, CostMover& mover);

}  // namespace yuanliu::costing
