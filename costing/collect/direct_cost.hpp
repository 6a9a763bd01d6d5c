// Why this file: stage 0 of a run, from ledger lines to the direct cost of departments.
// [RULE COST-002] A ledger line is cost of (department, cost item of its account, fund source),
// unless its account's map or its department's class keeps it out; then it is listed, never
// dropped. Moves, if the rules have some, then take it on ([RULE COST-022]). Example: 100.00 on
// account 5001-01 (mapped to cost item "wages") of department ICU, basic fund -> direct cost cell
// (ICU, wages, basic, direct) + 100.00.
#pragma once

#include <optional>
#include <vector>

#include "costing/base/collection_rules.hpp"
#include "costing/base/finding.hpp"
#include "costing/base/run_result.hpp"
#include "costing/collect/balances.hpp"

namespace yuanliu::costing {

struct DirectCost {
    Balances balances;
    std::vector<ExcludedLine> excluded;
    CollectionResult collection;
    Money ledger_total;
    Money excluded_total;  ///< with what moves took out
    std::vector<Finding> findings;
};

/// Holds, unless a finding stops: ledger_total == excluded_total + balances.total().
[[nodiscard]] DirectCost collect_direct_cost(const Month& month,
                                             const std::optional<CollectionRules>& rules = {});

}  // namespace yuanliu::costing
