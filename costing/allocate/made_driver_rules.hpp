// Why this file: a driver that the plan makes of others (docs/allocation.md §1) has rules of its
// own, judged here: readings only, plain or share terms but not both, no negative factor.
#pragma once

#include "costing/allocate/plan.hpp"
#include "costing/allocate/plan_names.hpp"

namespace yuanliu::costing {

/// Fills made_drivers and made_names. Findings: unknown_driver {name}, driver_formula_invalid
/// {driver, reason}.
void resolve_made_drivers(const std::vector<MadeDriver>& made, PlanNames& names,
                          ResolvedPlan& plan);

}  // namespace yuanliu::costing
