// Why this file: calendar arithmetic of the demonstration, on std::chrono's civil calendar.
#include "server/demo/calendar.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>

namespace yuanliu::demo {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month;
using std::chrono::year_month_day;

MonthSpan span_of(const year_month& month) {
    const auto first = sys_days{month / 1}.time_since_epoch();
    const auto end = sys_days{(month + std::chrono::months{1}) / 1}.time_since_epoch();
    return MonthSpan{.year = int{month.year()},
                     .month = static_cast<int>(unsigned{month.month()}),
                     .first = first.count(),
                     .end = end.count()};
}

year_month_day civil(Day day) {
    return year_month_day{sys_days{std::chrono::days{day}}};
}

}  // namespace

MonthSpan parse_period(const std::string& period) {
    const auto digit = [&](std::size_t at) { return period[at] >= '0' && period[at] <= '9'; };
    const bool shaped = period.size() == 7 && period[4] == '-' && digit(0) && digit(1) &&
                        digit(2) && digit(3) && digit(5) && digit(6);
    const int month = shaped ? std::stoi(period.substr(5)) : 0;
    if (month < 1 || month > 12) {
        throw std::runtime_error("not a period (YYYY-MM): " + period);
    }
    const int year = std::stoi(period.substr(0, 4));
    return span_of(std::chrono::year{year} / month);
}

MonthSpan add_months(const MonthSpan& span, int months) {
    return span_of(std::chrono::year{span.year} / span.month + std::chrono::months{months});
}

MonthSpan month_of(Day day) {
    const auto date = civil(day);
    return span_of(date.year() / date.month());
}

std::string period_text(const MonthSpan& span) {
    return fmt::format("{:04}-{:02}", span.year, span.month);
}

std::string date_text(Day day) {
    const auto date = civil(day);
    return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()},
                       unsigned{date.day()});
}

std::string compact_date(Day day) {
    const auto date = civil(day);
    return fmt::format("{:02}{:02}{:02}", int{date.year()} % 100, unsigned{date.month()},
                       unsigned{date.day()});
}

int weekday(Day day) {
    return static_cast<int>((day + 3) % 7);
}  // 1970-01-01 was a Thursday

}  // namespace yuanliu::demo
