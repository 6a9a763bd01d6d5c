// Why this file: the ten column types of docs/month-folder.md §1.
#include "server/intake/cell.hpp"

#include <algorithm>

#include "server/text/utf8.hpp"

namespace yuanliu::intake {
namespace {

constexpr std::size_t kMaxCodeBytes = 64;
constexpr std::size_t kMaxTextBytes = 400;

bool has_control_characters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
}

bool is_code(std::string_view text, bool check_bytes) {
    return text.size() <= kMaxCodeBytes && text.front() != ' ' && text.back() != ' ' &&
           text.front() != '~' && !(check_bytes && has_control_characters(text));
}

int scale_of(ColumnType type) {
    return type == ColumnType::amount ? 2 : type == ColumnType::number ? 4 : 0;
}

std::int64_t bound_of(ColumnType type) {
    return type == ColumnType::amount   ? kMaxRowFen
           : type == ColumnType::number ? kMaxRowQuantity
                                        : kMaxCount;
}

std::int64_t one_of(ColumnType type) {
    return type == ColumnType::amount ? 100 : type == ColumnType::number ? 10'000 : 1;
}

struct Range {
    std::int64_t low = 0;
    std::int64_t high = 0;
};

Range range_of(const ColumnSpec& column) {
    const std::int64_t bound = bound_of(column.type);
    switch (column.limit) {
        case Limit::none:
            return {.low = -bound, .high = bound};
        case Limit::not_negative:
            return {.low = 0, .high = bound};
        case Limit::positive:
            return {.low = 1, .high = bound};
        case Limit::positive_to_million:
            return {.low = 1, .high = 1'000'000 * one_of(column.type)};
        case Limit::zero_to_million:
            return {.low = 0, .high = 1'000'000 * one_of(column.type)};
        case Limit::zero_to_one:
            return {.low = 0, .high = one_of(column.type)};
        case Limit::at_least_one:
            return {.low = one_of(column.type), .high = bound};
    }
    return {};
}

/// Of a text that parses: no needless zeros, no minus on a zero.
bool is_canonical_decimal(std::string_view text, ColumnType type, std::int64_t value) {
    if (text.front() == '-') {
        if (value == 0) {
            return false;
        }
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    const std::size_t whole = std::min(point, text.size());
    if (text.front() == '0' && whole != 1) {
        return false;
    }
    const std::size_t decimals = point == std::string_view::npos ? 0 : text.size() - point - 1;
    if (type == ColumnType::amount) {
        return decimals == 2;
    }
    return decimals == 0 || text.back() != '0';
}

bool parse_number(const ColumnSpec& column, Cell& cell) {
    const Range range = range_of(column);
    if (column.type == ColumnType::count && cell.text.front() == '-') {
        return false;
    }
    const auto parsed =
        parse_decimal(cell.text, scale_of(column.type), std::max(range.high, -range.low));
    if (!parsed || *parsed < range.low || *parsed > range.high) {
        return false;
    }
    cell.value = *parsed;
    cell.is_canonical = is_canonical_decimal(cell.text, column.type, *parsed);
    return true;
}

bool parse_period(std::string_view text, bool allow_thirteen, Cell& cell) {
    const auto period = Period::parse(text, allow_thirteen);
    if (period) {
        cell.value = period->year() * 100 + period->month();
    }
    return period.has_value();
}

bool parse_one_of(const ColumnSpec& column, Cell& cell) {
    const auto found = std::find(column.words.begin(), column.words.end(), cell.text);
    cell.value = found - column.words.begin();
    return found != column.words.end();
}

bool parse_date(std::string_view text, Cell& cell) {
    const auto date = Date::parse(text);
    cell.date = date.value_or(Date());
    return date.has_value();
}

bool parse_typed(const ColumnSpec& column, bool check_bytes, Cell& cell) {
    switch (column.type) {
        case ColumnType::code:
            return is_code(cell.text, check_bytes);
        case ColumnType::text:
            return cell.text.size() <= kMaxTextBytes &&
                   !(check_bytes && has_control_characters(cell.text));
        case ColumnType::amount:
        case ColumnType::number:
        case ColumnType::count:
            return parse_number(column, cell);
        case ColumnType::date:
            return parse_date(cell.text, cell);
        case ColumnType::period:
            return parse_period(cell.text, false, cell);
        case ColumnType::period_or_thirteen:
            return parse_period(cell.text, true, cell);
        case ColumnType::flag:
            cell.value = cell.text == "1" ? 1 : 0;
            return cell.text == "0" || cell.text == "1";
        case ColumnType::word:
            return parse_one_of(column, cell);
    }
    return false;
}

/// `[-]digits[.d…]` with as many decimals as the type allows, whatever its size.
bool looks_like_number(const ColumnSpec& column, std::string_view text) {
    if (text.starts_with('-')) {
        text.remove_prefix(1);
    }
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const bool has_point = point != std::string_view::npos;
    const std::string_view decimals = has_point ? text.substr(point + 1) : std::string_view();
    return !whole.empty() && std::all_of(whole.begin(), whole.end(), is_digit) &&
           has_point != decimals.empty() &&
           decimals.size() <= static_cast<std::size_t>(scale_of(column.type)) &&
           std::all_of(decimals.begin(), decimals.end(), is_digit);
}

CellFault explain_number(const ColumnSpec& column, std::string_view text) {
    const int scale = scale_of(column.type);
    if (!looks_like_number(column, text)) {
        return {.code = FindingCode::number_malformed,
                .arguments = {text::shown(text), std::to_string(scale)}};
    }
    const Range range = range_of(column);
    return {.code = FindingCode::number_out_of_range,
            .arguments = {text::shown(text), format_decimal_trimmed(range.low, scale),
                          format_decimal_trimmed(range.high, scale)}};
}

std::string list_of(std::span<const std::string_view> words) {
    std::string out;
    for (const std::string_view word : words) {
        out += out.empty() ? "" : ", ";
        out += word;
    }
    return out;
}

}  // namespace

void parse_cell(const ColumnSpec& column, std::string_view text, bool check_bytes, Cell& cell) {
    // Neighbouring rows mostly have the same day, and a calendar check is not free. A valid date
    // never stands in the splitter's scratch memory, so the text of the row before still lives.
    if (column.type == ColumnType::date && cell.is_valid && !text.empty() && cell.text == text) {
        return;
    }
    cell.text = text;
    cell.value = 0;
    cell.is_canonical = true;
    cell.is_valid = text.empty() ? column.may_be_blank : parse_typed(column, check_bytes, cell);
}

CellFault explain_cell(const ColumnSpec& column, std::string_view text) {
    if (text.empty()) {
        return {.code = FindingCode::value_missing, .arguments = {}};
    }
    switch (column.type) {
        case ColumnType::code:
            return {.code = FindingCode::code_malformed, .arguments = {text::shown(text)}};
        case ColumnType::text:
            return {.code = FindingCode::text_malformed,
                    .arguments = {text::shown(text), std::to_string(text.size())}};
        case ColumnType::amount:
        case ColumnType::number:
        case ColumnType::count:
            return explain_number(column, text);
        case ColumnType::date:
            return {.code = FindingCode::date_malformed, .arguments = {text::shown(text)}};
        case ColumnType::period:
        case ColumnType::period_or_thirteen:
            return {.code = FindingCode::period_malformed, .arguments = {text::shown(text)}};
        case ColumnType::flag:
            return {.code = FindingCode::word_unknown, .arguments = {text::shown(text), "0, 1"}};
        case ColumnType::word:
            break;
    }
    return {.code = FindingCode::word_unknown,
            .arguments = {text::shown(text), list_of(column.words)}};
}

void append_canonical(std::string& out, const ColumnSpec& column, const Cell& cell) {
    const bool is_number = column.type == ColumnType::amount || column.type == ColumnType::number ||
                           column.type == ColumnType::count;
    if (!is_number || cell.is_blank()) {
        out += cell.text;
    } else if (column.type == ColumnType::amount) {
        append_decimal(out, cell.value, 2);
    } else {
        append_decimal_trimmed(out, cell.value, scale_of(column.type));
    }
}

}  // namespace yuanliu::intake
