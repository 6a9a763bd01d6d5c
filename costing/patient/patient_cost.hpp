// Why this file: stages 3 and 4 of a run, from department pools to service items and every patient
// (bottom-up). [RULE COST-006] A pool is split over its entries in encounter order by the
// cumulative split, its components by nested prefixes (why: costing/base/cumulative_split.hpp,
// [RULE BASE-003]). A unit cost is only shown. A pool that nothing drew from stays with its
// department as unallocated cost.
#pragma once

#include "costing/base/parallel.hpp"
#include "costing/base/run_result.hpp"
#include "costing/patient/netting.hpp"
#include "costing/patient/pools.hpp"

namespace yuanliu::costing {

struct PatientCosting {
    std::vector<PoolResult> pools;
    EncounterCosts month_costs;
    std::array<Money, kComponents> parked_cost{};
    std::vector<StayAmounts> stays;  ///< opening amounts are not in yet
    std::vector<Finding> findings;
};

/// Holds: pools' cost = encounters' + parked + unallocated, by component.
/// Findings: pool_without_volume {department, pool, cost} (warn), weight_overflow {department,
/// pool} (stop), and those of net_lines.
[[nodiscard]] PatientCosting cost_patients(const Month& month, const Balances& for_items,
                                           const ParallelFor& parallel_for);

/// Adds the components of one entry: differences of its shares of the pool's prefixes.
void add_components(const PoolResult& pool, const PoolEntry& entry,
                    std::array<Money, kComponents>& sums);

/// Adds what stays brought from earlier months (prior/).
void add_openings(const Month& month, std::vector<StayAmounts>& stays);

/// Whole-stay cost by component of the stays still in hospital: what the next month opens with.
[[nodiscard]] std::vector<OpeningCost> closing_costs(const Month& month,
                                                     const EncounterCosts& month_costs);

}  // namespace yuanliu::costing
