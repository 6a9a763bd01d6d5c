// Why this file: brings the cells of a department's service pool to its activities. [RULE COST-011]
// Traced cost first, then every cell that is left by a resource driver, largest remainder, key =
// activity (docs/service-items.md §3). Invariant: the activities of a pool hold its components
// exactly. Worked example: 100.00 staff, 10.00 of it traced to item X -> ~item:X 10.00; 90.00 over
// "scan" (60 minutes) and "report" (30 minutes) -> 60.00 and 30.00.
#pragma once

#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/rules.hpp"
#include "costing/patient/measuring.hpp"

namespace yuanliu::costing {

struct DivisionInput {
    const Month& month;
    const Balances& for_items;
    const Pools& pools;
    const CostingSettings& settings;
};

/// Gives every activity its components. Needs `use` of service units. Findings: traced_cost_exceeds
/// {department, cost item, fund source, traced, held}, resource_driver_missing {department, cost
/// item, chain}, weight_overflow (stop); resource_driver_fell_back {department, cost item, first,
/// taken} (warn).
[[nodiscard]] std::vector<Finding> divide_pools(const DivisionInput& input,
                                                std::vector<ActivityResult>& activities);

}  // namespace yuanliu::costing
