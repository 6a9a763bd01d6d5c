// Why this file: which vouchers would explain a difference between ledger and trial balance; split
// from ledger_balance.hpp, because a clue is a help to look and never decides anything.
#pragma once

#include <span>
#include <vector>

#include "costing/collect/ledger_balance.hpp"

namespace yuanliu::costing {

/// Clues of a line that differs, the surest kind first; lines to be looked through when there is
/// none. At most 20 of a kind.
[[nodiscard]] std::vector<BalanceClue> clues_of(const Month& month,
                                                std::span<const BalanceLine> compared,
                                                const BalanceLine& line);

}  // namespace yuanliu::costing
