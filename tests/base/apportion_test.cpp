// Why this file: largest remainder worked by hand, its errors one by one, and every small case
// against a slow method that shares no idea with it.
#include "costing/base/apportion.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/base/limits.hpp"
#include "tests/base/slow_apportion.hpp"

namespace yuanliu {
namespace {

constexpr std::int64_t kMostWeightInAll = std::int64_t{1} << 62;

using Fen = std::vector<std::int64_t>;

Fen fen_of(const std::vector<Money>& shares) {
    Fen fen;
    for (const Money share : shares) {
        fen.push_back(share.raw());
    }
    return fen;
}

Fen apportioned(std::int64_t total, std::vector<Part> parts) {
    return fen_of(apportion(Money::from_raw(total), parts).value());
}

TEST(Apportion, gives_the_hand_worked_shares) {
    struct Row {
        const char* why;
        std::int64_t total;
        std::vector<Part> parts;
        Fen shares;
    };
    const Row rows[] = {
        {"one receiver takes all", 100, {{7, "a"}}, {100}},
        {"exact quotas leave nothing", 100, {{1, "a"}, {4, "b"}}, {20, 80}},
        {"all tie: the smallest key gets the fen",
         100,
         {{1, "a"}, {1, "b"}, {1, "c"}},
         {34, 33, 33}},
        {"the key decides, not the place", 100, {{1, "c"}, {1, "b"}, {1, "a"}}, {33, 33, 34}},
        {"keys go bytewise",
         100,
         {{1, "b"}, {1, "B"}, {1, "10"}, {1, "9"}, {1, "1"}, {1, "a"}},
         {16, 17, 17, 17, 17, 16}},
        {"quotas 16.67 33.33 50: largest remainder",
         100,
         {{1, "c"}, {2, "b"}, {3, "a"}},
         {17, 33, 50}},
        {"quotas 0.5 1.5: remainders tie, larger weight", 2, {{1, "a"}, {3, "b"}}, {0, 2}},
        {"quotas 0.43 1.29 1.29", 3, {{1, "a"}, {3, "b"}, {3, "c"}}, {1, 1, 1}},
        {"quotas 0.57 1.71 1.71", 4, {{1, "a"}, {3, "b"}, {3, "c"}}, {0, 2, 2}},
        {"fewer fen than receivers", 2, {{1, "a"}, {1, "b"}, {1, "c"}}, {1, 1, 0}},
        {"zero weight gets zero, though its key is smallest",
         1,
         {{0, "a"}, {1, "b"}, {1, "c"}},
         {0, 1, 0}},
        {"a reversal", -100, {{1, "a"}, {1, "b"}, {1, "c"}}, {-34, -33, -33}},
        {"zero over weights", 0, {{1, "a"}, {2, "b"}}, {0, 0}},
        {"zero over no weight", 0, {{0, "a"}, {0, "b"}}, {0, 0}},
        {"zero over nobody", 0, {}, {}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(apportioned(row.total, row.parts), row.shares) << row.why;
    }
}

TEST(Apportion, takes_any_amount_and_weights_up_to_the_limit) {
    EXPECT_EQ(apportioned(kMax, {{kMostWeightInAll, "a"}}), (Fen{kMax}));
    EXPECT_EQ(apportioned(kMin, {{kMostWeightInAll, "a"}}), (Fen{kMin}));
    EXPECT_EQ(apportioned(kMax, {{1, "a"}, {1, "b"}}), (Fen{kMax / 2 + 1, kMax / 2}));
    EXPECT_EQ(apportioned(kMin, {{1, "a"}, {1, "b"}}), (Fen{kMin / 2, kMin / 2}));
    EXPECT_EQ(apportioned(1, {{1, "a"}, {kMostWeightInAll - 1, "b"}}), (Fen{0, 1}));
}

TEST(Apportion, refuses_with_the_first_error_that_applies) {
    struct Row {
        const char* why;
        std::int64_t total;
        std::vector<Part> parts;
        ErrorCode code;
        std::string_view subject;
    };
    const Row rows[] = {
        {"negative", 100, {{1, "a"}, {-1, "b"}}, ErrorCode::weight_is_negative, "b"},
        {"negative, zero total", 0, {{-1, "b"}}, ErrorCode::weight_is_negative, "b"},
        {"smallest negative key", 1, {{-1, "c"}, {-1, "b"}}, ErrorCode::weight_is_negative, "b"},
        {"negative before duplicate",
         1,
         {{-1, "b"}, {1, "a"}, {1, "a"}},
         ErrorCode::weight_is_negative,
         "b"},
        {"duplicate", 100, {{1, "a"}, {2, "b"}, {3, "a"}}, ErrorCode::duplicate_part_key, "a"},
        {"duplicate, zero total", 0, {{1, "a"}, {1, "a"}}, ErrorCode::duplicate_part_key, "a"},
        {"duplicate before zero weights",
         1,
         {{0, "a"}, {0, "a"}},
         ErrorCode::duplicate_part_key,
         "a"},
        {"duplicate before overflow",
         1,
         {{kMostWeightInAll, "a"}, {kMostWeightInAll, "a"}},
         ErrorCode::duplicate_part_key,
         "a"},
        {"nobody", 1, {}, ErrorCode::parts_are_empty, ""},
        {"nobody, reversal", -1, {}, ErrorCode::parts_are_empty, ""},
        {"no weight", 1, {{0, "a"}, {0, "b"}}, ErrorCode::driver_total_is_zero, ""},
        {"no weight, reversal", -1, {{0, "a"}}, ErrorCode::driver_total_is_zero, ""},
        {"just over the limit",
         1,
         {{kMostWeightInAll, "a"}, {1, "b"}},
         ErrorCode::weight_overflow,
         ""},
        {"over the limit, zero total",
         0,
         {{kMostWeightInAll + 1, "a"}},
         ErrorCode::weight_overflow,
         ""},
        {"far over int64",
         1,
         {{kMax, "a"}, {kMax, "b"}, {kMax, "c"}},
         ErrorCode::weight_overflow,
         ""},
    };
    for (const Row& row : rows) {
        const auto result = apportion(Money::from_raw(row.total), row.parts);
        ASSERT_FALSE(result.has_value()) << row.why;
        EXPECT_EQ(result.error().code, row.code)
            << row.why << ": " << error_code_name(result.error().code);
        EXPECT_EQ(result.error().subject, row.subject) << row.why;
    }
}

TEST(Apportion, is_not_additive_over_totals_so_split_once_and_sum_upward) {
    const std::vector<Part> parts = {{1, "a"}, {3, "b"}, {3, "c"}};
    const Fen three = apportioned(3, parts);
    const Fen one = apportioned(1, parts);
    const Fen four = apportioned(4, parts);
    EXPECT_EQ(three, (Fen{1, 1, 1}));
    EXPECT_EQ(one, (Fen{0, 1, 0}));
    EXPECT_EQ(four, (Fen{0, 2, 2})) << "one fen more in total, one fen less for a";
}

TEST(Apportion, agrees_with_fen_by_fen_award_on_every_small_case) {
    constexpr std::int64_t kWeights = 5;
    for (std::int64_t code = 0; code < kWeights * kWeights * kWeights * kWeights; ++code) {
        const std::vector<Part> parts = {{code % kWeights, "b"},
                                         {code / kWeights % kWeights, "d"},
                                         {code / (kWeights * kWeights) % kWeights, "a"},
                                         {code / (kWeights * kWeights * kWeights), "c"}};
        for (std::int64_t total = -13; code > 0 && total <= 13; ++total) {
            ASSERT_EQ(apportioned(total, parts), slow_apportion(total, parts))
                << "total " << total << " weights " << parts[0].weight << ' ' << parts[1].weight
                << ' ' << parts[2].weight << ' ' << parts[3].weight;
        }
    }
}

}  // namespace
}  // namespace yuanliu
