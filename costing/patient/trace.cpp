// Why this file: re-derives one encounter's entries and what they drew.
#include "costing/patient/trace.hpp"

#include <numeric>

#include "costing/patient/netting.hpp"
#include "costing/patient/patient_cost.hpp"

namespace yuanliu::costing {

std::vector<PoolShare> trace_encounter(const Month& month, const std::vector<PoolResult>& pools,
                                       EncounterId encounter, const ParallelFor& parallel_for) {
    const NettedLines netted =
        net_lines(month, Pools(month.departments.size(), pools), parallel_for);
    std::vector<std::int64_t> before(pools.size());
    for (std::size_t at = 0; at < netted.offset[encounter.index()]; ++at) {
        before[netted.entries[at].pool] += netted.entries[at].weight;
    }
    std::vector<PoolShare> shares;
    for (std::size_t at = netted.offset[encounter.index()];
         at < netted.offset[encounter.index() + 1]; ++at) {
        PoolEntry entry = netted.entries[at];
        const PoolResult& pool = pools[entry.pool];
        entry.before = before[entry.pool];
        PoolShare& share = shares.emplace_back(
            PoolShare{.pool = entry.pool, .weight = entry.weight, .cost = {}, .components = {}});
        add_components(pool, entry, share.components);
        share.cost = std::accumulate(share.components.begin(), share.components.end(), Money());
    }
    return shares;
}

}  // namespace yuanliu::costing
