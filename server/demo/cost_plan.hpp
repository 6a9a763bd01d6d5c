// How much each department costs in the month, so that the hospital about breaks even and the
// specialties earn or lose what they are known for.
#pragma once

#include "server/demo/tally.hpp"

namespace yuanliu::demo {

struct DepartmentCost {
    Fen services = 0;  ///< everything but traced drugs and materials
    Fen drugs = 0;
    Fen materials = 0;
};

[[nodiscard]] std::vector<DepartmentCost> plan_costs(const World& world, const MonthSpan& month,
                                                     const Tally& tally);

/// What is left beside depreciation, moved between departments that have staff until each can pay
/// its people: from 70 to 180 % of what they are worth by profession, the sum kept. `staff_shares`:
/// per mille of it that is pay, by department.
void level_to_heads(const World& world, const std::vector<std::int64_t>& staff_shares,
                    std::vector<DepartmentCost>& plan);

}  // namespace yuanliu::demo
