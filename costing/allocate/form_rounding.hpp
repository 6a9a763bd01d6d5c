// Why this file: published Medicare cost reports were computed by a form with a rounding of its
// own; with it they can be replayed to the unit (docs/allocation.md §5).
// [RULE COST-009] CMS-1984, worksheet B: unit cost multiplier to 6 decimals, each target's amount
// to whole units, the rest to the target with the largest base. Worked example: 53 over bases 991,
// 544, 425, 177 -> multiplier 53 / 2137 = 0.024801 -> 25, 13, 11, 4, and nothing is left over.
#pragma once

#include <span>
#include <vector>

#include "costing/base/apportion.hpp"

namespace yuanliu::costing {

/// Splits a pool as the form does; `parts` are not empty and their weights above zero, at scale 4.
/// The shares sum to the pool.
[[nodiscard]] std::vector<Money> split_by_form(Money pool, std::span<const Part> parts);

}  // namespace yuanliu::costing
