// Why this file: a payment formula multiplies and divides several decimals before the one rounding
// that is allowed, so its steps are fractions of whole numbers, never binary floats. Worked
// example: 78.0521 x 1.0330 x 73.6011 is 780521/10^4 x 10330/10^4 x 736011/10^4, rounded once to
// 5,934.30.
// [RULE DIP-005] Bounds: numerator and denominator have at most 768 bits. A step that would leave
// them, or divide by zero, gives a value that is `out_of_bounds` and stays so; nothing wraps. A
// formula of twelve decimals of 18 digits each fits; figures of daily size need 300 bits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "costing/base/int128.hpp"
#include "costing/base/money.hpp"
#include "costing/pay/wide.hpp"

namespace yuanliu::costing::pay {

/// A fraction; its denominator is above zero, or zero when it is out of bounds.
class Exact {
  public:
    /// Decimals that text may have, and its greatest absolute value.
    static constexpr int kDecimals = 9;
    static constexpr std::int64_t kBound = 9'000'000'000;

    Exact() = default;
    explicit Exact(std::int64_t whole) noexcept;
    [[nodiscard]] static Exact of(Int128 numerator, Int128 denominator);
    [[nodiscard]] static Exact yuan(Money amount) { return of(amount.raw(), 100); }
    template <class Tag, int kScale>
    [[nodiscard]] static Exact of(Fixed<Tag, kScale> value) {
        std::int64_t unit = 1;
        for (int i = 0; i < kScale; ++i) {
            unit *= 10;
        }
        return of(value.raw(), unit);
    }
    /// `[-]digits[.digits]`, at most 9 decimals, within the bound; else nothing.
    [[nodiscard]] static std::optional<Exact> parse(std::string_view text);

    [[nodiscard]] bool out_of_bounds() const noexcept { return denominator_.is_zero(); }
    [[nodiscard]] bool is_zero() const noexcept {
        return numerator_.is_zero() && !denominator_.is_zero();
    }
    /// -1, 0 or 1 as the value is below, at or above zero; 0 when out of bounds.
    [[nodiscard]] int sign() const noexcept;
    /// Sign of this - other, exactly. Both within bounds, else InvariantViolation.
    [[nodiscard]] int against(const Exact& other) const;
    /// Whole units of 10^-scale, halves away from zero; nothing when it is out of bounds or leaves
    /// 64 bits. `scale` is 0 to 18.
    [[nodiscard]] std::optional<std::int64_t> rounded(int scale) const;
    /// As a decimal without trailing zeros, rounded to `scale`; "?" when it has no such value.
    [[nodiscard]] std::string text(int scale = kDecimals) const;

    friend Exact operator+(const Exact& left, const Exact& right);
    friend Exact operator-(const Exact& left, const Exact& right);
    friend Exact operator*(const Exact& left, const Exact& right);
    friend Exact operator/(const Exact& left, const Exact& right);
    friend bool operator==(const Exact& left, const Exact& right) {
        return left.against(right) == 0;
    }

  private:
    Exact(bool is_negative, const Wide& numerator, const Wide& denominator);
    [[nodiscard]] static Exact nothing() { return {false, Wide(), Wide()}; }

    bool is_negative_ = false;
    Wide numerator_;
    Wide denominator_{1};
};

}  // namespace yuanliu::costing::pay
