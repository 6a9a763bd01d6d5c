// Why this file: exact arithmetic breaks at zero, at ties and at the limits of 64 bits, so that is
// where the properties draw their integers from.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "costing/base/money.hpp"

namespace yuanliu::edge_biased {

inline constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

/// Any int64: often small, often a limit, else any width.
inline rc::Gen<std::int64_t> any_integer() {
    return rc::gen::oneOf(
        rc::gen::inRange<std::int64_t>(-20, 21),
        rc::gen::elementOf(std::vector<std::int64_t>{kMin, kMin + 1, -kMaxTotalFen, -kMaxRowFen,
                                                     kMaxRowFen, kMaxTotalFen, kMax - 1, kMax}),
        rc::gen::arbitrary<std::int64_t>());
}

/// An amount in fen that a run may hold: up to kMaxTotalFen either way.
inline rc::Gen<std::int64_t> run_fen() {
    return rc::gen::map(any_integer(), [](std::int64_t x) { return x % (kMaxTotalFen + 1); });
}

/// A weight 0 … limit: often zero, often small (so that remainders tie), often the limit.
inline rc::Gen<std::int64_t> weight(std::int64_t limit) {
    return rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 4),
                          rc::gen::elementOf(std::vector<std::int64_t>{0, 1, limit - 1, limit}),
                          rc::gen::inRange<std::int64_t>(0, limit));
}

/// Up to `max_size` weights, at least one, not all zero.
inline rc::Gen<std::vector<std::int64_t>> weights(std::size_t max_size, std::int64_t limit) {
    return rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, max_size + 1), [limit](
                                                                               std::size_t size) {
        return rc::gen::suchThat(rc::gen::container<std::vector<std::int64_t>>(size, weight(limit)),
                                 [](const std::vector<std::int64_t>& drawn) {
                                     return std::any_of(drawn.begin(), drawn.end(),
                                                        [](std::int64_t w) { return w > 0; });
                                 });
    });
}

inline Int128 sum_of(const std::vector<std::int64_t>& values) {
    Int128 sum = 0;
    for (const std::int64_t value : values) {
        sum += value;
    }
    return sum;
}

inline Int128 absolute(Int128 value) {
    return value < 0 ? -value : value;
}

}  // namespace yuanliu::edge_biased
