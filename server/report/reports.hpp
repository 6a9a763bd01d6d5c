// Why this file: the published reports of one run, one function each (docs/reports.md §2-6). They
// only add up what the view holds; what doesn't close is in the report's gaps.
#pragma once

#include "server/report/cost_view.hpp"

namespace yuanliu::report {

struct ReportInput {
    const CostView& view;
    const ResultBook& book;
    Scope scope = Scope::medical;
    Language language = Language::en;
};

/// The head that all reports share, with the gaps of the view.
[[nodiscard]] Report begin_report(const ReportInput& input, std::string form,
                                  std::string_view title_zh, std::string_view title_en);
/// "2026年9月".
[[nodiscard]] std::string period_words(std::string_view period, Language language);
[[nodiscard]] std::string class_words(DepartmentClass department_class, Language language);
/// Name and code, as every row of a department begins.
[[nodiscard]] std::string department_words(const Department& department);

/// 成本医01表 医院各科室直接成本表
[[nodiscard]] Report direct_cost_report(const ReportInput& input);
/// 成本医02表 医院临床服务类科室全成本表
[[nodiscard]] Report full_cost_report(const ReportInput& input);
/// 成本医03表 医院临床服务类科室全成本构成分析表
[[nodiscard]] Report composition_report(const ReportInput& input);
/// 医院科室成本分摊汇总表
[[nodiscard]] Report transfer_report(const ReportInput& input);
/// 诊次成本构成表, 床日成本构成表
[[nodiscard]] Report visit_report(const ReportInput& input);
[[nodiscard]] Report bed_day_report(const ReportInput& input);
/// 科室全成本单; `before` is the result of the month before, or none.
[[nodiscard]] Report department_report(const ReportInput& input, DepartmentId department,
                                       const ResultBook* before);

/// Visits and bed-days of the month by department (docs/reports.md §5).
struct UnitCounts {
    std::vector<std::int64_t> visits;
    std::vector<std::int64_t> bed_days;
};
[[nodiscard]] UnitCounts count_units(const Month& month);

}  // namespace yuanliu::report
