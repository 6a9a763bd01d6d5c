// Why this file: netting rests on each pair having one number, also after the table has grown.
#include "costing/patient/pair_index.hpp"

#include <gtest/gtest.h>

#include <map>

namespace yuanliu::costing {
namespace {

TEST(PairIndex, numbers_pairs_in_the_order_in_which_they_come) {
    PairIndex index;
    EXPECT_EQ(index.of(7, 3), 0U);
    EXPECT_EQ(index.of(3, 7), 1U);
    EXPECT_EQ(index.of(7, 3), 0U);
    EXPECT_EQ(index.of(0, 0), 2U);
    EXPECT_EQ(index.size(), 3U);
    EXPECT_LT(index.key(1), index.key(0)) << "(3, 7) stands before (7, 3)";
}

TEST(PairIndex, agrees_with_a_tree_over_many_pairs) {
    PairIndex index;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> tree;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        const std::pair pair(i * 7919 % 211, i * 104'729 % 307);
        const auto [found, is_new] = tree.emplace(pair, tree.size());
        ASSERT_EQ(index.of(pair.first, pair.second), found->second);
    }
    EXPECT_EQ(index.size(), tree.size());
    EXPECT_GT(tree.size(), 5'000U);
}

TEST(PairIndex, takes_the_largest_numbers) {
    PairIndex index;
    EXPECT_EQ(index.of(0xFFFFFFFF, 0xFFFFFFFF), 0U);
    EXPECT_EQ(index.of(0xFFFFFFFF, 0xFFFFFFFF), 0U);
}

}  // namespace
}  // namespace yuanliu::costing
