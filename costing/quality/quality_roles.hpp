// Why this file: the kinds of rules whose fields stand in roles to each other (a date before
// another, a list and its companion, parts and their total), apart from those that look at fields
// one by one (docs/quality.md §3).
#pragma once

#include <cstddef>
#include <vector>

#include "costing/quality/quality_judge.hpp"

namespace yuanliu::costing::quality {

/// Adds the hits of a rule whose kind does not look at each field alone. Blank and malformed values
/// are no hits: `required` and `form` say those.
void check_roles(std::size_t index, const Rule& rule, const Record& record, std::vector<Hit>& hits);

}  // namespace yuanliu::costing::quality
