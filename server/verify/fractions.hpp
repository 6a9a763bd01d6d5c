// Exact fractions of the verifier, always in lowest terms: a policy's formula has one rounding, at
// its end.
#pragma once

#include "decimals.hpp"

namespace yuanliu_verify {

// The bottom is above zero. Throws ArithmeticOverflow when a part does not fit into 128 bits.
struct Fraction {
    Int128 top = 0;
    Int128 bottom = 1;
};

Fraction lowest(Int128 top, Int128 bottom);
Fraction plus(const Fraction& left, const Fraction& right);
Fraction minus(const Fraction& left, const Fraction& right);
Fraction times(const Fraction& left, const Fraction& right);
// `right` is not zero.
Fraction over(const Fraction& left, const Fraction& right);
// -1, 0 or 1.
int order(const Fraction& left, const Fraction& right);
// Units of 10^-scale, halves away from zero.
Int128 in_units(const Fraction& value, int scale);
// Decimal text with at most 9 decimals.
Fraction fraction_of(std::string_view text, const char* what);

}  // namespace yuanliu_verify
