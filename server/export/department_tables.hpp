// Why this file: declares the department half of the costing tables, so that each file stays small.
#pragma once

#include "costing/base/run_result.hpp"
#include "server/export/table_text.hpp"

namespace yuanliu::exporting {

[[nodiscard]] FinishedTable excluded_table(const Month& month, const CostingResult& costing);
[[nodiscard]] FinishedTable department_cost_table(const Month& month, const CostingResult& costing);
[[nodiscard]] FinishedTable transfers_table(const Month& month, const CostingResult& costing);
[[nodiscard]] FinishedTable pools_table(const Month& month, const CostingResult& costing);
[[nodiscard]] FinishedTable pool_components_table(const Month& month, const CostingResult& costing);
[[nodiscard]] FinishedTable service_item_cost_table(const Month& month,
                                                    const CostingResult& costing);

/// Only of results whose rules have methods.
[[nodiscard]] FinishedTable activities_table(const Month& month, const CostingResult& costing);
[[nodiscard]] FinishedTable hospital_item_cost_table(const Month& month,
                                                     const CostingResult& costing);

}  // namespace yuanliu::exporting
