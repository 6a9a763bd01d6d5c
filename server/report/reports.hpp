// Why this file: the published reports of one run, one function each (docs/reports.md §2-6). They
// only add up what the view holds; what doesn't close is in the report's gaps.
#pragma once

#include <functional>

#include "server/report/cost_view.hpp"

namespace yuanliu {
struct AllocationPlan;
}

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

/// Adds the rows of all classes of departments, each with its subtotal, and the total, which it
/// returns; `of` gives a department's amounts, `finish` may add cells to a row of amounts.
Amounts add_classes(Section& section, const ReportInput& input, const CostLine& line,
                    std::size_t columns, const std::function<Amounts(DepartmentId)>& of,
                    const std::function<void(Row&, const Amounts&)>& finish = {});

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
/// 成本属性表; only of a result with cost_attributes.csv, and not of medical business cost.
[[nodiscard]] Report attribute_report(const ReportInput& input);

/// 科室分层全成本表; the plan is that of the result. Only the department's details where one is
/// named, else of all.
[[nodiscard]] Report layer_report(const ReportInput& input, const AllocationPlan& plan,
                                  const std::string& department);

/// Results of earlier months that a sheet is compared with; none where it isn't asked for.
struct EarlierBooks {
    const ResultBook* month_before = nullptr;
    const ResultBook* year_before = nullptr;
};
/// 科室全成本单
[[nodiscard]] Report department_report(const ReportInput& input, DepartmentId department,
                                       const EarlierBooks& earlier);

/// Visits and bed-days of the month by department (docs/reports.md §5).
struct UnitCounts {
    std::vector<std::int64_t> visits;
    std::vector<std::int64_t> bed_days;
};
[[nodiscard]] UnitCounts count_units(const Month& month);

}  // namespace yuanliu::report
