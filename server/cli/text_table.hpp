// Why this file: tables on a terminal must line up although Chinese characters are two columns
// wide.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yuanliu::cli {

/// Columns that a text takes on a terminal: 2 for East Asian wide characters, 1 for others.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// Rows of cells; the first `left_columns` columns align left, the others right.
class TextTable {
  public:
    TextTable(std::vector<std::string> header, std::size_t left_columns);
    void add(std::vector<std::string> row);
    [[nodiscard]] std::string text() const;
    /// Columns that its widest possible line takes.
    [[nodiscard]] std::size_t width() const;

  private:
    [[nodiscard]] std::vector<std::size_t> column_widths() const;

    std::vector<std::vector<std::string>> rows_;
    std::size_t left_columns_;
};

}  // namespace yuanliu::cli
