// Why this file: stage 0 of a run, from ledger lines to the direct cost of departments.
// [RULE COST-002] A ledger line is cost of (department, cost item of its account, fund source),
// unless its account's map or its department's class keeps it out; then it is listed, never
// dropped. Example: 100.00 on account 5001-01 (mapped to cost item "wages") of department ICU,
// basic fund -> direct cost cell (ICU, wages, basic, direct) + 100.00.
#pragma once

#include <vector>

#include "costing/base/run_result.hpp"
#include "costing/collect/balances.hpp"

namespace yuanliu::costing {

struct DirectCost {
    Balances balances;
    std::vector<ExcludedLine> excluded;
    Money ledger_total;
    Money excluded_total;
};

/// Holds: ledger_total == excluded_total + balances.total().
[[nodiscard]] DirectCost collect_direct_cost(const Month& month);

}  // namespace yuanliu::costing
