// Why this file: the one rounding of the product, half away from zero, so that a reversal rounds as
// its original. Example: 5/2 -> 3, -5/2 -> -3.
#include "costing/base/money.hpp"

#include <limits>

namespace yuanliu {

std::int64_t narrowed(Int128 value) {
    YUANLIU_CHECK(value <= std::numeric_limits<std::int64_t>::max());
    YUANLIU_CHECK(value >= std::numeric_limits<std::int64_t>::min());
    return static_cast<std::int64_t>(value);
}

std::int64_t rounded_half_away(Int128 numerator, Int128 denominator) {
    YUANLIU_CHECK(denominator != 0);
    const bool negative = (numerator < 0) != (denominator < 0);
    const Int128 n = numerator < 0 ? -numerator : numerator;
    const Int128 d = denominator < 0 ? -denominator : denominator;
    const Int128 quotient = n / d;
    const Int128 rest = n % d;
    const Int128 rounded = quotient + (rest >= d - rest ? 1 : 0);
    return narrowed(negative ? -rounded : rounded);
}

}  // namespace yuanliu
