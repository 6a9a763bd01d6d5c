// Why this file: see exact.hpp. Fractions are reduced only when a product would leave 128 bits:
// with decimals of daily size that is seldom.
#include "costing/pay/exact.hpp"

#include <limits>
#include <utility>

namespace yuanliu::costing::pay {
namespace {

/// 2^127 - 1: magnitudes stay at or below it, so a negation never overflows.
constexpr Int128 kLimit = ~(Int128{1} << 127);

Int128 magnitude(Int128 value) {
    return value < 0 ? -value : value;
}

Int128 common_divisor(Int128 left, Int128 right) {
    left = magnitude(left);
    right = magnitude(right);
    while (right != 0) {
        left = std::exchange(right, left % right);
    }
    return left;
}

/// False: the product leaves the bounds.
bool multiply(Int128 left, Int128 right, Int128& product) {
    return !__builtin_mul_overflow(left, right, &product) && product >= -kLimit;
}

bool add(Int128 left, Int128 right, Int128& sum) {
    return !__builtin_add_overflow(left, right, &sum) && sum >= -kLimit;
}

/// The greatest whole number at or below numerator / denominator.
Int128 floor_of(Int128 numerator, Int128 denominator) {
    const Int128 quotient = numerator / denominator;
    return numerator % denominator < 0 ? quotient - 1 : quotient;
}

}  // namespace

Exact Exact::of(Int128 numerator, Int128 denominator) {
    if (numerator < -kLimit || denominator < -kLimit) {
        return {0, 0};
    }
    return denominator < 0 ? Exact(-numerator, -denominator) : Exact(numerator, denominator);
}

std::optional<Exact> Exact::parse(std::string_view text) {
    constexpr std::int64_t kUnit = 1'000'000'000;
    const auto raw = parse_decimal(text, kDecimals, kBound * kUnit);
    return raw ? std::optional(of(*raw, kUnit).reduced()) : std::nullopt;
}

int Exact::sign() const noexcept {
    if (denominator_ == 0 || numerator_ == 0) {
        return 0;
    }
    return numerator_ < 0 ? -1 : 1;
}

Exact Exact::reduced() const {
    const Int128 divisor = common_divisor(numerator_, denominator_);
    return divisor > 1 ? Exact(numerator_ / divisor, denominator_ / divisor) : *this;
}

int Exact::against(const Exact& other) const {
    YUANLIU_CHECK(!out_of_bounds() && !other.out_of_bounds());
    // Whole parts first, then the rests turned over: exact, and without a product.
    Int128 a = numerator_;
    Int128 b = denominator_;
    Int128 c = other.numerator_;
    Int128 d = other.denominator_;
    for (int turn = 1;; turn = -turn) {
        const Int128 left = floor_of(a, b);
        const Int128 right = floor_of(c, d);
        if (left != right) {
            return left < right ? -turn : turn;
        }
        // Both rests lie in [0, 1).
        const Int128 left_rest = a % b < 0 ? a % b + b : a % b;
        const Int128 right_rest = c % d < 0 ? c % d + d : c % d;
        if (left_rest == 0 || right_rest == 0) {
            const int order = static_cast<int>(left_rest != 0) - static_cast<int>(right_rest != 0);
            return order * turn;
        }
        a = std::exchange(b, left_rest);
        c = std::exchange(d, right_rest);
    }
}

std::optional<std::int64_t> Exact::rounded(int scale) const {
    if (out_of_bounds()) {
        return std::nullopt;
    }
    Exact scaled = *this;
    for (int i = 0; i < scale; ++i) {
        scaled = scaled * Exact(10);
    }
    if (scaled.out_of_bounds()) {
        return std::nullopt;
    }
    // Below the bound a half more can't leave 64 bits.
    constexpr Int128 kMost = std::numeric_limits<std::int64_t>::max();
    if (magnitude(scaled.numerator_ / scaled.denominator_) >= kMost) {
        return std::nullopt;
    }
    return rounded_half_away(scaled.numerator_, scaled.denominator_);
}

std::string Exact::text(int scale) const {
    const auto raw = rounded(scale);
    return raw ? format_decimal_trimmed(*raw, scale) : "?";
}

Exact operator+(const Exact& left, const Exact& right) {
    const auto sum_of = [](const Exact& a, const Exact& b) {
        const Int128 divisor = a.denominator_ == b.denominator_
                                   ? a.denominator_
                                   : common_divisor(a.denominator_, b.denominator_);
        Int128 first = 0;
        Int128 second = 0;
        Int128 numerator = 0;
        Int128 denominator = 0;
        const bool fits = multiply(a.numerator_, b.denominator_ / divisor, first) &&
                          multiply(b.numerator_, a.denominator_ / divisor, second) &&
                          add(first, second, numerator) &&
                          multiply(a.denominator_, b.denominator_ / divisor, denominator);
        return fits ? Exact(numerator, denominator) : Exact(0, 0);
    };
    if (left.out_of_bounds() || right.out_of_bounds()) {
        return {0, 0};
    }
    const Exact sum = sum_of(left, right);
    return sum.out_of_bounds() ? sum_of(left.reduced(), right.reduced()) : sum;
}

Exact operator-(const Exact& left, const Exact& right) {
    return left + Exact(-right.numerator_, right.denominator_);
}

Exact operator*(const Exact& left, const Exact& right) {
    if (left.out_of_bounds() || right.out_of_bounds()) {
        return {0, 0};
    }
    const auto product_of = [](const Exact& a, const Exact& b) {
        Int128 numerator = 0;
        Int128 denominator = 0;
        const bool fits = multiply(a.numerator_, b.numerator_, numerator) &&
                          multiply(a.denominator_, b.denominator_, denominator);
        return fits ? Exact(numerator, denominator) : Exact(0, 0);
    };
    const Exact product = product_of(left, right);
    // Crosswise: what remains has no common divisor.
    return product.out_of_bounds()
               ? product_of(Exact(left.numerator_, right.denominator_).reduced(),
                            Exact(right.numerator_, left.denominator_).reduced())
               : product;
}

Exact operator/(const Exact& left, const Exact& right) {
    if (right.out_of_bounds() || right.is_zero()) {
        return {0, 0};
    }
    return left * Exact::of(right.denominator_, right.numerator_);
}

}  // namespace yuanliu::costing::pay
