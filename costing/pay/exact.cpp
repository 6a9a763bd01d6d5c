// Why this file: see exact.hpp. Nothing is reduced to lowest terms on the way: the bounds are wide
// enough for that, and a common divisor costs more than it saves.
#include "costing/pay/exact.hpp"

#include <limits>
#include <numeric>

namespace yuanliu::costing::pay {
namespace {

/// Half of what Wide has: a product of two parts always fits.
constexpr std::size_t kMostWords = Wide::kWords / 2;

}  // namespace

Exact::Exact(bool is_negative, const Wide& numerator, const Wide& denominator)
    : is_negative_(is_negative && !numerator.is_zero()),
      numerator_(numerator),
      denominator_(denominator) {
    if (numerator.size() > kMostWords || denominator.size() > kMostWords) {
        *this = nothing();
    }
}

Exact::Exact(std::int64_t whole) noexcept : is_negative_(whole < 0), numerator_(Wide(whole)) {}

Exact Exact::of(Int128 numerator, Int128 denominator) {
    return {(numerator < 0) != (denominator < 0), Wide(numerator), Wide(denominator)};
}

std::optional<Exact> Exact::parse(std::string_view text) {
    constexpr std::int64_t kUnit = 1'000'000'000;
    const auto raw = parse_decimal(text, kDecimals, kBound * kUnit);
    if (!raw) {
        return std::nullopt;
    }
    const std::int64_t common = std::gcd(*raw, kUnit);
    return of(*raw / common, kUnit / common);
}

int Exact::sign() const noexcept {
    if (out_of_bounds() || numerator_.is_zero()) {
        return 0;
    }
    return is_negative_ ? -1 : 1;
}

int Exact::against(const Exact& other) const {
    YUANLIU_CHECK(!out_of_bounds() && !other.out_of_bounds());
    if (is_negative_ != other.is_negative_) {
        return is_negative_ ? -1 : 1;
    }
    const int order = (numerator_ * other.denominator_).against(other.numerator_ * denominator_);
    return is_negative_ ? -order : order;
}

std::optional<std::int64_t> Exact::rounded(int scale) const {
    if (out_of_bounds()) {
        return std::nullopt;
    }
    std::int64_t unit = 1;
    for (int i = 0; i < scale; ++i) {
        unit *= 10;
    }
    // Halves away from zero: (2 x |value| x unit + 1) / 2, rounded down.
    const Wide doubled = numerator_ * Wide(Int128{2} * unit) + denominator_;
    const Wide whole = doubled / (denominator_ * Wide(2));
    if (whole.size() > 1 || whole.word() > std::numeric_limits<std::int64_t>::max()) {
        return std::nullopt;
    }
    const auto magnitude = static_cast<std::int64_t>(whole.word());
    return is_negative_ ? -magnitude : magnitude;
}

std::string Exact::text(int scale) const {
    const auto raw = rounded(scale);
    return raw ? format_decimal_trimmed(*raw, scale) : "?";
}

Exact operator+(const Exact& left, const Exact& right) {
    if (left.out_of_bounds() || right.out_of_bounds()) {
        return Exact::nothing();
    }
    const bool is_same = left.denominator_.against(right.denominator_) == 0;
    const Wide a = is_same ? left.numerator_ : left.numerator_ * right.denominator_;
    const Wide b = is_same ? right.numerator_ : right.numerator_ * left.denominator_;
    const Wide denominator = is_same ? left.denominator_ : left.denominator_ * right.denominator_;
    if (left.is_negative_ == right.is_negative_) {
        // A sum may have one word more than its parts.
        return a.size() < Wide::kWords && b.size() < Wide::kWords
                   ? Exact(left.is_negative_, a + b, denominator)
                   : Exact::nothing();
    }
    return a.against(b) >= 0 ? Exact(left.is_negative_, a - b, denominator)
                             : Exact(right.is_negative_, b - a, denominator);
}

Exact operator-(const Exact& left, const Exact& right) {
    Exact turned = right;
    turned.is_negative_ = !right.is_negative_ && !right.numerator_.is_zero();
    return left + turned;
}

Exact operator*(const Exact& left, const Exact& right) {
    if (left.out_of_bounds() || right.out_of_bounds()) {
        return Exact::nothing();
    }
    return {left.is_negative_ != right.is_negative_, left.numerator_ * right.numerator_,
            left.denominator_ * right.denominator_};
}

Exact operator/(const Exact& left, const Exact& right) {
    if (right.out_of_bounds() || right.is_zero()) {
        return Exact::nothing();
    }
    return left * Exact(right.is_negative_, right.denominator_, right.numerator_);
}

}  // namespace yuanliu::costing::pay
