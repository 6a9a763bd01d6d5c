// Why this file: the tables of decimal text and integer, each limit from both sides.
#include "costing/base/fixed.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "costing/base/money.hpp"
#include "tests/base/limits.hpp"

namespace yuanliu {
namespace {

TEST(ParseDecimal, reads_digits_into_units_of_the_scale) {
    struct Row {
        std::string_view text;
        int scale;
        std::int64_t raw;
    };
    const Row rows[] = {
        {"0", 2, 0},        {"-0", 2, 0},          {"-0.00", 2, 0},
        {"7", 0, 7},        {"12.50", 2, 1250},    {"12.5", 2, 1250},
        {"12", 2, 1200},    {"-12.50", 2, -1250},  {"0.01", 2, 1},
        {"-0.01", 2, -1},   {"00012.50", 2, 1250}, {"0.0001", 4, 1},
        {"1.25", 4, 12500}, {"0.0000001", 7, 1},   {"00000000000000000000000000001", 0, 1},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(parse_decimal(row.text, row.scale, kMax), row.raw)
            << "text '" << row.text << "' scale " << row.scale;
    }
}

TEST(ParseDecimal, refuses_what_is_not_such_a_number) {
    const std::string_view malformed[] = {
        "",      "-",   ".",      "-.",    "+1",    "--1",  "1-",    " 1",     "1 ",
        "1.",    ".5",  "-.5",    "1..2",  "1.2.3", "1e3",  "0x1",   "1,000",  "1_000",
        "\t1",   "1\n", "NaN",    "inf",   "１",    "1.-2", "1.2e1", "1.234",  "1.230",
        "12.5%", "￥1", "-1.234", "1 000", "1.a",   "a.1",  "−1",    "(1.00)", "1.00-",
    };
    for (const std::string_view text : malformed) {
        EXPECT_EQ(parse_decimal(text, 2, kMax), std::nullopt) << "text '" << text << "'";
    }
    EXPECT_EQ(parse_decimal("1.0", 0, kMax), std::nullopt) << "scale 0 has no decimals";
    EXPECT_EQ(parse_decimal(std::string_view("1\0", 2), 2, kMax), std::nullopt) << "a NUL byte";
}

TEST(ParseDecimal, holds_the_bound_on_both_sides) {
    struct Row {
        std::string_view text;
        int scale;
        std::int64_t bound;
        std::optional<std::int64_t> raw;
    };
    const Row rows[] = {
        {"100000000000.00", 2, kMaxRowFen, kMaxRowFen},
        {"100000000000.01", 2, kMaxRowFen, std::nullopt},
        {"99999999999.99", 2, kMaxRowFen, kMaxRowFen - 1},
        {"-100000000000.00", 2, kMaxRowFen, -kMaxRowFen},
        {"-100000000000.01", 2, kMaxRowFen, std::nullopt},
        {"100000000000", 4, kMaxRowQuantity, kMaxRowQuantity},
        {"100000000000.0001", 4, kMaxRowQuantity, std::nullopt},
        {"0", 2, 0, 0},
        {"0.01", 2, 0, std::nullopt},
        {"92233720368547758.07", 2, kMax, kMax},
        {"-92233720368547758.07", 2, kMax, -kMax},
        {"92233720368547758.08", 2, kMax, std::nullopt},
        {"-92233720368547758.08", 2, kMax, std::nullopt},
        {"92233720368547758", 2, kMax, 9223372036854775800},
        {"92233720368547759", 2, kMax, std::nullopt},
        {"9223372036854775807", 0, kMax, kMax},
        {"9223372036854775808", 0, kMax, std::nullopt},
        {"18446744073709551616", 0, kMax, std::nullopt},
        {"99999999999999999999999999999999", 0, kMax, std::nullopt},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(parse_decimal(row.text, row.scale, row.bound), row.raw)
            << "text '" << row.text << "' scale " << row.scale << " bound " << row.bound;
    }
}

TEST(FormatDecimal, writes_every_decimal_or_none_too_many) {
    struct Row {
        std::int64_t raw;
        int scale;
        std::string_view full;
        std::string_view trimmed;
    };
    const Row rows[] = {
        {0, 0, "0", "0"},
        {0, 2, "0.00", "0"},
        {1, 2, "0.01", "0.01"},
        {-1, 2, "-0.01", "-0.01"},
        {10, 2, "0.10", "0.1"},
        {99, 2, "0.99", "0.99"},
        {100, 2, "1.00", "1"},
        {-100, 2, "-1.00", "-1"},
        {-1250, 2, "-12.50", "-12.5"},
        {12500, 4, "1.2500", "1.25"},
        {1, 7, "0.0000001", "0.0000001"},
        {1200, 0, "1200", "1200"},
        {kMax, 2, "92233720368547758.07", "92233720368547758.07"},
        {kMin, 2, "-92233720368547758.08", "-92233720368547758.08"},
        {kMin, 0, "-9223372036854775808", "-9223372036854775808"},
        {kMin, 18, "-9.223372036854775808", "-9.223372036854775808"},
        {1'000'000'000'000'000'000, 18, "1.000000000000000000", "1"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(format_decimal(row.raw, row.scale), row.full)
            << "raw " << row.raw << " scale " << row.scale;
        EXPECT_EQ(format_decimal_trimmed(row.raw, row.scale), row.trimmed)
            << "raw " << row.raw << " scale " << row.scale;
    }
}

TEST(FormatDecimal, appends_after_what_is_there) {
    std::string line = "0101,";
    append_decimal(line, -1250, 2);
    line += ',';
    append_decimal_trimmed(line, 12500, 4);
    EXPECT_EQ(line, "0101,-12.50,1.25");
}

TEST(Fixed, is_zero_until_given_a_value) {
    EXPECT_TRUE(Money().is_zero());
    EXPECT_FALSE(Money::from_raw(-1).is_zero());
    EXPECT_EQ(Money().text(), "0.00");
}

TEST(Fixed, states_its_unit_in_its_text) {
    EXPECT_EQ(Money::from_raw(-1250).text(), "-12.50");
    EXPECT_EQ(Quantity::from_raw(12500).text(), "1.2500");
    EXPECT_EQ(Quantity::from_raw(12500).trimmed(), "1.25");
    EXPECT_EQ(Rate::from_raw(50).trimmed(), "0.005");
    EXPECT_EQ(Points::from_raw(10'000).trimmed(), "1");
    EXPECT_EQ(RelativeWeight::from_raw(1).text(), "0.0000001");
    EXPECT_EQ(UnitCost::from_raw(1).text(), "0.000001");
}

TEST(Fixed, adds_subtracts_negates_and_compares_by_value) {
    constexpr Money three = Money::from_raw(3);
    constexpr Money five = Money::from_raw(5);
    static_assert(three + five == Money::from_raw(8));
    static_assert(three - five == Money::from_raw(-2));
    static_assert(-three == Money::from_raw(-3));
    static_assert(three < five && five >= three && three != five);
}

TEST(Fixed, throws_where_a_sum_leaves_the_range) {
    const Money most = Money::from_raw(kMax);
    const Money least = Money::from_raw(kMin);
    const Money one = Money::from_raw(1);
    EXPECT_EQ((most - one + one).raw(), kMax);
    EXPECT_EQ((least + one - one).raw(), kMin);
    EXPECT_EQ((-most).raw(), kMin + 1);
    EXPECT_THROW(static_cast<void>(most + one), InvariantViolation);
    EXPECT_THROW(static_cast<void>(least - one), InvariantViolation);
    EXPECT_THROW(static_cast<void>(-least), InvariantViolation);
}

TEST(Fixed, costs_no_more_than_its_integer) {
    static_assert(sizeof(Money) == sizeof(std::int64_t));
    static_assert(std::is_trivially_copyable_v<Money>);
}

TEST(Check, names_the_false_claim_and_its_place) {
    try {
        YUANLIU_CHECK(1 + 1 == 3);
        FAIL() << "a false claim passed";
    } catch (const InvariantViolation& violation) {
        const std::string message = violation.what();
        EXPECT_NE(message.find("1 + 1 == 3"), std::string::npos) << message;
        EXPECT_NE(message.find("fixed_test.cpp"), std::string::npos) << message;
    }
}

}  // namespace
}  // namespace yuanliu
