// Row text of derived tables.
#include "derived.hpp"

#include <algorithm>

#include "fields.hpp"

namespace yuanliu_verify {

void RowSet::separate() {
    if (in_row_) {
        buffer_.push_back(',');
    }
    in_row_ = true;
}

RowSet& RowSet::text(std::string_view value) {
    separate();
    append_field(buffer_, value);
    return *this;
}

RowSet& RowSet::amount(Int128 fen) {
    return decimal(fen, 2, Zeros::kKeep);
}

RowSet& RowSet::decimal(Int128 value, int scale, Zeros zeros) {
    separate();
    append_decimal(buffer_, value, scale, zeros);
    return *this;
}

void RowSet::end_row() {
    ends_.push_back(buffer_.size());
    in_row_ = false;
}

std::vector<std::string_view> RowSet::sorted() const {
    std::vector<std::string_view> rows;
    rows.reserve(ends_.size());
    const std::string_view all = buffer_;
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
        rows.push_back(all.substr(begin, end - begin));
        begin = end;
    }
    if (!std::is_sorted(rows.begin(), rows.end())) {
        std::sort(rows.begin(), rows.end());
    }
    return rows;
}

}  // namespace yuanliu_verify
