// Why this file: the one rounding of the product, by hand.
#include <gtest/gtest.h>

#include <cstdint>

#include "costing/base/money.hpp"

#include "tests/base/limits.hpp"

namespace yuanliu {
namespace {

TEST(RoundedHalfAway, rounds_halves_away_from_zero) {
    struct Row {
        std::int64_t numerator;
        std::int64_t denominator;
        std::int64_t rounded;
    };
    const Row rows[] = {
        {0, 1, 0},        {0, -7, 0},          {6, 3, 2},
        {-6, 3, -2},      {1, 3, 0},           {2, 3, 1},
        {-1, 3, 0},       {-2, 3, -1},         {1, 2, 1},
        {-1, 2, -1},      {1, -2, -1},         {-1, -2, 1},
        {5, 2, 3},        {-5, 2, -3},         {5, -2, -3},
        {-5, -2, 3},      {49, 100, 0},        {50, 100, 1},
        {51, 100, 1},     {-49, 100, 0},       {-50, 100, -1},
        {149, 100, 1},    {150, 100, 2},       {10049, 10000, 1},
        {kMax, 1, kMax},  {kMin, 1, kMin},     {kMax, kMax, 1},
        {kMin, kMax, -1}, {kMax, kMin, -1},    {kMin, kMin, 1},
        {1, kMax, 0},     {kMax / 2, kMax, 0}, {kMax / 2 + 1, kMax, 1},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(rounded_half_away(row.numerator, row.denominator), row.rounded)
            << row.numerator << " / " << row.denominator;
    }
}

TEST(RoundedHalfAway, takes_products_of_128_bits) {
    const Int128 product = Int128{kMax} * kMax;
    EXPECT_EQ(rounded_half_away(product, kMax), kMax);
    EXPECT_EQ(rounded_half_away(-product, kMax), -kMax);
    EXPECT_EQ(rounded_half_away(product, product), 1);
    EXPECT_EQ(rounded_half_away(product, product * 2), 1) << "one half";
    EXPECT_EQ(rounded_half_away(product - 1, product * 2), 0) << "just under one half";
}

TEST(RoundedHalfAway, throws_outside_its_domain) {
    EXPECT_THROW(static_cast<void>(rounded_half_away(1, 0)), InvariantViolation);
    EXPECT_THROW(static_cast<void>(rounded_half_away(Int128{kMax} + 1, 1)), InvariantViolation);
    EXPECT_THROW(static_cast<void>(rounded_half_away(kMin, -1)), InvariantViolation);
    EXPECT_THROW(static_cast<void>(rounded_half_away(Int128{kMax} * 2 + 1, 2)), InvariantViolation);
    EXPECT_EQ(rounded_half_away(Int128{kMax} * 2, 2), kMax);
}

TEST(Narrowed, passes_the_range_of_int64_and_nothing_else) {
    EXPECT_EQ(narrowed(0), 0);
    EXPECT_EQ(narrowed(kMax), kMax);
    EXPECT_EQ(narrowed(kMin), kMin);
    EXPECT_THROW(static_cast<void>(narrowed(Int128{kMax} + 1)), InvariantViolation);
    EXPECT_THROW(static_cast<void>(narrowed(Int128{kMin} - 1)), InvariantViolation);
}

TEST(MoneyBounds, leave_room_to_add_every_row_of_a_month) {
    static_assert(kMaxRowFen <= kMax / 900'000);
    static_assert(kMaxTotalFen == kMaxRowFen * 100);
    static_assert(kMaxRowQuantity <= kMax / 1000);
}

}  // namespace
}  // namespace yuanliu
