// Each step divides by common factors before it multiplies, so products stay as small as they can.
#include "fractions.hpp"

#include <string>

#include "report.hpp"

namespace yuanliu_verify {

namespace {

Int128 greatest_common(Int128 a, Int128 b) {
    a = absolute(a);
    b = absolute(b);
    while (b != 0) {
        const Int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

Int128 sum_of(Int128 left, Int128 right) {
    Int128 sum = 0;
    if (__builtin_add_overflow(left, right, &sum)) {
        throw ArithmeticOverflow("a sum of fractions does not fit into 128 bits");
    }
    return sum;
}

}  // namespace

Fraction lowest(Int128 top, Int128 bottom) {
    const Int128 common = greatest_common(top, bottom);
    const Int128 sign = bottom < 0 ? -1 : 1;
    return {sign * top / common, sign * bottom / common};
}

Fraction plus(const Fraction& left, const Fraction& right) {
    const Int128 common = greatest_common(left.bottom, right.bottom);
    const Int128 top = sum_of(multiply(left.top, right.bottom / common),
                              multiply(right.top, left.bottom / common));
    return lowest(top, multiply(left.bottom, right.bottom / common));
}

Fraction minus(const Fraction& left, const Fraction& right) {
    return plus(left, {-right.top, right.bottom});
}

Fraction times(const Fraction& left, const Fraction& right) {
    const Fraction a = lowest(left.top, right.bottom);
    const Fraction b = lowest(right.top, left.bottom);
    return {multiply(a.top, b.top), multiply(a.bottom, b.bottom)};
}

Fraction over(const Fraction& left, const Fraction& right) {
    return times(left, lowest(right.bottom, right.top));
}

int order(const Fraction& left, const Fraction& right) {
    const Int128 difference = minus(left, right).top;
    return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

Int128 in_units(const Fraction& value, int scale) {
    Int128 unit = 1;
    for (int i = 0; i < scale; ++i) {
        unit *= 10;
    }
    const Fraction scaled = times(value, {unit, 1});
    return round_divide(scaled.top, scaled.bottom);
}

Fraction fraction_of(std::string_view text, const char* what) {
    constexpr std::int64_t kMost = 9'000'000'000;
    const auto units = parse_decimal(text, 9, kMost);
    if (!units) {
        throw Refusal(std::string("rules: ") + what + " is not a decimal");
    }
    return lowest(*units, 1'000'000'000);
}

}  // namespace yuanliu_verify
