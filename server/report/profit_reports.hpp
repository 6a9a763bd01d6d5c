// Why this file: the reports on profit (docs/profit.md §3-7), one function each. They show what a
// ProfitView adds up and what the pure analysis says of it; what doesn't close is in their gaps.
#pragma once

#include <cstdint>
#include <optional>

#include "costing/profit/analysis_rules.hpp"
#include "server/report/cost_view.hpp"
#include "server/report/profit_view.hpp"

namespace yuanliu::report {

enum class ProfitBy : std::uint8_t { group, department, attending, physician, hospital, payer };

struct ProfitInput {
    const ProfitView& view;
    const ResultFolder& result;
    const costing::profit::AnalysisRules& rules;
    Scope scope = Scope::medical;
    Language language = Language::en;
};

/// DIP cases of one group in one month, for the trend.
struct MonthOfGroup {
    std::int64_t cases = 0;
    Money charge{};
    Money payment{};
    Money cost{};  ///< all fund sources
};
struct MonthOfGroups {
    std::string period;
    std::map<std::string, MonthOfGroup> groups;
    MonthOfGroup all;
};
/// Reads group_profit.csv, rows of basis dip.
[[nodiscard]] tl::expected<MonthOfGroups, Refusal> read_groups_of_month(const ResultFolder& result);

/// 盈亏表
[[nodiscard]] Report profit_report(const ProfitInput& input, ProfitBy by);
/// 高低倍率病例分析; of one department with record numbers, else of the hospital without.
[[nodiscard]] Report ratio_report(const ProfitInput& input, std::optional<DepartmentId> department);
/// 收入与病例结构
[[nodiscard]] Report structure_report(const ProfitInput& input);
/// 病组保本点、象限与引调退建议
[[nodiscard]] Report advice_report(const ProfitInput& input);
/// 分值偏低病组 (致医保)
[[nodiscard]] Report insurer_report(const ProfitInput& input);
/// 病组盈亏趋势与预警; `months` in order of period, the last is this result's.
[[nodiscard]] Report trend_report(const ProfitInput& input,
                                  const std::vector<MonthOfGroups>& months);
/// 科室病组盈亏单
[[nodiscard]] Report group_sheet_report(const ProfitInput& input, DepartmentId department);

}  // namespace yuanliu::report
