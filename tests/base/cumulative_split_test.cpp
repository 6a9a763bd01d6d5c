// Why this file: the running split worked by hand, and what nested prefixes cost at worst.
#include "costing/base/cumulative_split.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/base/limits.hpp"

namespace yuanliu {
namespace {

using Fen = std::vector<std::int64_t>;

Fen split_over(std::int64_t total, const Fen& weights) {
    std::int64_t weight_sum = 0;
    for (const std::int64_t weight : weights) {
        weight_sum += weight;
    }
    Fen shares;
    std::int64_t running = 0;
    for (const std::int64_t weight : weights) {
        shares.push_back(split_between(total, running, running + weight, weight_sum));
        running += weight;
    }
    return shares;
}

TEST(CumulativeSplit, gives_the_documented_example) {
    EXPECT_EQ(split_until(100, 1, 6), 16);
    EXPECT_EQ(split_until(100, 2, 6), 33);
    EXPECT_EQ(split_until(100, 3, 6), 50);
    EXPECT_EQ(split_until(100, 5, 6), 83);
    EXPECT_EQ(split_until(100, 6, 6), 100);
    EXPECT_EQ(split_over(100, {1, 1, 1, 2, 1}), (Fen{16, 17, 17, 33, 17}));
}

TEST(CumulativeSplit, gives_the_hand_worked_shares) {
    struct Row {
        const char* why;
        std::int64_t total;
        Fen weights;
        Fen shares;
    };
    const Row rows[] = {
        {"one entry takes all", 100, {3}, {100}},
        {"a reversal", -100, {1, 1, 1, 2, 1}, {-16, -17, -17, -33, -17}},
        {"no weight, no fen", 100, {0, 1, 0, 1, 0}, {0, 50, 0, 50, 0}},
        {"fewer fen than entries", 2, {1, 1, 1, 1}, {0, 1, 0, 1}},
        {"nothing to split", 0, {1, 2, 3}, {0, 0, 0}},
        {"order does matter, unlike apportion: 1 then 2", 2, {1, 2}, {0, 2}},
        {"order does matter, unlike apportion: 2 then 1", 2, {2, 1}, {1, 1}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(split_over(row.total, row.weights), row.shares) << row.why;
    }
}

TEST(CumulativeSplit, takes_any_amount_and_weight) {
    static_assert(split_until(kMax, kMax, kMax) == kMax);
    static_assert(split_until(kMin, kMax, kMax) == kMin);
    static_assert(split_until(kMax, kMax - 1, kMax) == kMax - 1);
    static_assert(split_between(kMin, 0, kMax, kMax) == kMin);
    static_assert(split_until(kMax, 0, 1) == 0);
}

TEST(NestedPrefixes, may_show_a_tiny_component_one_fen_below_zero) {
    // Components 0.02 and 0.01 over weights 2, 1, 2: prefixes S1 = 2, S2 = 3.
    const Fen first = split_over(2, {2, 1, 2});
    const Fen both = split_over(3, {2, 1, 2});
    EXPECT_EQ(first, (Fen{0, 1, 1}));
    EXPECT_EQ(both, (Fen{1, 0, 2}));
    Fen second;
    for (std::size_t i = 0; i < both.size(); ++i) {
        second.push_back(both[i] - first[i]);
    }
    EXPECT_EQ(second, (Fen{1, -1, 1})) << "sums to 0.01, and with the first to each entry's total";
}

}  // namespace
}  // namespace yuanliu
