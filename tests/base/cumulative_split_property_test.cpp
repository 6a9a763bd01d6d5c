// Why this file: the laws of the running split and of nested prefixes, for every pool.
#include "costing/base/cumulative_split.hpp"

#include <algorithm>
#include <functional>

#include "costing/base/parallel.hpp"
#include "tests/base/edge_biased.hpp"

namespace yuanliu {
namespace {

using edge_biased::absolute;
using edge_biased::any_integer;
using edge_biased::kMin;
using edge_biased::run_fen;
using edge_biased::sum_of;

using Fen = std::vector<std::int64_t>;

constexpr std::size_t kMaxEntries = 64;
/// 64 of these fit in int64.
constexpr std::int64_t kMaxEntryWeight = std::int64_t{1} << 56;
constexpr std::size_t kMaxComponents = 12;

rc::Gen<Fen> entry_weights() {
    return edge_biased::weights(kMaxEntries, kMaxEntryWeight);
}

/// Running weight before entry 0, 1, …, and after the last.
Fen running_weights(const Fen& weights) {
    Fen running{0};
    for (const std::int64_t weight : weights) {
        running.push_back(running.back() + weight);
    }
    return running;
}

Fen split_over(std::int64_t total, const Fen& weights) {
    const Fen running = running_weights(weights);
    Fen shares;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        shares.push_back(split_between(total, running[i], running[i + 1], running.back()));
    }
    return shares;
}

RC_GTEST_PROP(CumulativeSplitProperty, entries_sum_to_the_pool, ()) {
    const auto total = *any_integer();
    RC_ASSERT(sum_of(split_over(total, *entry_weights())) == total);
}

RC_GTEST_PROP(CumulativeSplitProperty, entry_is_within_one_fen_of_its_exact_share, ()) {
    const auto total = *any_integer();
    const auto weights = *entry_weights();
    const auto shares = split_over(total, weights);
    const Int128 sum = sum_of(weights);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        RC_ASSERT(absolute(shares[i] * sum - Int128{total} * weights[i]) < sum);
    }
}

RC_GTEST_PROP(CumulativeSplitProperty, entry_has_the_sign_of_the_pool_and_none_without_weight, ()) {
    const auto total = *any_integer();
    const auto weights = *entry_weights();
    const auto shares = split_over(total, weights);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        RC_ASSERT((total < 0 ? shares[i] <= 0 : shares[i] >= 0));
        RC_ASSERT(weights[i] > 0 || shares[i] == 0);
    }
}

RC_GTEST_PROP(CumulativeSplitProperty, negated_pool_gives_negated_entries, ()) {
    const auto total = *any_integer();
    const auto weights = *entry_weights();
    RC_PRE(total != kMin);
    const auto shares = split_over(total, weights);
    const auto reversed = split_over(-total, weights);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        RC_ASSERT(reversed[i] == -shares[i]);
    }
}

RC_GTEST_PROP(CumulativeSplitProperty, joining_neighbours_adds_their_shares, ()) {
    const auto total = *any_integer();
    const auto weights = *entry_weights();
    const auto cut = *rc::gen::inRange<std::size_t>(0, weights.size());
    const auto running = running_weights(weights);
    const auto shares = split_over(total, weights);
    const Int128 joined = split_between(total, 0, running[cut], running.back());
    RC_ASSERT(sum_of({shares.begin(), shares.begin() + static_cast<std::ptrdiff_t>(cut)}) ==
              joined);
}

/// Entries by chunks: each chunk knows only the running weight at its start.
Fen split_by_chunks(std::int64_t total, const Fen& weights, std::size_t chunk,
                    const ParallelFor& parallel_for) {
    const Fen running = running_weights(weights);
    Fen shares(weights.size());
    parallel_for((weights.size() + chunk - 1) / chunk, [&](std::size_t c) {
        std::int64_t before = running[c * chunk];
        for (std::size_t i = c * chunk; i < std::min(weights.size(), (c + 1) * chunk); ++i) {
            shares[i] = split_between(total, before, before + weights[i], running.back());
            before += weights[i];
        }
    });
    return shares;
}

RC_GTEST_PROP(CumulativeSplitProperty, chunks_in_any_order_give_the_same_entries, ()) {
    const auto total = *any_integer();
    const auto weights = *entry_weights();
    const auto chunk = *rc::gen::inRange<std::size_t>(1, kMaxEntries + 1);
    const ParallelFor backward = [](std::size_t n, const std::function<void(std::size_t)>& body) {
        while (n > 0) {
            body(--n);
        }
    };
    const ParallelFor odd_first = [](std::size_t n, const std::function<void(std::size_t)>& body) {
        for (std::size_t i = 1; i < n; i += 2) {
            body(i);
        }
        for (std::size_t i = 0; i < n; i += 2) {
            body(i);
        }
    };
    const auto shares = split_over(total, weights);
    RC_ASSERT(split_by_chunks(total, weights, chunk, backward) == shares);
    RC_ASSERT(split_by_chunks(total, weights, chunk, odd_first) == shares);
}

/// A pool: its components (of either sign), and its entries' weights.
struct Pool {
    Fen components;
    Fen weights;
};

Pool any_pool() {
    return {
        *rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, kMaxComponents + 1),
                         [](std::size_t size) { return rc::gen::container<Fen>(size, run_fen()); }),
        *entry_weights()};
}

/// shares[k][i]: component k of entry i, by nested prefixes.
std::vector<Fen> split_nested(const Pool& pool) {
    std::vector<Fen> shares;
    Fen inner(pool.weights.size());
    std::int64_t prefix = 0;
    for (const std::int64_t component : pool.components) {
        prefix += component;
        const Fen outer = split_over(prefix, pool.weights);
        Fen difference(outer.size());
        std::transform(outer.begin(), outer.end(), inner.begin(), difference.begin(),
                       std::minus<>());
        shares.push_back(difference);
        inner = outer;
    }
    return shares;
}

RC_GTEST_PROP(NestedPrefixProperty, components_sum_to_the_entry_as_split_once, ()) {
    const Pool pool = any_pool();
    const auto shares = split_nested(pool);
    const auto total = static_cast<std::int64_t>(sum_of(pool.components));
    const auto whole = split_over(total, pool.weights);
    for (std::size_t i = 0; i < pool.weights.size(); ++i) {
        Int128 sum = 0;
        for (const Fen& component : shares) {
            sum += component[i];
        }
        RC_ASSERT(sum == whole[i]);
    }
}

RC_GTEST_PROP(NestedPrefixProperty, each_scope_is_one_split_of_its_prefix, ()) {
    const Pool pool = any_pool();
    const auto shares = split_nested(pool);
    const auto end = *rc::gen::inRange<std::size_t>(1, pool.components.size() + 1);
    std::int64_t prefix = 0;
    Fen sums(pool.weights.size());
    for (std::size_t k = 0; k < end; ++k) {
        prefix += pool.components[k];
        std::transform(sums.begin(), sums.end(), shares[k].begin(), sums.begin(), std::plus<>());
    }
    RC_ASSERT(sums == split_over(prefix, pool.weights));
}

RC_GTEST_PROP(NestedPrefixProperty, each_component_sums_to_its_amount_over_entries, ()) {
    const Pool pool = any_pool();
    const auto shares = split_nested(pool);
    for (std::size_t k = 0; k < pool.components.size(); ++k) {
        RC_ASSERT(sum_of(shares[k]) == pool.components[k]);
    }
}

RC_GTEST_PROP(NestedPrefixProperty, component_is_within_two_fen_of_its_exact_share, ()) {
    const Pool pool = any_pool();
    const auto shares = split_nested(pool);
    const Int128 sum = sum_of(pool.weights);
    for (std::size_t k = 0; k < pool.components.size(); ++k) {
        for (std::size_t i = 0; i < pool.weights.size(); ++i) {
            const Int128 exact = Int128{pool.components[k]} * pool.weights[i];
            RC_ASSERT(absolute(shares[k][i] * sum - exact) < 2 * sum);
        }
    }
}

RC_GTEST_PROP(NestedPrefixProperty, component_of_a_positive_pool_is_at_worst_one_fen_below_zero,
              ()) {
    Pool pool = any_pool();
    for (std::int64_t& component : pool.components) {
        component = component < 0 ? -component : component;
    }
    for (const Fen& component : split_nested(pool)) {
        for (const std::int64_t share : component) {
            RC_ASSERT(share >= -1);
        }
    }
}

}  // namespace
}  // namespace yuanliu
