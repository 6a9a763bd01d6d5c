// Why this file: turns millions of charge lines into few entries: refunds netted, lines of one
// patient in one pool merged. [RULE COST-005] Lines are netted per encounter x executing department
// x service item. A netted row weighs quantity x equivalent (services) or its charge (drugs,
// materials) in its department's pool; a negative row weighs nothing and is reported. Worked
// example: 3 dressings and a refund of 1, equivalent 0.5 -> weight 2 x 0.5 = 1.0 (raw 100000000).
#pragma once

#include <cstdint>
#include <vector>

#include "costing/base/parallel.hpp"
#include "costing/patient/pools.hpp"

namespace yuanliu::costing {

/// Largest sum of weights of a pool. A weight above it is kept as one more than it, so that the
/// pool is reported as weight_overflow instead of wrapping.
inline constexpr std::int64_t kMaxWeightSum = std::int64_t{1} << 62;

/// What one encounter weighs in one pool; `before` is the pool's running weight before it.
struct PoolEntry {
    std::uint32_t pool = 0;
    std::int64_t weight = 0;
    std::int64_t before = 0;
};

/// Sums of one service item in one department, over all its lines.
struct ItemUse {
    DepartmentId department;
    ServiceItemId service_item;
    std::int64_t quantity = 0;
    std::int64_t weight = 0;
    std::int64_t charge = 0;
};

struct NettedLines {
    /// Entries of encounter e: [offset[e], offset[e + 1]), ascending by pool; the parked entry of
    /// all unknown encounters is e = number of encounters.
    std::vector<std::size_t> offset;
    std::vector<PoolEntry> entries;
    std::vector<ItemUse> items;           ///< ascending by department, item; pool or no pool
    std::vector<Money> encounter_charge;  ///< month's charges by encounter
    std::vector<Finding> findings;  ///< net_quantity_negative {encounter, department, item, net},
                                    ///< lines_without_pool {department, pool, rows}
};

/// `before` is not filled yet. Runs in parallel over encounters; the outcome does not depend on
/// how.
[[nodiscard]] NettedLines net_lines(const Month& month, const Pools& pools,
                                    const ParallelFor& parallel_for);

}  // namespace yuanliu::costing
