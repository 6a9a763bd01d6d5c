// Why this file: full cost of a department beside the month before and the same month a year ago;
// where there is nothing to compare with, there is no percent either (docs/reports.md §6).
#include "server/report/department_sections.hpp"

namespace yuanliu::report {
namespace {

constexpr std::string_view kNoFigure = "—";

struct EarlierFull {
    Cells cells{};
    std::string unknown_items;  ///< that this month's dictionary doesn't have
};

/// Full cost then, as this month classifies departments and cost items.
EarlierFull earlier_full(const ReportInput& input, const Department& department,
                         const ResultBook& book) {
    EarlierFull earlier;
    for (const DepartmentCost& row : book.costs) {
        if (row.kind != CostKind::full || row.department != department.code) {
            continue;
        }
        const auto category = input.view.category_of(row.cost_item);
        if (!category && earlier.unknown_items.find(row.cost_item) == std::string::npos) {
            earlier.unknown_items += (earlier.unknown_items.empty() ? "" : ", ") + row.cost_item;
        }
        earlier.cells[cell_of(category.value_or(CostCategory::other_operating), row.fund,
                              is_management(department.department_class, row.origin))] += row.cost;
    }
    return earlier;
}

/// Percent of the change; none of a base that is zero or below.
Cell change_percent(Money now, Money then) {
    return then.raw() > 0 ? percent_cell((now - then).raw(), then.raw())
                          : number_cell(std::string(kNoFigure));
}

void add_earlier_columns(Section& section, std::string group, Language language) {
    for (const auto& [zh, en] : {std::pair("金额", "amount"), std::pair("增减", "change"),
                                 std::pair("增减 %", "change %")}) {
        section.columns.push_back({.title = in(language, zh, en), .group = group});
    }
}

}  // namespace

Section earlier_section(const ReportInput& input, DepartmentId department,
                        const EarlierBooks& earlier) {
    const Language language = input.language;
    const Department& row_of = input.view.month().departments[department.index()];
    Section section{.caption = in(language, "全成本与以前月份比较", "full cost and earlier months"),
                    .columns = {{.title = in(language, "成本项目", "cost item")},
                                {.title = in(language, "本月", "this month")}}};
    std::vector<EarlierFull> months;
    for (const ResultBook* book : {earlier.month_before, earlier.year_before}) {
        if (book != nullptr) {
            const bool is_month = book == earlier.month_before;
            months.push_back(earlier_full(input, row_of, *book));
            add_earlier_columns(section,
                                (is_month ? in(language, "环比: 上月 ", "month before ")
                                          : in(language, "同比: 上年同月 ", "year before ")) +
                                    book->period,
                                language);
            if (!months.back().unknown_items.empty()) {
                section.notes.push_back(
                    in(language, "本月没有的成本项目, 计入其他运行费用: ",
                       "cost items that this month does not have, counted as other operating: ") +
                    book->period + " " + months.back().unknown_items);
            }
        }
    }
    for (const CostLine& line : cost_lines(input.scope, language)) {
        const Money now = input.view.full(department, line);
        Row row{.style = line.is_sum ? RowStyle::total : RowStyle::item,
                .cells = {text_cell(line.title), amount_cell(now)}};
        for (const EarlierFull& then : months) {
            const Money amount = line.of(then.cells);
            row.cells.push_back(amount_cell(amount));
            row.cells.push_back(amount_cell(now - amount));
            row.cells.push_back(change_percent(now, amount));
        }
        section.rows.push_back(std::move(row));
    }
    section.notes.push_back(in(language, "— 表示无数据: 基数为零或负数。",
                               "— = no figure: the base is zero or below."));
    return section;
}

}  // namespace yuanliu::report
