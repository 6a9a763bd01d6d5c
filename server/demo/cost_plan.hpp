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

}  // namespace yuanliu::demo
