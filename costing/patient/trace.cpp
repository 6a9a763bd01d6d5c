// Why this file: re-derives one encounter's entries and what they drew.
#include "costing/patient/trace.hpp"

#include "costing/base/cumulative_split.hpp"
#include "costing/patient/netting.hpp"

namespace yuanliu::costing {

std::vector<PoolShare> trace_encounter(const Month& month,
                                       const std::vector<ActivityResult>& activities,
                                       EncounterId encounter, const ParallelFor& parallel_for) {
    const NettedLines netted = net_lines(month, Measuring(month, activities), parallel_for);
    std::vector<std::int64_t> before(activities.size());
    for (std::size_t at = 0; at < netted.offset[encounter.index()]; ++at) {
        before[netted.entries[at].activity] += netted.entries[at].weight;
    }
    std::vector<PoolShare> shares;
    for (std::size_t at = netted.offset[encounter.index()];
         at < netted.offset[encounter.index() + 1]; ++at) {
        const PoolEntry& entry = netted.entries[at];
        const ActivityResult& activity = activities[entry.activity];
        const std::int64_t from = before[entry.activity];
        shares.push_back({.activity = entry.activity,
                          .weight = entry.weight,
                          .cost = Money::from_raw(split_between(
                              activity.cost.raw(), from, from + entry.weight, activity.weight))});
    }
    return shares;
}

}  // namespace yuanliu::costing
