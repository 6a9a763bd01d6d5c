// Why this file: the tables of the result folder (docs/result-folder.md), made from a run's values.
#pragma once

#include <vector>

#include "costing/base/month.hpp"
#include "costing/base/run_result.hpp"
#include "server/export/table_text.hpp"

namespace yuanliu::exporting {

/// excluded, department_cost, transfers, pools, pool_components, service_item_cost, patients,
/// patient_cost, parked, parked_cost, closing/in_hospital, closing/in_hospital_charges; with
/// methods also activities and hospital_item_cost; with rules of collection also moves, collected,
/// cost_attributes and cost_scopes.
[[nodiscard]] std::vector<FinishedTable> costing_tables(const Month& month,
                                                        const CostingResult& costing);
/// cases, group_profit, department_profit, physician_profit; with a payer by policy also
/// case_policies; of a month that states parts of patients also fund_parts.
[[nodiscard]] std::vector<FinishedTable> profit_tables(const Month& month,
                                                       const ProfitResult& profit);
/// grouping; only of a month that catalogues group.
[[nodiscard]] FinishedTable grouping_table(const Month& month, const GroupingResult& grouping);
/// auxiliary; only of a month with an auxiliary catalogue.
[[nodiscard]] FinishedTable auxiliary_table(const Month& month, const GroupingResult& grouping);
/// indicators, gates, bonus_departments, bonus_persons, closing/carried_pools.
[[nodiscard]] std::vector<FinishedTable> bonus_tables(const Month& month, const BonusResult& bonus);

/// Names of the groups that cases are in, blank where the catalogue has none; for those who show a
/// result, no table of it.
[[nodiscard]] FinishedTable group_names_table(const Month& month, const ProfitResult& profit);

/// All tables, sorted by name.
[[nodiscard]] std::vector<FinishedTable> result_tables(const Month& month, const RunResult& result);

}  // namespace yuanliu::exporting
