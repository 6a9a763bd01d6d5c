// Days and periods of the demonstration. A day is its number since 1970-01-01, so that a stay is
// three integers and a month is a half-open range of days.
#pragma once

#include <cstdint>
#include <string>

namespace yuanliu::demo {

using Day = std::int64_t;

struct MonthSpan {
    int year = 0;
    int month = 0;
    Day first = 0;
    Day end = 0;  ///< first day of the next month
};

/// Reads "YYYY-MM"; throws std::runtime_error when it is not a period.
[[nodiscard]] MonthSpan parse_period(const std::string& period);
[[nodiscard]] MonthSpan add_months(const MonthSpan& span, int months);
[[nodiscard]] MonthSpan month_of(Day day);
[[nodiscard]] std::string period_text(const MonthSpan& span);
[[nodiscard]] std::string date_text(Day day);     ///< 2026-09-15
[[nodiscard]] std::string compact_date(Day day);  ///< 260915
[[nodiscard]] int weekday(Day day);               ///< 0 = Monday

}  // namespace yuanliu::demo
