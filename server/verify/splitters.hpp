// The two splitters of docs/method.md §1.
#pragma once

#include <cstdint>
#include <vector>

#include "decimals.hpp"

namespace yuanliu_verify {

// Largest remainder. `weights` stand in the order of their keys, none is negative.
// Zeros if the weights sum to zero.
std::vector<Fen> apportion(Fen total, const std::vector<Int128>& weights);

// trunc(total * running / sum): the running share of the cumulative split.
inline Fen running_share(Fen total, Int128 running, Int128 sum) {
    return static_cast<Fen>(multiply(total, running) / sum);
}

}  // namespace yuanliu_verify
