// Why this file: an independent reference for apportion: no quotas, no floors and no remainders,
// but one fen at a time to whoever is owed most. Worked example: 4 fen over weights 1, 3, 3 (quotas
// 4/7, 12/7, 12/7): b is owed 12/7, then c; b 5/7, then c 5/7; a, owed 4/7, gets none: 0, 2, 2.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "costing/base/apportion.hpp"

namespace yuanliu {

/// Shares in fen, in the order of parts. For small totals and weights that do not sum to zero.
inline std::vector<std::int64_t> slow_apportion(std::int64_t total, std::span<const Part> parts) {
    std::int64_t weight_sum = 0;
    for (const Part& part : parts) {
        weight_sum += part.weight;
    }
    const std::int64_t fen = total < 0 ? -total : total;
    std::vector<std::int64_t> held(parts.size());
    for (std::int64_t awarded = 0; awarded < fen; ++awarded) {
        std::size_t owed_most = 0;
        for (std::size_t i = 1; i < parts.size(); ++i) {
            // What i is still owed, in fractions of 1 / weight_sum fen.
            const std::int64_t owed = fen * parts[i].weight - held[i] * weight_sum;
            const std::int64_t most = fen * parts[owed_most].weight - held[owed_most] * weight_sum;
            const bool before = owed != most ? owed > most
                                : parts[i].weight != parts[owed_most].weight
                                    ? parts[i].weight > parts[owed_most].weight
                                    : parts[i].key < parts[owed_most].key;
            owed_most = before ? i : owed_most;
        }
        ++held[owed_most];
    }
    if (total < 0) {
        std::transform(held.begin(), held.end(), held.begin(), std::negate<>());
    }
    return held;
}

}  // namespace yuanliu
