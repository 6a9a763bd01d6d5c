// Why this file: splitting a pool over a long list (patients, merged charge lines) exactly, in one
// pass, in parallel. [RULE BASE-002] Entry i of pool C over weights w1..wn with running weight P_i
// and sum W gets trunc(C*P_i/W) - trunc(C*P_(i-1)/W). Worked example: C = 100, weights 1 1 1 2 1:
// running 1 2 3 5 6 -> 16 33 50 83 100 -> entries 16 17 17 33 17. The entries sum to C, and each is
// within one fen of its exact share.
//
// [RULE BASE-003] Why a patient's components are split by nested prefixes: a pool has many
// components (7 categories x 5 fund sources x origins). Splitting each component alone makes every
// component exact over patients, but then a patient's components need not sum to the patient's
// total as split once: rounding would leave fen with nobody's name on them. So with S_k = C1 + ...
// + Ck, component k of an entry is the entry's share of S_k less its share of S_(k-1): the
// components telescope to the total exactly, over entries each component sums to C_k exactly,
// totals alone need one split, and with components ordered so that each cost scope is a prefix, a
// scope is one split too. The price: a component may be off its own exact share by less than two
// fen, and a tiny one may show -0.01.
#pragma once

#include <cstdint>

#include "costing/base/int128.hpp"
#include "costing/base/money.hpp"

namespace yuanliu {

/// The fen of a pool of `total` fen that lie at or before running weight `running`, of `weight_sum`
/// in all. Requires 0 <= running <= weight_sum and weight_sum > 0; symmetric in the sign of
/// `total`.
[[nodiscard]] constexpr std::int64_t split_until(std::int64_t total, std::int64_t running,
                                                 std::int64_t weight_sum) noexcept {
    return static_cast<std::int64_t>(Int128{total} * running / weight_sum);
}

/// The share of the entry that spans running weight (before, after].
[[nodiscard]] constexpr std::int64_t split_between(std::int64_t total, std::int64_t before,
                                                   std::int64_t after,
                                                   std::int64_t weight_sum) noexcept {
    return split_until(total, after, weight_sum) - split_until(total, before, weight_sum);
}

}  // namespace yuanliu
