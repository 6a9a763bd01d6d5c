// Why this file: a payment formula multiplies so many decimals that 128 bits don't always hold its
// steps; a payment must not fail for that. Whole numbers from zero up, of fixed size, so that
// nothing is allocated and nothing wraps. Worked example: 10^9 x 10^9 x 10^9 x 10^9 x 10^9 has 150
// bits and takes 3 words.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "costing/base/int128.hpp"

namespace yuanliu::costing::pay {

class Wide {
  public:
    /// Words of 64 bits that a number may have.
    static constexpr std::size_t kWords = 24;

    constexpr Wide() = default;
    /// The magnitude of `value`.
    explicit Wide(Int128 value) noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return size_; }  ///< in words
    [[nodiscard]] bool is_zero() const noexcept { return size_ == 0; }
    /// Only of a number of at most one word.
    [[nodiscard]] std::uint64_t word() const noexcept { return words_[0]; }
    /// -1, 0 or 1.
    [[nodiscard]] int against(const Wide& other) const noexcept;

    // InvariantViolation when a result has more words; operands of at most half of them never do.
    friend Wide operator+(const Wide& left, const Wide& right);
    friend Wide operator*(const Wide& left, const Wide& right);
    /// `left` is not below `right`.
    friend Wide operator-(const Wide& left, const Wide& right);
    /// Whole part of left / right; `right` is not zero.
    friend Wide operator/(const Wide& left, const Wide& right);

  private:
    void trim() noexcept;
    [[nodiscard]] std::size_t bits() const noexcept;
    void shift_up(std::size_t bits);
    void halve() noexcept;

    std::array<std::uint64_t, kWords> words_{};  ///< least first
    std::size_t size_ = 0;
};

}  // namespace yuanliu::costing::pay
