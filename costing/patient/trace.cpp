// Why this file: re-derives one encounter's entries and what they drew, and what all encounters
// drew from one department.
#include "costing/patient/trace.hpp"

#include <numeric>

#include "costing/base/cumulative_split.hpp"
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

DepartmentShares trace_department(const Month& month, const std::vector<ActivityResult>& activities,
                                  DepartmentId department, const ParallelFor& parallel_for) {
    const NettedLines netted = net_lines(month, Measuring(month, activities), parallel_for);
    std::vector<std::int64_t> running(activities.size());
    DepartmentShares shares{.encounters =
                                std::vector<DepartmentShares::ByPool>(month.encounters.size())};
    for (std::size_t e = 0; e + 1 < netted.offset.size(); ++e) {
        auto& of_entry = e < shares.encounters.size() ? shares.encounters[e] : shares.parked;
        for (std::size_t at = netted.offset[e]; at < netted.offset[e + 1]; ++at) {
            const PoolEntry& entry = netted.entries[at];
            const ActivityResult& activity = activities[entry.activity];
            if (activity.department != department || activity.weight == 0) {
                continue;
            }
            std::int64_t& before = running[entry.activity];
            of_entry[static_cast<std::size_t>(activity.kind)] += Money::from_raw(
                split_between(activity.cost.raw(), before, before + entry.weight, activity.weight));
            before += entry.weight;
        }
    }
    return shares;
}

}  // namespace yuanliu::costing
