// The cell types of docs/month-folder.md §1.
#include "cells.hpp"

#include <algorithm>

#include "decimals.hpp"

namespace yuanliu_verify {

namespace {

bool is_valid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
        const unsigned first = byte(i);
        const std::size_t length = first < 0x80   ? 1
                                   : first < 0xC2 ? 0
                                   : first < 0xE0 ? 2
                                   : first < 0xF0 ? 3
                                   : first < 0xF5 ? 4
                                                  : 0;
        if (length == 0 || i + length > text.size()) {
            return false;
        }
        for (std::size_t k = 1; k < length; ++k) {
            if ((byte(i + k) & 0xC0U) != 0x80U) {
                return false;
            }
        }
        const unsigned second = length > 1 ? byte(i + 1) : 0;
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
            (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) {
            return false;
        }
        i += length;
    }
    return true;
}

bool is_plain_text(std::string_view text, std::size_t most) {
    bool ascii = true;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
            return false;
        }
        ascii = ascii && byte < 0x80;
    }
    return text.size() <= most && (ascii || is_valid_utf8(text));
}

bool is_code(std::string_view text) {
    return !text.empty() && text.front() != ' ' && text.back() != ' ' && text.front() != '~' &&
           is_plain_text(text, 64);
}

// Two digits as a number, or -1.
int two_digits(std::string_view text) {
    const bool digits = text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9';
    return digits ? (text[0] - '0') * 10 + (text[1] - '0') : -1;
}

bool is_period(std::string_view text, int last_month) {
    if (text.size() != 7 || text[4] != '-' || two_digits(text) < 0 ||
        two_digits(text.substr(2)) < 0) {
        return false;
    }
    const int month = two_digits(text.substr(5));
    return month >= 1 && month <= last_month;
}

bool is_date(std::string_view text) {
    if (text.size() != 10 || text[7] != '-' || !is_period(text.substr(0, 7), 12)) {
        return false;
    }
    static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = two_digits(text) * 100 + two_digits(text.substr(2));
    const int month = two_digits(text.substr(5));
    const int day = two_digits(text.substr(8));
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day >= 1 && day <= kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool is_within(std::int64_t value, std::int64_t one, Bound bound) {
    switch (bound) {
        case Bound::kNotNegative:
            return value >= 0;
        case Bound::kPositive:
            return value > 0;
        case Bound::kZeroToOne:
            return value >= 0 && value <= one;
        case Bound::kAtLeastOne:
            return value >= one;
        case Bound::kNone:
            break;
    }
    return true;
}

bool write_decimal(std::string_view cell, int scale, Zeros zeros, Bound bound, std::string& out,
                   std::int64_t most = kHundredBillion) {
    const auto value = parse_decimal(cell, scale, most);
    std::int64_t one = 1;
    for (int i = 0; i < scale; ++i) {
        one *= 10;
    }
    if (!value || !is_within(*value, one, bound)) {
        return false;
    }
    append_decimal(out, *value, scale, zeros);
    return true;
}

// Sums over many rows may pass the bound of an input cell, so result figures that are not
// amounts are only checked in form when they are long.
bool write_long_decimal(std::string_view cell, int scale, Zeros zeros, std::string& out) {
    const bool negative = !cell.empty() && cell.front() == '-';
    const std::string_view digits = cell.substr(negative ? 1 : 0);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    const auto whole = parse_whole(digits.substr(0, point));
    std::string fraction(point < digits.size() ? digits.substr(point + 1) : "0");
    if (fraction.empty() || fraction.size() > static_cast<std::size_t>(scale) || !whole ||
        *whole > kHundredBillion * static_cast<Int128>(kHundredBillion)) {
        return false;
    }
    fraction.resize(static_cast<std::size_t>(scale), '0');
    const auto tail = parse_whole(fraction);
    if (!tail) {
        return false;
    }
    Int128 unit = 1;
    for (int i = 0; i < scale; ++i) {
        unit *= 10;
    }
    const Int128 value = *whole * unit + *tail;
    append_decimal(out, negative ? -value : value, scale, zeros);
    return true;
}

bool write_canonical(std::string_view cell, const Column& column, std::string& out) {
    switch (column.type) {
        case ColumnType::kAmount:
            return write_decimal(cell, 2, Zeros::kKeep, column.bound, out);
        case ColumnType::kSum:
            return write_decimal(cell, 2, Zeros::kKeep, column.bound, out, kMostYuan);
        case ColumnType::kNumber:
            return write_decimal(cell, 4, Zeros::kTrim, column.bound, out) ||
                   (column.bound == Bound::kNone && write_long_decimal(cell, 4, Zeros::kTrim, out));
        case ColumnType::kNumber6:
            return write_long_decimal(cell, 6, Zeros::kTrim, out);
        case ColumnType::kNumber7:
            return write_long_decimal(cell, 7, Zeros::kTrim, out);
        case ColumnType::kNumber8:
            return write_long_decimal(cell, 8, Zeros::kTrim, out);
        case ColumnType::kUnitCost:
            return write_long_decimal(cell, 6, Zeros::kKeep, out);
        case ColumnType::kCount: {
            const auto value = parse_whole(cell);
            if (!value || (column.bound == Bound::kAtLeastOne && *value < 1)) {
                return false;
            }
            append_decimal(out, *value, 0, Zeros::kTrim);
            return true;
        }
        default:
            return false;
    }
}

bool is_word(std::string_view cell, const Column& column) {
    return std::find(column.words.begin(), column.words.end(), cell) != column.words.end();
}

}  // namespace

CellVerdict judge_cell(std::string_view cell, const Column& column, std::string& canonical) {
    const auto as_written = [](bool right) {
        return right ? CellVerdict::kCanonical : CellVerdict::kWrong;
    };
    if (cell.empty()) {
        return as_written(column.optional);
    }
    switch (column.type) {
        case ColumnType::kCode:
            return as_written(is_code(cell));
        case ColumnType::kText:
            return as_written(is_plain_text(cell, 400));
        case ColumnType::kDate:
            return as_written(is_date(cell));
        case ColumnType::kPeriod:
            return as_written(is_period(cell, 12));
        case ColumnType::kAttributionPeriod:
            return as_written(is_period(cell, 13));
        case ColumnType::kFlag:
            return as_written(cell == "0" || cell == "1");
        case ColumnType::kWord:
            return as_written(is_word(cell, column));
        default:
            break;
    }
    canonical.clear();
    if (!write_canonical(cell, column, canonical)) {
        return CellVerdict::kWrong;
    }
    return canonical == cell ? CellVerdict::kCanonical : CellVerdict::kRewritten;
}

}  // namespace yuanliu_verify
