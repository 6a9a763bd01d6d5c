// Splits rows; rows without a quote character take the fast path.
#include "fields.hpp"

#include <cstring>
#include <stdexcept>

namespace yuanliu_verify {

bool Fields::split(std::string_view row) {
    count_ = 0;
    if (std::memchr(row.data(), '"', row.size()) != nullptr) {
        return split_quoted(row);
    }
    std::size_t begin = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i] == ',') {
            if (count_ + 1 == kMost) {
                return false;
            }
            views_[count_++] = row.substr(begin, i - begin);
            begin = i + 1;
        }
    }
    views_[count_++] = row.substr(begin);
    return true;
}

bool Fields::split_quoted(std::string_view row) {
    std::size_t at = 0;
    while (true) {
        if (count_ == kMost) {
            return false;
        }
        if (at < row.size() && row[at] == '"') {
            std::string& text = unquoted_[count_];
            text.clear();
            for (++at;; ++at) {
                if (at >= row.size()) {
                    return false;
                }
                if (row[at] == '"') {
                    if (at + 1 >= row.size() || row[at + 1] != '"') {
                        break;
                    }
                    ++at;
                }
                text.push_back(row[at]);
            }
            ++at;
            views_[count_++] = text;
        } else {
            const std::size_t end = std::min(row.find(',', at), row.size());
            const std::string_view plain = row.substr(at, end - at);
            if (plain.find('"') != std::string_view::npos) {
                return false;
            }
            views_[count_++] = plain;
            at = end;
        }
        if (at == row.size()) {
            return true;
        }
        if (row[at] != ',') {
            return false;
        }
        ++at;
    }
}

Fen Fields::amount(std::size_t column) const {
    return parse_decimal(views_[column], 2, kMostYuan).value();
}

std::int64_t Fields::number(std::size_t column) const {
    return parse_decimal(views_[column], 4).value();
}

Int128 Fields::whole(std::size_t column) const {
    return parse_whole(views_[column]).value();
}

std::string_view leading_fields(std::string_view row, std::size_t columns) {
    bool quoted = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i] == '"') {
            quoted = !quoted;
        } else if (row[i] == ',' && !quoted && --columns == 0) {
            return row.substr(0, i + 1);
        }
    }
    return row;
}

void append_field(std::string& out, std::string_view field) {
    if (field.find_first_of(",\"") == std::string_view::npos) {
        out += field;
        return;
    }
    out.push_back('"');
    for (const char c : field) {
        if (c == '"') {
            out.push_back('"');
        }
        out.push_back(c);
    }
    out.push_back('"');
}

}  // namespace yuanliu_verify
