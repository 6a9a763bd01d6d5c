// The reciprocal method of one cell, derived a second time (docs/allocation.md §4).
#pragma once

#include <cstdint>
#include <vector>

#include "decimals.hpp"

namespace yuanliu_verify {

// One sender: what it holds and the bases of its targets. Targets are numbered: senders by code
// from 0, receivers by code after them; bases of a sender for itself are allowed.
struct EquationSender {
    Fen held = 0;
    std::vector<std::uint32_t> targets;
    std::vector<Int128> bases;
};

struct EquationFlows {
    std::vector<std::vector<Fen>> moved;  // by sender, as its targets; to itself always 0
    std::vector<Fen> gross;               // all that moved and what the sender used itself
};

// `codes_before(a, b)`, by node, is the order of department codes. Refuses when cost can't get out
// or the totals are out of bounds. Only senders that cost reaches may have targets.
EquationFlows settle_equations(const std::vector<EquationSender>& senders, std::size_t receivers,
                               const std::vector<std::uint32_t>& code_of_node);

}  // namespace yuanliu_verify
