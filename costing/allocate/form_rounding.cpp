// Why this file: the form's arithmetic in whole numbers: fen, bases in 0.0001, multipliers in
// 0.000001 units of currency for one unit of base.
#include "costing/allocate/form_rounding.hpp"

#include <algorithm>

#include "costing/base/int128.hpp"

namespace yuanliu::costing {
namespace {

constexpr std::int64_t kUnit = 100;                        ///< fen
constexpr Int128 kMicroBase = Int128{1'000'000} * 10'000;  ///< multiplier x base in one unit

Int128 half_away(Int128 numerator, Int128 denominator) {
    const Int128 size = numerator < 0 ? -numerator : numerator;
    const Int128 rounded = (2 * size + denominator) / (2 * denominator);
    return numerator < 0 ? -rounded : rounded;
}

/// ⌊x + 1/2⌋.
Int128 half_up(Int128 numerator, Int128 denominator) {
    const Int128 twice = 2 * numerator + denominator;
    const Int128 quotient = twice / (2 * denominator);
    return twice % (2 * denominator) < 0 ? quotient - 1 : quotient;
}

}  // namespace

std::vector<Money> split_by_form(Money pool, std::span<const Part> parts) {
    Int128 base_total = 0;
    for (const Part& part : parts) {
        base_total += part.weight;
    }
    const Int128 multiplier = half_away(Int128{pool.raw()} * (kMicroBase / kUnit), base_total);
    std::vector<Money> shares;
    Money left = pool;
    for (const Part& part : parts) {
        shares.push_back(
            Money::from_raw(narrowed(half_up(multiplier * part.weight, kMicroBase) * kUnit)));
        left -= shares.back();
    }
    const auto largest =
        std::min_element(parts.begin(), parts.end(), [](const Part& one, const Part& other) {
            return one.weight != other.weight ? one.weight > other.weight : one.key < other.key;
        });
    shares[static_cast<std::size_t>(largest - parts.begin())] += left;
    return shares;
}

}  // namespace yuanliu::costing
