// Why this file: stages 3 and 4 of a run, from department pools to service items and every patient
// (bottom-up). [RULE COST-006] A pool is split over its entries in encounter order by the
// cumulative split, its components by nested prefixes (why: costing/base/cumulative_split.hpp,
// [RULE BASE-003]). A pool is split activity by activity; without methods it has one
// (docs/service-items.md). A unit cost is only shown. An activity that nothing drew from stays
// with its department as unallocated cost, unused capacity as idle cost.
#pragma once

#include "costing/base/parallel.hpp"
#include "costing/base/rules.hpp"
#include "costing/base/run_result.hpp"
#include "costing/patient/netting.hpp"
#include "costing/patient/pools.hpp"

namespace yuanliu::costing {

struct PatientCosting {
    std::vector<PoolResult> pools;
    std::vector<ActivityResult> activities;
    EncounterCosts month_costs;
    std::array<Money, kComponents> parked_cost{};
    std::vector<StayAmounts> stays;  ///< opening amounts are not in yet
    std::vector<Finding> findings;
};

/// Holds: pools' cost = encounters' + parked + idle + unallocated, by component; and pools' cost =
/// items' + idle + unallocated. Without methods every pool has one activity, by equivalents or by
/// charge. Findings: pool_without_volume {department, pool, cost}, activity_without_use
/// {department, activity, cost}, capacity_exceeded {department, activity, used, practical} (warn),
/// weight_overflow {department, pool or activity} (stop), and those of net_lines, divide_pools and
/// find_unmeasured.
[[nodiscard]] PatientCosting cost_patients(const Month& month, const Balances& for_items,
                                           const ParallelFor& parallel_for,
                                           const CostingSettings& settings = {});

/// Gives entries their components: differences of their shares of the activity's prefixes. An entry
/// begins where the one before it in its activity ended, so what was reached is kept: entries in
/// order cost half the divisions, and any order gives the same.
class EntrySplitter {
  public:
    /// The activities outlive the splitter.
    explicit EntrySplitter(const std::vector<ActivityResult>& activities);
    void add(const PoolEntry& entry, std::array<Money, kComponents>& sums);

  private:
    const std::vector<ActivityResult>& activities_;
    std::vector<std::size_t> first_;     ///< by activity, in shares_
    std::vector<std::int64_t> shares_;   ///< of each prefix, up to the weight that was reached
    std::vector<std::int64_t> reached_;  ///< by activity; -1 = none yet
};

/// Adds what stays brought from earlier months (prior/).
void add_openings(const Month& month, std::vector<StayAmounts>& stays);

/// Whole-stay cost by component of the stays still in hospital: what the next month opens with.
[[nodiscard]] std::vector<OpeningCost> closing_costs(const Month& month,
                                                     const EncounterCosts& month_costs);

}  // namespace yuanliu::costing
