// Why this file: answers for one patient which pools, by which activity, paid in, by what weight of
// what total; derived again, bit for bit, from the same values, because storing it for every
// patient would be larger than the month.
#pragma once

#include <array>
#include <vector>

#include "costing/base/month.hpp"
#include "costing/base/parallel.hpp"
#include "costing/base/run_result.hpp"

namespace yuanliu::costing {

struct PoolShare {
    std::uint32_t activity = 0;  ///< index into the activities of the result
    std::int64_t weight = 0;
    Money cost;
    std::array<Money, kComponents> components{};  ///< by rank; sum to cost
};

/// The shares of one encounter, in the order of activities. Holds: they sum to the encounter's
/// month cost.
[[nodiscard]] std::vector<PoolShare> trace_encounter(const Month& month,
                                                     const std::vector<ActivityResult>& activities,
                                                     EncounterId encounter,
                                                     const ParallelFor& parallel_for);

/// What each encounter got from one department, by PoolKind. Holds: with the parked part and what
/// no activity passed on, the sums are the department's pools.
struct DepartmentShares {
    using ByPool = std::array<Money, 3>;
    std::vector<ByPool> encounters;  ///< in encounter order
    ByPool parked{};
};

[[nodiscard]] DepartmentShares trace_department(const Month& month,
                                                const std::vector<ActivityResult>& activities,
                                                DepartmentId department,
                                                const ParallelFor& parallel_for);

}  // namespace yuanliu::costing
