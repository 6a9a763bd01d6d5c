// Why this file: moves ledger lines to the departments, cost items and fund sources that they are
// cost of, and keeps of every line what became of it (docs/collection.md §2).
#pragma once

#include <vector>

#include "costing/base/collection_rules.hpp"
#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"

namespace yuanliu::costing {

struct MovedCost {
    CollectionResult result;
    Money out;  ///< out of cost
    std::vector<Finding> findings;
};

/// Makes the moves of the month on pieces in ledger order. Holds: the pieces and what is out sum to
/// what there was. With a finding that stops the result means nothing. Findings, but those of the
/// rules: move_base_is_zero {move, department, tried}, move_base_too_large {move, base} (stop);
/// move_matches_nothing {move}, move_fell_back {move, department, driver}, move_only_metered {move,
/// department, metered}, metered_above_bill {move, department, bill, metered}, staff_without_time
/// {move, staff}, move_base_differs {move, taken, base, difference} (warn).
[[nodiscard]] MovedCost move_cost(const Month& month, const CollectionRules& rules,
                                  std::vector<CostPiece> pieces);

}  // namespace yuanliu::costing
