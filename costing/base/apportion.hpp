// Why this file: the one way to split an amount among named receivers (departments, items, units,
// persons). [RULE BASE-001] Largest remainder. Worked example: 1.00 yuan over weights 1, 1, 1 ->
// quotas 33.3 each -> floors 33, 33, 33, one fen left, remainders and weights tie -> the smallest
// key gets it: 34, 33, 33.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "costing/base/money.hpp"
#include "costing/base/result.hpp"

namespace yuanliu {

struct Part {
    std::int64_t weight = 0;
    std::string_view key;  ///< stable business code; decides ties, never the order of input
};

/// Splits `total` over `parts` in proportion to weight, exact to the fen.
/// Quotas by integer division (128-bit product); the fen left over go to the largest remainders,
/// ties to the larger weight, then to the smaller key. Holds: the shares sum to total; each is the
/// floor or the ceiling of its quota; apportion(-t) == -apportion(t); the order of parts does not
/// matter; zero weight gets zero; scaling all weights changes nothing; raising one's own weight
/// never lowers one's share. Does not hold: additivity over totals (weights 1, 3, 3: 3 -> 1, 1, 1
/// but 4 -> 0, 2, 2). So split once, at the finest grain, and sum upward. Errors, the first that
/// applies: weight_is_negative and duplicate_part_key (subject: the smallest such key),
/// parts_are_empty (non-zero total), driver_total_is_zero (non-zero total and weights that sum to
/// zero), weight_overflow (weights above 2^62 in sum).
[[nodiscard]] Result<std::vector<Money>> apportion(Money total, std::span<const Part> parts);

}  // namespace yuanliu
