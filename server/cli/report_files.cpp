// Why this file: writes the tables of groups and departments, and hands on all report tables.
#include "server/cli/report_files.hpp"

#include <array>

#include "server/cli/care_report.hpp"
#include "server/cli/group_view.hpp"
#include "server/cli/sheet.hpp"
#include "server/cli/summary.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::cli {
namespace {

std::string groups_sheet(const usecase::ComputeOutcome& outcome) {
    Sheet sheet({"结算类别", "病组编码", "名称", "例数", "CMI", "例均费用(元)", "例均支付(元)",
                 "例均成本(元, 全部资金来源)", "政策盈亏合计(元)", "实际盈亏合计(元, 全部资金来源)",
                 "实际盈亏合计(元, 医疗成本)", "主要原因(元/例, 仅DIP)"});
    const GroupViews views = view_groups(outcome);
    for (const GroupView& view : views.groups) {
        const ProfitSums& sums = view.sums;
        sheet.add(
            {name_in(Language::zh, view.basis), view.group.starts_with('~') ? "" : view.group,
             view.name, std::to_string(sums.cases), sums.rw.is_zero() ? "" : cmi_of(sums).text(),
             each_text(sums.charge, sums.cases), each_text(sums.payment, sums.cases),
             each_text(sums.cost, sums.cases), view.policy_margin().text(),
             view.real_margin().text(), view.medical_margin().text(),
             view.basis == PaymentBasis::dip ? words_of(main_reason(view, views.dip), Language::zh)
                                             : ""});
    }
    return sheet.text();
}

/// A department's cost: direct, received by origin, sent, full.
struct DepartmentSums {
    std::array<Money, kOrigins> by_origin{};  ///< direct stands at Origin::direct
    Money sent;
    Money full;
    void add(const DepartmentCostRow& row) {
        if (row.kind == CostKind::sent) {
            sent += row.cost;
        } else if (row.kind == CostKind::full) {
            full += row.cost;
        } else {
            by_origin[static_cast<std::size_t>(row.origin)] += row.cost;
        }
    }
};

void add_row(Sheet& sheet, std::vector<std::string> cells, const DepartmentSums& sums) {
    Money held = sums.sent;
    for (const Money amount : sums.by_origin) {
        cells.push_back(amount.text());
        held += amount;
    }
    YUANLIU_CHECK(held == sums.full);
    cells.push_back(sums.sent.text());
    cells.push_back(sums.full.text());
    sheet.add(cells);
}

std::string departments_sheet(const usecase::ComputeOutcome& outcome) {
    const Month& month = outcome.loaded.month;
    std::vector<DepartmentSums> departments(month.departments.size());
    DepartmentSums total;
    for (const DepartmentCostRow& row : outcome.result.costing.department_costs) {
        departments[row.department.index()].add(row);
        total.add(row);
    }
    Sheet sheet({"科室编码", "名称", "类别", "直接成本(元)", "公共费用分摊转入(元)",
                 "一级(行政后勤)分摊转入(元)", "二级(医疗辅助)分摊转入(元)",
                 "三级(医疗技术)分摊转入(元)", "分摊转出(元)", "医院全成本(元, 全部资金来源)"});
    for (std::size_t d = 0; d < departments.size(); ++d) {
        const Department& department = month.departments[d];
        add_row(
            sheet,
            {department.code, department.name, name_in(Language::zh, department.department_class)},
            departments[d]);
    }
    add_row(sheet, {"合计", "", ""}, total);
    return sheet.text();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> report_files(
    const usecase::ComputeOutcome& outcome) {
    return {{"report/groups.csv", groups_sheet(outcome)},
            {"report/departments.csv", departments_sheet(outcome)},
            {"report/visits.csv", care_sheet(outcome, EncounterKind::outpatient)},
            {"report/bed_days.csv", care_sheet(outcome, EncounterKind::inpatient)}};
}

}  // namespace yuanliu::cli
