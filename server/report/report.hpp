// Why this file: a report is rows of cells that know what they are, built once; text, CSV and the
// page to print only lay them out (docs/reports.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "costing/base/money.hpp"
#include "server/text/language.hpp"

namespace yuanliu::report {

/// The words of the language.
[[nodiscard]] inline std::string in(Language language, std::string_view zh, std::string_view en) {
    return std::string(language == Language::zh ? zh : en);
}

enum class CellKind : std::uint8_t { text, amount, number };

/// A value without separators; blank = there is none.
struct Cell {
    CellKind kind = CellKind::text;
    std::string value{};
};

[[nodiscard]] inline Cell text_cell(std::string value) {
    return {.kind = CellKind::text, .value = std::move(value)};
}
[[nodiscard]] inline Cell amount_cell(Money amount) {
    return {.kind = CellKind::amount, .value = amount.text()};
}
[[nodiscard]] inline Cell number_cell(std::string value) {
    return {.kind = CellKind::number, .value = std::move(value)};
}
[[nodiscard]] inline Cell count_cell(std::int64_t count) {
    return number_cell(std::to_string(count));
}
[[nodiscard]] inline Cell blank_cell() {
    return {.kind = CellKind::number};
}
/// Hundredths of a percent, each rounded alone; blank of a zero total.
[[nodiscard]] Cell percent_cell(std::int64_t part, std::int64_t total);
/// amount ÷ count to the fen; blank for a count of zero.
[[nodiscard]] Cell each_cell(Money amount, std::int64_t count);

struct Column {
    std::string title;
    std::string group{};  ///< stands above its columns; blank = none
};

enum class RowStyle : std::uint8_t { item, subtotal, total };

struct Row {
    RowStyle style = RowStyle::item;
    std::vector<Cell> cells;
};

using Amounts = std::vector<Money>;
/// A title and an amount a column.
[[nodiscard]] Row amounts_row(RowStyle style, std::string title, const Amounts& amounts);

struct Section {
    std::string caption;
    std::size_t key_columns = 1;  ///< repeated when a wide table is cut
    std::vector<Column> columns;
    std::vector<Row> rows{};
    std::vector<std::string> notes{};
};

/// A claim of a report that turned out false: it isn't printed then.
struct Gap {
    std::string claim;
    Money left;
    Money right;
};

struct Report {
    Language language = Language::en;
    std::string form;  ///< 成本医01表; blank = it has no number
    std::string title;
    std::string caliber;  ///< 口径; blank = none
    std::string hospital;
    std::string period;
    std::string basis;  ///< the result that it restates
    std::vector<Section> sections{};
    std::vector<std::string> notes{};
    std::vector<Gap> gaps{};

    void must_close(std::string claim, Money left, Money right) {
        if (left != right) {
            gaps.push_back({.claim = std::move(claim), .left = left, .right = right});
        }
    }
};

/// UTF-8 for a spreadsheet (with a byte order mark) and for a printer (A4 landscape); for a
/// terminal see server/cli/report_text.hpp.
[[nodiscard]] std::string as_csv(const Report& report);
[[nodiscard]] std::string as_html(const Report& report);

}  // namespace yuanliu::report
