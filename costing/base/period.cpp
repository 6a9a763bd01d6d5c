// Why this file: strict text forms of periods and days, over the calendar of <chrono>.
#include "costing/base/period.hpp"

#include <algorithm>
#include <chrono>

namespace yuanliu {
namespace {

/// Digits only; -1 for anything else.
int parse_digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return -1;
        }
        value = value * 10 + (c - '0');
    }
    return text.empty() ? -1 : value;
}

std::string padded(int value, std::size_t width) {
    std::string digits = std::to_string(value);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::int32_t days_of(std::chrono::year_month_day day) {
    return static_cast<std::int32_t>(std::chrono::sys_days(day).time_since_epoch().count());
}

std::chrono::year_month_day calendar(int year, int month, int day) {
    return {std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
            std::chrono::day{static_cast<unsigned>(day)}};
}

}  // namespace

std::optional<Period> Period::parse(std::string_view text, bool allow_thirteen) {
    if (text.size() != 7 || text[4] != '-') {
        return std::nullopt;
    }
    const int year = parse_digits(text.substr(0, 4));
    const int month = parse_digits(text.substr(5, 2));
    if (year < 1900 || month < 1 || month > (allow_thirteen ? 13 : 12)) {
        return std::nullopt;
    }
    return Period(year, month);
}

std::string Period::text() const {
    return padded(year_, 4) + "-" + padded(month_, 2);
}

Period Period::next() const {
    return month_ >= 12 ? Period(year_ + 1, 1) : Period(year_, month_ + 1);
}

Period Period::previous() const {
    return month_ <= 1 ? Period(year_ - 1, 12) : Period(year_, month_ - 1);
}

std::optional<Date> Date::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const int year = parse_digits(text.substr(0, 4));
    const int month = parse_digits(text.substr(5, 2));
    const int day = parse_digits(text.substr(8, 2));
    if (year < 1 || month < 1 || day < 1) {
        return std::nullopt;
    }
    const auto date = calendar(year, month, day);
    return date.ok() ? std::optional<Date>(Date(days_of(date))) : std::nullopt;
}

Date Date::first_of(Period period) {
    return Date(days_of(calendar(period.year(), std::min(period.month(), 12), 1)));
}

Date Date::last_of(Period period) {
    return Date(first_of(period.next()).days_ - 1);
}

std::string Date::text() const {
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days_}}};
    return padded(static_cast<int>(date.year()), 4) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

}  // namespace yuanliu
