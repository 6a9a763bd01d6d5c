// Why this file: writes the report tables. Excel takes a file for UTF-8 only when it begins with a
// byte order mark; amounts stand without thousands separators, so that they stay numbers there.
#include "server/cli/report_files.hpp"

#include <array>
#include <string_view>

#include "server/cli/group_view.hpp"
#include "server/cli/summary.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Rows of a CSV file for people.
class Sheet {
  public:
    explicit Sheet(const std::vector<std::string>& header) : text_(kByteOrderMark) { add(header); }

    void add(const std::vector<std::string>& row) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text_ += (i == 0 ? "" : ",") + field(row[i]);
        }
        text_ += "\r\n";
    }

    [[nodiscard]] std::string text() const { return text_; }

  private:
    static std::string field(const std::string& value) {
        if (value.find_first_of(",\"\r\n") == std::string::npos) {
            return value;
        }
        std::string out = "\"";
        for (const char c : value) {
            out += c == '"' ? std::string("\"\"") : std::string(1, c);
        }
        return out + "\"";
    }

    std::string text_;
};

std::string each_text(Money amount, std::int64_t count) {
    return count == 0 ? "" : Money::from_raw(rounded_half_away(amount.raw(), count)).text();
}

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
            {"report/departments.csv", departments_sheet(outcome)}};
}

}  // namespace yuanliu::cli
