// Why this file: collection.toml, key by key (docs/collection.md §1).
#pragma once

#include "costing/base/rules.hpp"
#include "server/intake/rule_table.hpp"

namespace yuanliu::intake {

/// All keys but schema and version.
void read_moves(RuleTable& root, CollectionRules& rules);

}  // namespace yuanliu::intake
