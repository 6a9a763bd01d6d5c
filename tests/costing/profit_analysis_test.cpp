// Why this file: the arithmetic of the analysis of profit on figures that others published, or that
// can be followed with a pencil.
#include "costing/profit/analysis.hpp"

#include <gtest/gtest.h>

namespace yuanliu::costing::profit {
namespace {

Money yuan_of(std::int64_t yuan) {
    return Money::from_raw(yuan * 100);
}

struct BreakEvenCase {
    const char* source;
    std::int64_t volume;
    std::int64_t revenue_fen;
    std::int64_t variable_fen;
    std::int64_t fixed_fen;
    const char* units;
    std::int64_t whole;
    const char* sales;
};

// OpenStax Principles of Accounting vol. 2 (modules m68115, m68116: Hicks; m68118: Back Door Café),
// a fertility clinic of NR533 by Finkler's method (average price 5,950, variable 500, fixed
// 9,788,000, 7,480 visits: 9,788,000 ÷ 5,450 = 1,795.9633 visits, × 5,950 = 10,685,981.65 yuan).
constexpr BreakEvenCase kBreakEvens[] = {
    {"Hicks, 225 units", 225, 2'250'000, 450'000, 1'800'000, "225", 225, "22500.00"},
    {"Hicks, 175 units", 175, 1'750'000, 350'000, 1'800'000, "225", 225, "22500.00"},
    {"Hicks, 300 units", 300, 3'000'000, 600'000, 1'800'000, "225", 225, "22500.00"},
    {"café", 1500, 562'500, 225'000, 247'500, "1100", 1100, "4125.00"},
    {"café, price + 0.50", 1500, 637'500, 225'000, 247'500, "900", 900, "3825.00"},
    {"café, variable + 0.05", 1500, 562'500, 232'500, 247'500, "1125", 1125, "4218.75"},
    {"café, fixed + 225", 1500, 562'500, 225'000, 270'000, "1200", 1200, "4500.00"},
    {"café, variable − 0.05, fixed + 400", 1500, 562'500, 217'500, 287'500, "1250", 1250,
     "4687.50"},
    {"café, all three", 1500, 592'500, 217'500, 287'500, "1150", 1150, "4542.50"},
    {"fertility clinic", 7480, 4'450'600'000, 374'000'000, 978'800'000, "1795.9633", 1796,
     "10685981.65"}};

TEST(ProfitAnalysis, break_even_is_that_of_published_cases) {
    for (const BreakEvenCase& one : kBreakEvens) {
        const Money revenue = Money::from_raw(one.revenue_fen);
        const auto found = break_even(revenue, revenue - Money::from_raw(one.variable_fen),
                                      Money::from_raw(one.fixed_fen), one.volume);
        ASSERT_TRUE(found.has_value()) << one.source;
        EXPECT_EQ(found->volume.trimmed(), one.units) << one.source;
        EXPECT_EQ(found->whole_volume, one.whole) << one.source;
        EXPECT_EQ(found->revenue.text(), one.sales) << one.source;
    }
}

TEST(ProfitAnalysis, no_break_even_without_a_margin_above_zero) {
    EXPECT_FALSE(break_even(yuan_of(100), Money(), yuan_of(5), 10).has_value());
    EXPECT_FALSE(break_even(yuan_of(100), yuan_of(-1), yuan_of(5), 10).has_value());
    EXPECT_FALSE(break_even(Money(), yuan_of(1), yuan_of(5), 0).has_value());
}

// 10.01 + 10.01 + 10.01 yuan, two thirds of it: running 1001, 2002, 3003 fen · 2 ÷ 3 = 667.33,
// 1334.67, 2002 → 667, 1335, 2002, so the entries are 667, 668, 667 and sum to 2002.
TEST(ProfitAnalysis, a_running_share_sums_to_the_share_of_the_sum) {
    RunningShare share(CostShare{.part = yuan_of(2), .whole = yuan_of(3)});
    EXPECT_EQ(share.next(Money::from_raw(1001)).raw(), 667);
    EXPECT_EQ(share.next(Money::from_raw(1001)).raw(), 668);
    EXPECT_EQ(share.next(Money::from_raw(1001)).raw(), 667);
    EXPECT_EQ(share.next(Money::from_raw(-3003)).raw(), -2002);
}

TEST(ProfitAnalysis, medians_and_thresholds) {
    EXPECT_EQ(median({7, 1, 3}), 3);
    EXPECT_EQ(median({1, 4, 2, 9}), 3);  // (2 + 4) ÷ 2
    EXPECT_EQ(median({1, 2}), 2);        // 1.5, half away from zero
    EXPECT_EQ(median({-1, -2}), -2);
    EXPECT_FALSE(median({}).has_value());
    EXPECT_EQ(threshold_of({.fixed = 5}, {1, 9}), 5);
    EXPECT_EQ(threshold_of({}, {1, 9}), 5);
    EXPECT_FALSE(threshold_of({}, {}).has_value());
}

// Four groups by RW (limit: median of 0.4, 0.8, 1.2, 3.0 = 1.0) and margin rate (limit 0).
TEST(ProfitAnalysis, quadrants_begin_high_at_their_threshold) {
    struct Group {
        std::int64_t weight, margin;
        Quadrant expected;
    };
    constexpr Group kGroups[] = {{4'000, -1, Quadrant::low_low},
                                 {8'000, 0, Quadrant::low_high},
                                 {10'000, 0, Quadrant::high_high},
                                 {12'000, -2'500, Quadrant::high_low},
                                 {30'000, 600, Quadrant::high_high}};
    for (const Group& group : kGroups) {
        EXPECT_EQ(quadrant_of(group.weight, 10'000, group.margin, 0), group.expected)
            << group.weight;
    }
}

struct AdviceCase {
    const char* what;
    std::int64_t cases;
    std::int64_t weight_tenths;
    std::optional<std::int64_t> margin;  ///< scale 4
    std::optional<std::int64_t> contribution;
    Advice expected;
};

// The defaults: fewer than 5 cases are watched; bring in from 5 % and RW 1; give up from −30 % and
// below RW 0.5, but not what still pays more than its variable cost.
TEST(ProfitAnalysis, advice_by_the_default_rules) {
    const AdviceCase cases[] = {
        {"too few", 4, 20, 1'000, 1, Advice::watch},
        {"no payment", 9, 20, std::nullopt, 1, Advice::watch},
        {"at both lines", 5, 10, 500, 1, Advice::bring_in},
        {"just short of the margin", 5, 10, 499, 1, Advice::keep},
        {"too light", 5, 9, 900, 1, Advice::keep},
        {"breaks even", 5, 10, 0, 1, Advice::keep},
        {"loses", 5, 10, -1, 1, Advice::adjust},
        {"loses deeply and contributes nothing", 5, 4, -3'000, 0, Advice::give_up},
        {"loses deeply, but contributes", 5, 4, -3'000, 1, Advice::adjust},
        {"loses deeply, contribution unknown", 5, 4, -3'000, std::nullopt, Advice::adjust},
        {"loses deeply, but is heavy", 5, 5, -9'000, -1, Advice::adjust},
        {"just above giving up", 5, 4, -2'999, -1, Advice::adjust}};
    for (const AdviceCase& one : cases) {
        const GroupFigures figures{
            .cases = one.cases,
            .weight = RelativeWeight::from_raw(one.weight_tenths * 1'000'000),
            .margin_rate = one.margin ? std::optional(Rate::from_raw(*one.margin)) : std::nullopt,
            .contribution =
                one.contribution ? std::optional(yuan_of(*one.contribution)) : std::nullopt};
        EXPECT_EQ(advise(figures, AdviceRules{}), one.expected) << one.what;
    }
    AdviceRules rules;
    rules.give_up_only_without_contribution = false;
    EXPECT_EQ(advise({.cases = 5,
                      .weight = RelativeWeight::from_raw(4'000'000),
                      .margin_rate = Rate::from_raw(-3'000),
                      .contribution = yuan_of(1)},
                     rules),
              Advice::give_up);
}

TEST(ProfitAnalysis, months_over_the_standard_are_counted_back_without_a_break) {
    const auto month = [](std::int64_t amount, std::int64_t standard) {
        return MonthAgainstStandard{.amount = yuan_of(amount), .standard = yuan_of(standard)};
    };
    const std::vector<MonthAgainstStandard> rising{month(9, 8), month(8, 8), month(9, 8),
                                                   month(10, 8), month(11, 8)};
    EXPECT_EQ(months_over(rising), 3);  // at the standard is not over it
    EXPECT_EQ(months_over(std::span(rising).first(2)), 0);
    EXPECT_EQ(months_over({}), 0);
}

// 2, 4, 4, 4, 5, 5, 7, 9 yuan: mean 5, Σ squares of differences 32, sample variance 32 ÷ 7 =
// 4.5714, deviation 2.138 yuan, half-width 1.96 · √(4.5714 ÷ 8) = 1.4816 yuan.
TEST(ProfitAnalysis, spread_of_the_textbook_sample) {
    std::vector<Money> amounts;
    for (const std::int64_t yuan : {2, 4, 4, 4, 5, 5, 7, 9}) {
        amounts.push_back(yuan_of(yuan));
    }
    const auto spread = spread_of(amounts);
    ASSERT_TRUE(spread.has_value());
    EXPECT_EQ(spread->mean.raw(), 500);
    EXPECT_EQ(spread->deviation.raw(), 213);
    EXPECT_EQ(spread->half_width.raw(), 148);
    EXPECT_FALSE(spread_of(std::span(amounts).first(1)).has_value());
    EXPECT_EQ(spread_of(std::span(amounts).subspan(1, 3))->half_width.raw(), 0);
}

// Sums 1, 1, 1 fen over 2 cases: running 1, 2, 3 ÷ 2 = 0.5, 1, 1.5 → 1, 1, 2: parts 1, 0, 1, and
// their sum is ⌊3 ÷ 2⌉ = 2.
TEST(ProfitAnalysis, means_of_parts_sum_to_the_mean) {
    const std::vector<Money> sums(3, Money::from_raw(1));
    const auto means = mean_parts(sums, 2);
    ASSERT_EQ(means.size(), 3U);
    EXPECT_EQ(means[0].raw(), 1);
    EXPECT_EQ(means[1].raw(), 0);
    EXPECT_EQ(means[2].raw(), 1);
}

TEST(ProfitAnalysis, the_main_part_goes_furthest_with_the_whole) {
    const auto parts = [](std::vector<std::int64_t> fen) {
        std::vector<Money> amounts;
        for (const std::int64_t one : fen) {
            amounts.push_back(Money::from_raw(one));
        }
        return amounts;
    };
    EXPECT_EQ(main_part(parts({-9, 4, 7})), 2U);
    EXPECT_EQ(main_part(parts({9, -4, -7})), 2U);
    EXPECT_EQ(main_part(parts({3, 3})), 0U);
    EXPECT_FALSE(main_part(parts({3, -3})).has_value());
    EXPECT_FALSE(main_part({}).has_value());
}

TEST(ProfitAnalysis, a_band_holds_its_first_weight_and_not_its_last) {
    const AnalysisRules rules = default_analysis_rules();
    const auto band = [&](std::int64_t hundredths) {
        return band_of(RelativeWeight::from_raw(hundredths * 100'000), rules.bands);
    };
    EXPECT_EQ(band(0), 0U);
    EXPECT_EQ(band(49), 0U);
    EXPECT_EQ(band(50), 1U);
    EXPECT_EQ(band(100), 2U);
    EXPECT_EQ(band(199), 2U);
    EXPECT_EQ(band(200), 3U);
    EXPECT_EQ(band(500), 4U);
    EXPECT_EQ(band(99'999), 4U);
}

TEST(ProfitAnalysis, a_rate_of_nothing_is_no_rate) {
    EXPECT_EQ(rate_of(yuan_of(1), yuan_of(3))->raw(), 3'333);
    EXPECT_EQ(rate_of(yuan_of(-1), yuan_of(8))->raw(), -1'250);
    EXPECT_FALSE(rate_of(yuan_of(1), Money()).has_value());
    EXPECT_FALSE(rate_of(yuan_of(1), yuan_of(-1)).has_value());
}

}  // namespace
}  // namespace yuanliu::costing::profit
