// Why this file: lines up cells by display width.
#include "server/cli/text_table.hpp"

#include <algorithm>

namespace yuanliu::cli {

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U) {
            continue;  // continuation byte
        }
        width += byte >= 0xE2U ? 2 : 1;  // three-byte characters here are CJK
    }
    return width;
}

TextTable::TextTable(std::vector<std::string> header, std::size_t left_columns)
    : rows_{std::move(header)}, left_columns_(left_columns) {}

void TextTable::add(std::vector<std::string> row) {
    rows_.push_back(std::move(row));
}

std::vector<std::size_t> TextTable::column_widths() const {
    std::vector<std::size_t> widths(rows_.front().size());
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i]));
        }
    }
    return widths;
}

std::size_t TextTable::width() const {
    std::size_t sum = 0;
    for (const std::size_t column : column_widths()) {
        sum += column + 2;
    }
    return sum;
}

std::string TextTable::text() const {
    const std::vector<std::size_t> widths = column_widths();
    std::string out;
    for (const auto& row : rows_) {
        std::string line = " ";
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - display_width(row[i]), ' ');
            line += " " + (i < left_columns_ ? row[i] + padding : padding + row[i]) + " ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

}  // namespace yuanliu::cli
