// Why this file: which way a department divides its service pool (docs/service-items.md §2), found
// from the rules once; names that lead nowhere are reported, for they would silently not apply.
#pragma once

#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"

namespace yuanliu::costing {

struct DepartmentMethod {
    ItemMethod method = ItemMethod::equivalent;
    std::string item_driver{};
};

/// By department; the first rule that matches.
[[nodiscard]] std::vector<DepartmentMethod> methods_of(const Month& month,
                                                       const CostingSettings& settings);

/// Whether a list of "*", "class:NAME" and codes names the department.
[[nodiscard]] bool names_department(const std::vector<std::string>& names,
                                    const Department& department);

/// unknown_department, unknown_cost_item, unknown_item_driver of costing.toml (stop).
[[nodiscard]] std::vector<Finding> check_methods(const Month& month,
                                                 const CostingSettings& settings);

/// item_rows_unused {department, item driver or measure, rows} of the optional tables: rows that no
/// method uses change nothing, and somebody sent them for a reason (warn).
[[nodiscard]] std::vector<Finding> find_unused_rows(const Month& month,
                                                    const CostingSettings& settings);

}  // namespace yuanliu::costing
