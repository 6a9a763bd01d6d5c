// Why this file: every exact number of the product (money, quantities, rates, points) is an integer
// with a stated scale and a type of its own, so that a rate can't be added to an amount and no
// binary float ever holds a yuan. Worked example: Money is Fixed with scale 2, so 12.50 yuan is the
// raw integer 1250 (fen).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "costing/base/check.hpp"

namespace yuanliu {

/// Parses `[-]digits[.digits]` with at most `scale` decimals into units of 10^-scale.
/// Nothing else is accepted: no plus sign, no exponent, no blanks, no thousands separators.
/// Empty result: not such a number, or its absolute value is above `bound`.
[[nodiscard]] std::optional<std::int64_t> parse_decimal(std::string_view text, int scale,
                                                        std::int64_t bound) noexcept;
/// `scale` is 0 to 18 throughout. Exactly `scale` decimals: (-1250, 2) -> "-12.50".
[[nodiscard]] std::string format_decimal(std::int64_t raw, int scale);
/// No trailing zeros, no bare point: (12500, 4) -> "1.25".
[[nodiscard]] std::string format_decimal_trimmed(std::int64_t raw, int scale);
/// The same, appended to `out`; for writers of millions of rows.
void append_decimal(std::string& out, std::int64_t raw, int scale);
void append_decimal_trimmed(std::string& out, std::int64_t raw, int scale);

/// An exact decimal: `raw` units of 10^-kScale. Addition is checked: overflow throws
/// InvariantViolation. Values of two tags never mix, and there is no product of two of them.
template <class Tag, int kDecimals>
class Fixed {
  public:
    static constexpr int kScale = kDecimals;

    constexpr Fixed() = default;
    [[nodiscard]] static constexpr Fixed from_raw(std::int64_t raw) noexcept { return Fixed(raw); }
    [[nodiscard]] constexpr std::int64_t raw() const noexcept { return raw_; }

    friend constexpr auto operator<=>(const Fixed&, const Fixed&) = default;
    constexpr Fixed& operator+=(Fixed other) {
        YUANLIU_CHECK(!__builtin_add_overflow(raw_, other.raw_, &raw_));
        return *this;
    }
    constexpr Fixed& operator-=(Fixed other) {
        YUANLIU_CHECK(!__builtin_sub_overflow(raw_, other.raw_, &raw_));
        return *this;
    }
    friend constexpr Fixed operator+(Fixed left, Fixed right) { return left += right; }
    friend constexpr Fixed operator-(Fixed left, Fixed right) { return left -= right; }
    friend constexpr Fixed operator-(Fixed value) { return Fixed() -= value; }
    [[nodiscard]] constexpr bool is_zero() const noexcept { return raw_ == 0; }
    [[nodiscard]] std::string text() const { return format_decimal(raw_, kScale); }
    [[nodiscard]] std::string trimmed() const { return format_decimal_trimmed(raw_, kScale); }

  private:
    explicit constexpr Fixed(std::int64_t raw) noexcept : raw_(raw) {}
    std::int64_t raw_ = 0;
};

}  // namespace yuanliu
