// Why this file: periods and days come back from their text, and months tile the calendar.
#include "costing/base/period.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace yuanliu {
namespace {

Period any_month() {
    return {*rc::gen::inRange(1900, 9999), *rc::gen::inRange(1, 13)};
}

RC_GTEST_PROP(PeriodProperty, text_of_a_period_parses_to_the_period, ()) {
    const Period period(*rc::gen::inRange(1900, 10000), *rc::gen::inRange(1, 14));
    RC_ASSERT(Period::parse(period.text(), true) == period);
}

RC_GTEST_PROP(PeriodProperty, order_of_text_is_order_of_time, ()) {
    const Period a = any_month();
    const Period b = any_month();
    RC_ASSERT((a < b) == (a.text() < b.text()));
}

RC_GTEST_PROP(PeriodProperty, previous_undoes_next, ()) {
    const Period period = any_month();
    RC_ASSERT(period.next().previous() == period);
    RC_ASSERT(period < period.next());
}

RC_GTEST_PROP(PeriodProperty, months_tile_the_calendar, ()) {
    const Period period = any_month();
    const std::int32_t first = Date::first_of(period).days();
    const std::int32_t last = Date::last_of(period).days();
    RC_ASSERT(last - first >= 27 && last - first <= 30);
    RC_ASSERT(Date::first_of(period.next()).days() == last + 1);
}

RC_GTEST_PROP(DateProperty, text_of_every_day_of_a_month_parses_to_the_day, ()) {
    const Period period = any_month();
    const std::int32_t first = Date::first_of(period).days();
    const std::int32_t last = Date::last_of(period).days();
    for (std::int32_t day = 1; day <= 31; ++day) {
        const std::string text = period.text() + (day < 10 ? "-0" : "-") + std::to_string(day);
        const auto date = Date::parse(text);
        RC_ASSERT(date.has_value() == (first + day - 1 <= last));
        if (date) {
            RC_ASSERT(date->days() == first + day - 1);
            RC_ASSERT(date->text() == text);
        }
    }
}

}  // namespace
}  // namespace yuanliu
