// Why this file: what a plan lacks in one month can be said before, and without, running it
// (docs/allocation.md §6).
#pragma once

#include <vector>

#include "costing/allocate/plan.hpp"
#include "costing/collect/balances.hpp"

namespace yuanliu::costing {

/// Drivers that a rule of this month names first and that have no reading at all:
/// driver_missing_for_month {driver}, warn, because the chain may fall back.
[[nodiscard]] std::vector<Finding> missing_drivers(const Month& month, const ResolvedPlan& plan);

/// Direct cost of senders that no driver of its rule moves: plan_cannot_move {department, category,
/// tried}, stop. A run says the same of every pool as driver_total_is_zero; this is for a month
/// that other findings keep from being run. Rules that are faulty themselves are passed over.
[[nodiscard]] std::vector<Finding> immovable_pools(const Month& month, const ResolvedPlan& plan,
                                                   const Balances& direct);

}  // namespace yuanliu::costing
