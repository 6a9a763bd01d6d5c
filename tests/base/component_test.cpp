// Why this file: the order of components carries the nested prefixes, so its laws are checked
// whole.
#include "costing/base/component.hpp"

#include <gtest/gtest.h>

#include <set>
#include <tuple>

namespace yuanliu {
namespace {

int scope_at(std::size_t rank) {
    const Component component = component_at(rank);
    return scope_rank(component.fund, component.origin);
}

TEST(ComponentOrder, rank_and_component_are_a_bijection) {
    std::set<std::uint8_t> ranks;
    for (std::size_t category = 0; category < kCategories; ++category) {
        for (std::size_t fund = 0; fund < kFundSources; ++fund) {
            for (std::size_t origin = 0; origin < kOrigins; ++origin) {
                const Component component{.category = static_cast<CostCategory>(category),
                                          .fund = static_cast<FundSource>(fund),
                                          .origin = static_cast<Origin>(origin)};
                const std::uint8_t rank = rank_of(component);
                ASSERT_LT(rank, kComponents);
                EXPECT_TRUE(ranks.insert(rank).second) << "rank taken twice: " << int{rank};
                EXPECT_EQ(component_at(rank), component) << "rank " << int{rank};
            }
        }
    }
    EXPECT_EQ(ranks.size(), kComponents);
}

TEST(ComponentOrder, is_scope_then_fund_then_category_then_origin) {
    const auto significance = [](std::size_t rank) {
        const Component component = component_at(rank);
        return std::make_tuple(scope_at(rank), component.fund, component.category,
                               component.origin);
    };
    for (std::size_t rank = 1; rank < kComponents; ++rank) {
        EXPECT_LT(significance(rank - 1), significance(rank)) << "rank " << rank;
    }
}

TEST(ComponentOrder, makes_each_cost_scope_a_prefix) {
    // Cells of each scope: basic 7 x 4 origins, basic 7 x administrative, two fiscal funds 7 x 5,
    // research and teaching 7 x 5.
    const std::size_t ends[] = {28, 35, 105, 175};
    std::size_t rank = 0;
    for (int scope = 0; scope < 4; ++scope) {
        for (; rank < ends[scope]; ++rank) {
            EXPECT_EQ(scope_at(rank), scope) << "rank " << rank;
        }
    }
    EXPECT_EQ(rank, kComponents);
}

TEST(ScopeRank, follows_fund_and_administrative_origin) {
    struct Row {
        FundSource fund;
        int direct;
        int administrative;
    };
    const Row rows[] = {
        {FundSource::basic, 0, 1},
        {FundSource::fiscal_project, 2, 2},
        {FundSource::other_fiscal_project, 2, 2},
        {FundSource::research, 3, 3},
        {FundSource::teaching, 3, 3},
    };
    for (const Row& row : rows) {
        const Origin others[] = {Origin::direct, Origin::public_cost, Origin::auxiliary,
                                 Origin::medical_technology};
        for (const Origin origin : others) {
            EXPECT_EQ(scope_rank(row.fund, origin), row.direct)
                << word_of(row.fund) << ' ' << word_of(origin);
        }
        EXPECT_EQ(scope_rank(row.fund, Origin::administrative), row.administrative)
            << word_of(row.fund);
    }
}

}  // namespace
}  // namespace yuanliu
