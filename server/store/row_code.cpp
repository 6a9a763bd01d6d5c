// Why this file: see row_code.hpp.
#include "server/store/row_code.hpp"

#include <array>
#include <chrono>
#include <limits>
#include <optional>
#include <stdexcept>

#include "costing/base/fixed.hpp"
#include "costing/base/period.hpp"

namespace yuanliu::store {
namespace {

/// Days from 1970-01-01 to PostgreSQL's day 0, 2000-01-01.
constexpr std::int32_t kDayZero = 10'957;
/// A blank period in a key: open.
constexpr std::int64_t kOpen = 0;

template <class Integer>
void put(std::string& out, Integer value) {
    std::array<char, sizeof(Integer)> bytes{};
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = bytes.size(); i > 0; --i) {
        bytes[i - 1] = static_cast<char>(static_cast<unsigned char>(rest & 0xFFU));
        rest >>= 8U;
    }
    out.append(bytes.data(), bytes.size());
}

template <class Integer>
void put_sized(std::string& out, Integer value) {
    put(out, static_cast<std::int32_t>(sizeof(Integer)));
    put(out, value);
}

[[noreturn]] void refuse(const StoredColumn& column, std::string_view value) {
    throw std::runtime_error("not a stored value of column " + std::string(column.name) + ": " +
                             std::string(value));
}

std::int32_t period_in_cell(const StoredColumn& column, std::string_view text) {
    if (text.empty()) {
        return kOpen;
    }
    const auto period = Period::parse(text, true);
    if (!period) {
        refuse(column, text);
    }
    return period->year() * 100 + period->month();
}

void put_cell(const StoredColumn& column, std::string_view value, std::string& out) {
    if (value.empty() && column.blank_is_null) {
        put(out, std::int32_t{-1});
        return;
    }
    switch (column.type) {
        case StoredType::text:
            put(out, static_cast<std::int32_t>(value.size()));
            out += value;
            break;
        case StoredType::decimal: {
            const auto number =
                parse_decimal(value, column.scale, std::numeric_limits<std::int64_t>::max());
            if (!number) {
                refuse(column, value);
            }
            put_sized(out, *number);
            break;
        }
        case StoredType::date: {
            const auto day = Date::parse(value);
            if (!day) {
                refuse(column, value);
            }
            put_sized(out, day->days() - kDayZero);
            break;
        }
        case StoredType::period:
            put_sized(out, period_in_cell(column, value));
            break;
        case StoredType::flag:
            put(out, std::int32_t{1});
            out += value == "1" ? '\1' : '\0';
            break;
    }
}

/// Reads big-endian integers and bytes off the front of a row.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
    std::string_view bytes(std::size_t count) {
        if (count > rest_.size()) {
            throw std::runtime_error("a stored row ends too early");
        }
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }
    template <class Integer>
    Integer number() {
        std::uint64_t value = 0;
        for (const char byte : bytes(sizeof(Integer))) {
            value = value << 8U | static_cast<unsigned char>(byte);
        }
        return static_cast<Integer>(value);
    }

  private:
    std::string_view rest_;
};

void two_digits(std::string& out, int value) {
    out += static_cast<char>('0' + value / 10);
    out += static_cast<char>('0' + value % 10);
}

void append_period(std::int32_t number, std::string& out) {
    if (number != kOpen) {
        out += std::to_string(number / 100) + "-";
        two_digits(out, number % 100);
    }
}

void append_date(std::int32_t days_of_2000, std::string& out) {
    const std::chrono::year_month_day day{
        std::chrono::sys_days{std::chrono::days{days_of_2000 + kDayZero}}};
    const int year = static_cast<int>(day.year());
    two_digits(out, year / 100);
    two_digits(out, year % 100);
    out += '-';
    two_digits(out, static_cast<int>(static_cast<unsigned>(day.month())));
    out += '-';
    two_digits(out, static_cast<int>(static_cast<unsigned>(day.day())));
}

void append_cell(const StoredColumn& column, ByteReader& reader, std::int32_t size,
                 std::string& out) {
    switch (column.type) {
        case StoredType::text:
            text::append_field(out, reader.bytes(static_cast<std::size_t>(size)));
            break;
        case StoredType::decimal: {
            const auto value = reader.number<std::int64_t>();
            if (column.is_trimmed) {
                append_decimal_trimmed(out, value, column.scale);
            } else {
                append_decimal(out, value, column.scale);
            }
            break;
        }
        case StoredType::date:
            append_date(reader.number<std::int32_t>(), out);
            break;
        case StoredType::period:
            append_period(reader.number<std::int32_t>(), out);
            break;
        case StoredType::flag:
            out += reader.number<std::uint8_t>() != 0 ? '1' : '0';
            break;
    }
}

}  // namespace

RowEncoder::RowEncoder(const StoredTable& table, RowKey key) : table_(table) {
    put(head_, static_cast<std::int16_t>(table.columns.size() + 2));
    put_sized(head_, key.hospital_id);
    if (key.second_is_wide) {
        put_sized(head_, key.second);
    } else {
        put_sized(head_, static_cast<std::int32_t>(key.second));
    }
}

void RowEncoder::append(std::string_view line, std::string& out) {
    if (splitter_.split(line) != text::LineFault::none ||
        splitter_.fields().size() != table_.columns.size()) {
        throw std::runtime_error("not a row of " + table_.file + ": " + std::string(line));
    }
    out += head_;
    const auto fields = splitter_.fields();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        put_cell(table_.columns[i], fields[i].value, out);
    }
}

void RowDecoder::append(std::string_view row, std::string& out) {
    ByteReader reader(row);
    if (static_cast<std::size_t>(reader.number<std::int16_t>()) != table_.columns.size()) {
        throw std::runtime_error("a stored row of " + table_.name + " has other columns");
    }
    bool is_first = true;
    for (const StoredColumn& column : table_.columns) {
        if (!is_first) {
            out += ',';
        }
        is_first = false;
        const auto size = reader.number<std::int32_t>();
        if (size >= 0) {
            append_cell(column, reader, size, out);
        }
    }
}

}  // namespace yuanliu::store
