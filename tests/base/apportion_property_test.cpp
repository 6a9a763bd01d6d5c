// Why this file: the laws of apportion that its header promises, each as a property.
#include "costing/base/apportion.hpp"

#include <string>

#include "tests/base/edge_biased.hpp"
#include "tests/base/slow_apportion.hpp"

namespace yuanliu {
namespace {

using edge_biased::absolute;
using edge_biased::any_integer;
using edge_biased::kMin;
using edge_biased::sum_of;
using edge_biased::weights;

constexpr std::size_t kMaxParts = 16;
/// 16 of these sum to the limit of apportion, 2^62.
constexpr std::int64_t kMaxWeight = std::int64_t{1} << 58;

using Weights = std::vector<std::int64_t>;

/// Distinct keys whose bytewise order has nothing to do with their place.
std::string_view key_at(std::size_t index) {
    static constexpr std::string_view kKeys[kMaxParts] = {"0304", "Z",  "a",  "0101", "z9", "10",
                                                          "9",    "",   "B2", "b",    "科", "0",
                                                          "~",    "a0", "-1", "0102"};
    return kKeys[index];
}

std::vector<Part> parts_of(const Weights& weights) {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        parts.push_back({weights[i], key_at(i)});
    }
    return parts;
}

Weights split(std::int64_t total, const std::vector<Part>& parts) {
    Weights shares;
    const auto result = apportion(Money::from_raw(total), parts);
    for (const Money share : result.value()) {
        shares.push_back(share.raw());
    }
    return shares;
}

Weights split(std::int64_t total, const Weights& weights) {
    return split(total, parts_of(weights));
}

RC_GTEST_PROP(ApportionProperty, shares_sum_to_the_total, ()) {
    const auto total = *any_integer();
    const auto drawn = *weights(kMaxParts, kMaxWeight);
    RC_ASSERT(sum_of(split(total, drawn)) == total);
}

RC_GTEST_PROP(ApportionProperty, share_is_floor_or_ceiling_of_its_quota, ()) {
    const auto total = *any_integer();
    const auto drawn = *weights(kMaxParts, kMaxWeight);
    const auto shares = split(total, drawn);
    const Int128 sum = sum_of(drawn);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        // |share - total * weight / sum| < 1, in integers.
        RC_ASSERT(absolute(shares[i] * sum - Int128{total} * drawn[i]) < sum);
    }
}

RC_GTEST_PROP(ApportionProperty, no_share_is_of_the_other_sign, ()) {
    const auto total = *any_integer();
    for (const std::int64_t share : split(total, *weights(kMaxParts, kMaxWeight))) {
        RC_ASSERT((total < 0 ? share <= 0 : share >= 0));
    }
}

RC_GTEST_PROP(ApportionProperty, negated_total_gives_negated_shares, ()) {
    const auto total = *any_integer();
    const auto drawn = *weights(kMaxParts, kMaxWeight);
    RC_PRE(total != kMin);
    const auto shares = split(total, drawn);
    const auto reversed = split(-total, drawn);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        RC_ASSERT(reversed[i] == -shares[i]);
    }
}

RC_GTEST_PROP(ApportionProperty, order_of_parts_does_not_matter, ()) {
    const auto total = *any_integer();
    const auto drawn = *weights(kMaxParts, kMaxWeight);
    const auto swaps = *rc::gen::container<std::vector<std::size_t>>(
        rc::gen::inRange<std::size_t>(0, drawn.size()));
    std::vector<std::size_t> places(drawn.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i] = i;
    }
    for (std::size_t i = 0; i < swaps.size(); ++i) {
        std::swap(places[i % places.size()], places[swaps[i]]);
    }
    const auto parts = parts_of(drawn);
    std::vector<Part> moved;
    for (const std::size_t place : places) {
        moved.push_back(parts[place]);
    }
    const auto shares = split(total, parts);
    const auto moved_shares = split(total, moved);
    for (std::size_t i = 0; i < places.size(); ++i) {
        RC_ASSERT(moved_shares[i] == shares[places[i]]);
    }
}

RC_GTEST_PROP(ApportionProperty, zero_weight_gets_zero_and_takes_from_nobody, ()) {
    const auto total = *any_integer();
    const auto drawn = *weights(kMaxParts, kMaxWeight);
    const auto parts = parts_of(drawn);
    const auto shares = split(total, parts);
    std::vector<Part> weighty;
    Weights expected;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].weight == 0) {
            RC_ASSERT(shares[i] == 0);
        } else {
            weighty.push_back(parts[i]);
            expected.push_back(shares[i]);
        }
    }
    RC_ASSERT(split(total, weighty) == expected);
}

RC_GTEST_PROP(ApportionProperty, scaling_all_weights_changes_nothing, ()) {
    const auto total = *any_integer();
    const auto drawn = *weights(kMaxParts, kMaxWeight >> 20);
    const auto factor = *rc::gen::inRange<std::int64_t>(1, (1 << 20) + 1);
    Weights scaled = drawn;
    for (std::int64_t& weight : scaled) {
        weight *= factor;
    }
    RC_ASSERT(split(total, scaled) == split(total, drawn));
}

RC_GTEST_PROP(ApportionProperty, raising_ones_own_weight_never_lowers_ones_share, ()) {
    const auto total = *any_integer();
    const auto drawn = *weights(kMaxParts, kMaxWeight / 2);
    const auto raise = *edge_biased::weight(kMaxWeight / 2);
    const auto own = *rc::gen::inRange<std::size_t>(0, drawn.size());
    Weights raised = drawn;
    raised[own] += raise;
    const Int128 before = split(total, drawn)[own];
    const Int128 after = split(total, raised)[own];
    RC_ASSERT(absolute(after) >= absolute(before));
}

RC_GTEST_PROP(ApportionProperty, larger_weight_never_gets_less, ()) {
    const auto total = *any_integer();
    const auto drawn = *weights(kMaxParts, kMaxWeight);
    const auto shares = split(total, drawn);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        for (std::size_t j = 0; j < drawn.size(); ++j) {
            if (drawn[i] > drawn[j]) {
                RC_ASSERT(absolute(shares[i]) >= absolute(shares[j]));
            }
        }
    }
}

RC_GTEST_PROP(ApportionProperty, agrees_with_fen_by_fen_award, ()) {
    const auto total = *rc::gen::inRange<std::int64_t>(-300, 301);
    const auto drawn = *rc::gen::oneOf(weights(kMaxParts, 6), weights(6, 1'000'000));
    RC_ASSERT(split(total, drawn) == slow_apportion(total, parts_of(drawn)));
}

}  // namespace
}  // namespace yuanliu
