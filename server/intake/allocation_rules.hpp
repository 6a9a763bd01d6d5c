// Why this file: allocation.toml is the longest of the rules files and has a reader of its own
// (docs/allocation.md §1).
#pragma once

#include "costing/base/rules.hpp"
#include "server/intake/rule_table.hpp"

namespace yuanliu::intake {

/// Reads all of the plan but schema and version. Form only: whether names exist, and whether
/// methods and keys go together, is judged where the plan meets a month (costing/allocate/plan).
void read_plan(RuleTable& root, AllocationPlan& plan);

}  // namespace yuanliu::intake
