// Exact fractions of the verifier, of any size and always in lowest terms: a policy's formula has
// one rounding, at its end.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <string_view>

#include "decimals.hpp"

namespace yuanliu_verify {

using Fraction = boost::multiprecision::cpp_rational;

// Named steps, so that each yields a number and not a form still to be worked out.
Fraction ratio_of(std::int64_t top, std::int64_t bottom);
Fraction plus(const Fraction& left, const Fraction& right);
Fraction times(const Fraction& left, const Fraction& right);
// `right` is not zero.
Fraction over(const Fraction& left, const Fraction& right);
// Below, at or above zero as left is below, at or above right.
int order(const Fraction& left, const Fraction& right);

// Units of 10^-scale, halves away from zero. Throws ArithmeticOverflow beyond 127 bits.
Int128 in_units(const Fraction& value, int scale);
// Decimal text with at most 9 decimals.
Fraction fraction_of(std::string_view text, const char* what);

}  // namespace yuanliu_verify
