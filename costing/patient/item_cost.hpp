// Why this file: shows what each service item cost in each department and in the hospital, beside
// its charge; nothing is computed from it.
#pragma once

#include <vector>

#include "costing/patient/netting.hpp"

namespace yuanliu::costing {

struct ItemInput {
    const Month& month;
    const Measuring& measuring;
    const NettedLines& netted;
    const std::vector<ActivityResult>& activities;  ///< split already
};

/// Apportions what each activity by rows gave to patients over its items and fills
/// PoolResult::items. Unit cost = cost / net quantity, rounded half away to 0.000001 yuan; none
/// when the net quantity is not above zero.
void cost_items(const ItemInput& input, std::vector<PoolResult>& pools);

/// Items of kind service over all departments that list them, and, with zeros, those that are valid
/// in the month and listed nowhere; in item order.
[[nodiscard]] std::vector<HospitalItemCost> sum_hospital_items(
    const Month& month, const std::vector<PoolResult>& pools);

/// item_without_measure {department, item, quantity} (warn).
[[nodiscard]] std::vector<Finding> find_unmeasured(const ItemInput& input);

}  // namespace yuanliu::costing
