// Why this file: shows what each service item cost in each department, beside its charge; nothing
// is computed from it.
#pragma once

#include <vector>

#include "costing/patient/netting.hpp"

namespace yuanliu::costing {

/// Apportions each pool's total over its items by weight and fills PoolResult::items. Unit cost =
/// cost / net quantity, rounded half away to 0.000001 yuan; none when the net quantity is not above
/// zero.
void cost_items(const Month& month, const std::vector<ItemUse>& uses,
                std::vector<PoolResult>& pools);

}  // namespace yuanliu::costing
