// Why this file: canonical text of a table; rows that already stand in order are not sorted again.
#include "server/export/table_text.hpp"

#include <algorithm>

#include "server/text/sha256.hpp"

namespace yuanliu::exporting {

TableText::TableText(std::string name, std::string_view header)
    : name_(std::move(name)), header_(header) {}

void TableText::separate() {
    if (row_is_open_) {
        buffer_.push_back(',');
    }
    row_is_open_ = true;
}

TableText& TableText::text(std::string_view field) {
    separate();
    if (field.find_first_of(",\"") == std::string_view::npos) {
        buffer_.append(field);
        return *this;
    }
    buffer_.push_back('"');
    for (const char c : field) {
        if (c == '"') {
            buffer_.push_back('"');
        }
        buffer_.push_back(c);
    }
    buffer_.push_back('"');
    return *this;
}

TableText& TableText::amount(Money value) {
    separate();
    append_decimal(buffer_, value.raw(), Money::kScale);
    return *this;
}

TableText& TableText::count(std::int64_t value) {
    separate();
    append_decimal(buffer_, value, 0);
    return *this;
}

void TableText::end_row() {
    ends_.push_back(buffer_.size());
    row_is_open_ = false;
}

FinishedTable TableText::finish() && {
    std::vector<std::string_view> rows;
    rows.reserve(ends_.size());
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
        rows.push_back(std::string_view(buffer_).substr(begin, end - begin));
        begin = end;
    }
    if (!std::is_sorted(rows.begin(), rows.end())) {
        std::sort(rows.begin(), rows.end());
    }
    FinishedTable table{.name = std::move(name_), .rows = rows.size(), .text = {}, .sha256 = {}};
    table.text.reserve(header_.size() + 1 + buffer_.size() + rows.size());
    table.text.append(header_).push_back('\n');
    for (const std::string_view row : rows) {
        table.text.append(row).push_back('\n');
    }
    table.sha256 = text::sha256_hex(table.text);
    return table;
}

}  // namespace yuanliu::exporting
