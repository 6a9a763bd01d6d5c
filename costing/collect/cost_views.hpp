// Why this file: the same department cost seen by attribute and by scope, from one run
// (docs/collection.md §7, §8).
#pragma once

#include <vector>

#include "costing/base/costing_result.hpp"
#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"

namespace yuanliu::costing {

/// unknown_department, unknown_cost_item, unknown_account of attributes and hospital accounts
/// (stop).
[[nodiscard]] std::vector<Finding> check_views(const Month& month, const CollectionRules& rules);

/// Fills `attributes` and `scopes` of result.collection from its department costs, collected cells
/// and excluded lines.
void add_cost_views(const Month& month, const CollectionRules& rules, CostingResult& result);

}  // namespace yuanliu::costing
