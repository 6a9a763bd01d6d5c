// Rounding by whole-number division of a fraction's two parts.
#include "fractions.hpp"

#include <string>

#include "report.hpp"

namespace yuanliu_verify {

Fraction ratio_of(std::int64_t top, std::int64_t bottom) {
    return {top, bottom};
}

Fraction plus(const Fraction& left, const Fraction& right) {
    return left + right;
}

Fraction times(const Fraction& left, const Fraction& right) {
    return left * right;
}

Fraction over(const Fraction& left, const Fraction& right) {
    return left / right;
}

int order(const Fraction& left, const Fraction& right) {
    return left.compare(right);
}

Int128 in_units(const Fraction& value, int scale) {
    using Whole = boost::multiprecision::cpp_int;
    const Whole top = numerator(value);
    const Whole bottom = denominator(value);
    const Whole size = abs(top) * pow(Whole(10), static_cast<unsigned>(scale));
    Whole units = size / bottom;
    if (2 * (size % bottom) >= bottom) {
        ++units;
    }
    if (units >= pow(Whole(2), 126U)) {
        throw ArithmeticOverflow("a figure of a policy does not fit into 127 bits");
    }
    const auto magnitude = static_cast<Int128>(units);
    return top < 0 ? -magnitude : magnitude;
}

Fraction fraction_of(std::string_view text, const char* what) {
    constexpr std::int64_t kMost = 9'000'000'000;
    const auto units = parse_decimal(text, 9, kMost);
    if (!units) {
        throw Refusal(std::string("rules: ") + what + " is not a decimal");
    }
    return ratio_of(*units, 1'000'000'000);
}

}  // namespace yuanliu_verify
