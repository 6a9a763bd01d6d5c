// Why this file: periods and days are strict text; the calendar's odd corners stand here.
#include "costing/base/period.hpp"

#include <gtest/gtest.h>

namespace yuanliu {
namespace {

TEST(Period, parses_months_and_the_thirteenth_only_where_allowed) {
    struct Row {
        std::string_view text;
        std::optional<Period> month_only;
        std::optional<Period> with_thirteen;
    };
    const Row rows[] = {
        {"2026-01", Period(2026, 1), Period(2026, 1)},
        {"2026-09", Period(2026, 9), Period(2026, 9)},
        {"2026-12", Period(2026, 12), Period(2026, 12)},
        {"2026-13", std::nullopt, Period(2026, 13)},
        {"2026-14", std::nullopt, std::nullopt},
        {"2026-00", std::nullopt, std::nullopt},
        {"1900-01", Period(1900, 1), Period(1900, 1)},
        {"1899-12", std::nullopt, std::nullopt},
        {"9999-12", Period(9999, 12), Period(9999, 12)},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(Period::parse(row.text), row.month_only) << row.text;
        EXPECT_EQ(Period::parse(row.text, true), row.with_thirteen) << row.text;
    }
}

TEST(Period, refuses_any_other_spelling) {
    const std::string_view malformed[] = {
        "",           "2026",    "2026-9",  "2026-009", "202609",   "2026/09",
        "2026-09-01", "26-09",   " 2026-9", "2026-9 ",  "-026-09",  "2026--9",
        "2026-+9",    "20a6-09", "2026-0x", "+026-09",  "2026-09 ", "12026-09",
    };
    for (const std::string_view text : malformed) {
        EXPECT_EQ(Period::parse(text, true), std::nullopt) << "text '" << text << "'";
    }
}

TEST(Period, steps_by_calendar_months) {
    EXPECT_EQ(Period(2026, 1).next(), Period(2026, 2));
    EXPECT_EQ(Period(2026, 12).next(), Period(2027, 1));
    EXPECT_EQ(Period(2026, 13).next(), Period(2027, 1));
    EXPECT_EQ(Period(2026, 2).previous(), Period(2026, 1));
    EXPECT_EQ(Period(2026, 1).previous(), Period(2025, 12));
    EXPECT_EQ(Period(2026, 13).previous(), Period(2026, 12));
}

TEST(Period, is_ordered_by_time_with_the_thirteenth_between_the_years) {
    EXPECT_LT(Period(2026, 9), Period(2026, 10));
    EXPECT_LT(Period(2026, 12), Period(2026, 13));
    EXPECT_LT(Period(2026, 13), Period(2027, 1));
}

TEST(Date, parses_days_that_exist) {
    struct Row {
        std::string_view text;
        std::int32_t days;
    };
    const Row rows[] = {
        {"1970-01-01", 0},     {"1970-01-02", 1},       {"1969-12-31", -1},
        {"2000-02-29", 11016}, {"2000-03-01", 11017},   {"2024-02-29", 19782},
        {"2026-09-30", 20726}, {"0001-01-01", -719162}, {"9999-12-31", 2932896},
    };
    for (const Row& row : rows) {
        const auto date = Date::parse(row.text);
        ASSERT_TRUE(date.has_value()) << row.text;
        EXPECT_EQ(date->days(), row.days) << row.text;
        EXPECT_EQ(date->text(), row.text);
    }
}

TEST(Date, refuses_days_that_do_not_exist_and_any_other_spelling) {
    const std::string_view malformed[] = {
        "2026-02-29",  "1900-02-29",  "2024-02-30", "2026-04-31", "2026-13-01",
        "2026-00-10",  "2026-01-00",  "2026-01-32", "0000-01-01", "",
        "2026-09",     "2026-9-30",   "2026-09-3",  "20260930",   "2026/09/30",
        "2026-09-30T", " 2026-09-3",  "2026-09--1", "2026-09-+1", "30-09-2026",
        "2026-0a-01",  "2026-09-30 ",
    };
    for (const std::string_view text : malformed) {
        EXPECT_EQ(Date::parse(text), std::nullopt) << "text '" << text << "'";
    }
}

TEST(Date, knows_the_first_and_last_day_of_a_period) {
    struct Row {
        Period period;
        std::string_view first;
        std::string_view last;
    };
    const Row rows[] = {
        {Period(2026, 9), "2026-09-01", "2026-09-30"},
        {Period(2026, 12), "2026-12-01", "2026-12-31"},
        {Period(2026, 2), "2026-02-01", "2026-02-28"},
        {Period(2024, 2), "2024-02-01", "2024-02-29"},
        {Period(1900, 2), "1900-02-01", "1900-02-28"},
        {Period(2026, 13), "2026-12-01", "2026-12-31"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(Date::first_of(row.period).text(), row.first) << row.period.text();
        EXPECT_EQ(Date::last_of(row.period).text(), row.last) << row.period.text();
    }
}

}  // namespace
}  // namespace yuanliu
