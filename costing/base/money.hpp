// Why this file: names the exact number types of the product, each with its unit and scale, and the
// only ways to round. Amounts are whole fen; rates and unit costs are not money, and a unit cost is
// only ever shown.
#pragma once

#include "costing/base/fixed.hpp"
#include "costing/base/int128.hpp"

namespace yuanliu {

/// An amount in fen (0.01 yuan). One row of input may hold up to 10^13 fen (100 billion yuan)
/// either way.
using Money = Fixed<struct MoneyTag, 2>;
/// A measured quantity (driver reading, number of services, equivalent, coefficient) in units of
/// 0.0001.
using Quantity = Fixed<struct QuantityTag, 4>;
/// A rate, ratio, share or score of the rules, in units of 0.0001.
using Rate = Fixed<struct RateTag, 4>;
/// DIP points, in units of 0.0001.
using Points = Fixed<struct PointsTag, 4>;
/// Relative weight RW = score / 1000, in units of 0.0000001 (so RW keeps every digit of a score).
using RelativeWeight = Fixed<struct RelativeWeightTag, 7>;
/// Cost of one unit of service in units of 0.000001 yuan. Shown, never multiplied.
using UnitCost = Fixed<struct UnitCostTag, 6>;

/// Bounds of the absolute value: of one row's amount (fen), of a run's total (fen), of one row's
/// quantity (0.0001). Beyond them is a finding.
inline constexpr std::int64_t kMaxRowFen = 10'000'000'000'000;
inline constexpr std::int64_t kMaxTotalFen = 1'000'000'000'000'000;
inline constexpr std::int64_t kMaxRowQuantity = 1'000'000'000'000'000;

/// numerator / denominator rounded half away from zero. A zero denominator, or a result outside
/// int64, throws InvariantViolation. Operands lie within (-2^127, 2^127).
[[nodiscard]] std::int64_t rounded_half_away(Int128 numerator, Int128 denominator);
/// Narrows a sum that was carried in 128 bits; outside int64 throws
/// InvariantViolation.
[[nodiscard]] std::int64_t narrowed(Int128 value);

}  // namespace yuanliu
