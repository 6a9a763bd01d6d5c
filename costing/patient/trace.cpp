// Why this file: re-derives one encounter's entries and what they drew.
#include "costing/patient/trace.hpp"

#include <numeric>

#include "costing/patient/netting.hpp"
#include "costing/patient/patient_cost.hpp"

namespace yuanliu::costing {

std::vector<PoolShare> trace_encounter(const Month& month,
                                       const std::vector<ActivityResult>& activities,
                                       EncounterId encounter, const ParallelFor& parallel_for) {
    const NettedLines netted = net_lines(month, Measuring(month, activities), parallel_for);
    std::vector<std::int64_t> before(activities.size());
    for (std::size_t at = 0; at < netted.offset[encounter.index()]; ++at) {
        before[netted.entries[at].activity] += netted.entries[at].weight;
    }
    EntrySplitter splitter(activities);
    std::vector<PoolShare> shares;
    for (std::size_t at = netted.offset[encounter.index()];
         at < netted.offset[encounter.index() + 1]; ++at) {
        PoolEntry entry = netted.entries[at];
        entry.before = before[entry.activity];
        PoolShare& share = shares.emplace_back(PoolShare{
            .activity = entry.activity, .weight = entry.weight, .cost = {}, .components = {}});
        splitter.add(entry, share.components);
        share.cost = std::accumulate(share.components.begin(), share.components.end(), Money());
    }
    return shares;
}

}  // namespace yuanliu::costing
