// Why this file: a cell becomes a typed value by its column's declaration; what is wrong with it is
// explained only when it is wrong, so the common way stays short.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "costing/base/finding.hpp"
#include "costing/base/money.hpp"
#include "costing/base/period.hpp"
#include "server/intake/table_spec.hpp"

namespace yuanliu::intake {

struct Cell {
    std::string_view text;   ///< without quotes; lives as long as its row
    std::int64_t value = 0;  ///< fen, scale 4, count, flag, index of the word, year * 100 + month
    Date date;
    bool is_valid = false;
    bool is_canonical = false;  ///< the value is written as its canonical form (quotes apart)

    [[nodiscard]] bool is_blank() const noexcept { return text.empty(); }
    [[nodiscard]] std::string string() const { return std::string(text); }
    [[nodiscard]] Money money() const noexcept { return Money::from_raw(value); }
    [[nodiscard]] Quantity quantity() const noexcept { return Quantity::from_raw(value); }
    [[nodiscard]] Period period() const noexcept {
        return {static_cast<int>(value / 100), static_cast<int>(value % 100)};
    }
    template <class E>
    [[nodiscard]] E word() const noexcept {
        return static_cast<E>(value);
    }
};

/// Whole counts above this are refused.
inline constexpr std::int64_t kMaxCount = 1'000'000'000;

/// Types `text` into `cell`; `check_bytes` = control characters may be in it.
void parse_cell(const ColumnSpec& column, std::string_view text, bool check_bytes, Cell& cell);

struct CellFault {
    FindingCode code{};
    std::vector<std::string> arguments;
};

/// Why `parse_cell` found `text` invalid.
[[nodiscard]] CellFault explain_cell(const ColumnSpec& column, std::string_view text);

/// Appends the canonical form of a valid cell, without quotes.
void append_canonical(std::string& out, const ColumnSpec& column, const Cell& cell);

}  // namespace yuanliu::intake
