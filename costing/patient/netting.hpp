// Why this file: turns millions of charge lines into few entries: refunds netted, lines of one
// patient in one pool merged. [RULE COST-005] Lines are netted per encounter x executing department
// x service item. A netted row weighs quantity x equivalent (services) or its charge (drugs,
// materials) in its department's pool; a negative row weighs nothing and is reported. Worked
// example: 3 dressings and a refund of 1, equivalent 0.5 -> weight 2 x 0.5 = 1.0 (raw 100000000).
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "costing/base/parallel.hpp"
#include "costing/patient/measuring.hpp"

namespace yuanliu::costing {

/// What one encounter weighs in one activity; `before` is the activity's running weight before it.
struct PoolEntry {
    std::uint32_t activity = 0;
    std::int64_t weight = 0;
    std::int64_t before = 0;
};

/// Sums of one service item in one department, over all its lines.
struct ItemUse {
    DepartmentId department;
    ServiceItemId service_item;
    std::int64_t quantity = 0;
    std::int64_t weight = 0;  ///< in a plain pool (Measuring::Span) or in none; else 0
    std::int64_t charge = 0;
};

struct NettedLines {
    /// Entries of encounter e: [offset[e], offset[e + 1]), ascending by activity; the parked entry
    /// of all unknown encounters is e = number of encounters.
    std::vector<std::size_t> offset;
    std::vector<PoolEntry> entries;
    std::vector<ItemUse> items;  ///< ascending by department, item; pool or no pool
    /// Use by (activity, item) in pools that are not plain.
    std::map<std::pair<std::uint32_t, ServiceItemId>, std::int64_t> activity_items;
    std::vector<Money> encounter_charge;  ///< month's charges by encounter
    std::vector<Finding> findings;  ///< net_quantity_negative {encounter, department, item, net},
                                    ///< lines_without_pool {department, pool, rows}
};

/// `before` is not filled yet. Runs in parallel over encounters; the outcome does not depend on
/// how.
[[nodiscard]] NettedLines net_lines(const Month& month, const Measuring& measuring,
                                    const ParallelFor& parallel_for);

}  // namespace yuanliu::costing
