// Why this file: cost by attribute (成本性态, 可控性, 资本性), as the run left it in
// cost_attributes.csv: of all departments, and of one by cost line (docs/reports.md §10).
#include <map>

#include "server/report/department_sections.hpp"

namespace yuanliu::report {
namespace {

/// Of a department and a cost line.
struct AttributeSums {
    Money full;
    Money fixed;
    Money variable;
    Money mixed;  ///< full cost of rows that have both
    Money capital;
    Money controllable;
    void add(const AttributeCost& row) {
        full += row.full;
        fixed += row.fixed;
        variable += row.variable;
        mixed += row.fixed.is_zero() || row.variable.is_zero() ? Money() : row.full;
        capital += row.capital;
        controllable += row.controllable;
    }
};

bool covers(const ReportInput& input, const CostLine& line, const AttributeCost& row) {
    const auto category = input.view.category_of(row.cost_item);
    return category && line.covers[cell_of(*category, row.fund, false)];
}

AttributeSums sums_of(const ReportInput& input, const CostLine& line, std::string_view code) {
    AttributeSums sums;
    for (const AttributeCost& row : input.book.attributes) {
        if ((code.empty() || row.department == code) && covers(input, line, row)) {
            sums.add(row);
        }
    }
    return sums;
}

/// What controllable cost is a part of, as the titles say it: the two tables have different ones.
struct ControlBase {
    std::string_view zh;
    std::string_view en;
};
constexpr ControlBase kOfGathered{"归集成本", "gathered"};
constexpr ControlBase kOfDirect{"直接成本", "direct"};

std::vector<Column> attribute_columns(Language language, std::string first,
                                      const ControlBase& base) {
    const std::string of_base = in(language, base.zh, base.en);
    const std::string behaviour = in(language, "成本性态", "behaviour");
    const std::string capital = in(language, "资本性", "capital");
    const std::string control = in(language, "可控性", "control");
    return {
        {.title = std::move(first)},
        {.title = in(language, "全成本", "full")},
        {.title = in(language, "固定", "fixed"), .group = behaviour},
        {.title = in(language, "变动", "variable"), .group = behaviour},
        {.title = in(language, "其中混合项目", "of mixed items"), .group = behaviour},
        {.title = in(language, "资本性", "capital"), .group = capital},
        {.title = in(language, "非资本性", "other"), .group = capital},
        {.title = of_base, .group = control},
        {.title = in(language, "可控", "controllable"), .group = control},
        {.title = in(language, of_base + "中不可控", "not controllable of " + of_base),
         .group = control},
        {.title = in(language, "变动 %", "variable %"), .group = in(language, "占比", "share")},
        {.title = in(language, "资本性 %", "capital %"), .group = in(language, "占比", "share")},
        {.title = in(language, "可控占" + of_base + " %", "controllable % of " + of_base),
         .group = in(language, "占比", "share")}};
}

/// In the order of the columns; `gathered` is what controllable cost is a part of.
Amounts attribute_amounts(const AttributeSums& sums, Money gathered) {
    return {sums.full,  sums.fixed,        sums.variable,
            sums.mixed, sums.capital,      sums.full - sums.capital,
            gathered,   sums.controllable, gathered - sums.controllable};
}

void add_attribute_percents(Row& row, const Amounts& amounts) {
    row.cells.push_back(percent_cell(amounts[2].raw(), amounts[0].raw()));
    row.cells.push_back(percent_cell(amounts[4].raw(), amounts[0].raw()));
    row.cells.push_back(percent_cell(amounts[7].raw(), amounts[6].raw()));
}

Row attribute_row(const CostLine& line, const Amounts& amounts) {
    Row row = amounts_row(line.is_sum ? RowStyle::total : RowStyle::item, line.title, amounts);
    add_attribute_percents(row, amounts);
    return row;
}

void attributes_must_close(const ReportInput& input, Report& report) {
    std::map<std::string_view, Money> full;
    const CostLine line = cost_lines(input.scope, input.language).back();
    for (const AttributeCost& row : input.book.attributes) {
        report.must_close(
            in(input.language, "固定 + 变动 = 全成本: ", "fixed + variable = full: ") +
                row.department + " " + row.cost_item,
            row.fixed + row.variable, row.full);
        full[row.department] += covers(input, line, row) ? row.full : Money();
    }
    const Month& month = input.view.month();
    for (std::size_t d = 0; d < month.departments.size(); ++d) {
        report.must_close(in(input.language, "属性表全成本 = 全成本: ", "attributes = full: ") +
                              month.departments[d].code,
                          full[month.departments[d].code], input.view.full(DepartmentId(d), line));
    }
}

}  // namespace

Section attribute_section(const ReportInput& input, DepartmentId department, Report& report) {
    const Language language = input.language;
    Section section{
        .caption = in(language, "成本属性: 性态、资本性、可控性",
                      "cost by attribute: behaviour, capital, control"),
        .columns = attribute_columns(language, in(language, "成本项目", "cost item"), kOfGathered)};
    for (const CostLine& line : cost_lines(input.scope, language)) {
        const AttributeSums sums =
            sums_of(input, line, input.view.month().departments[department.index()].code);
        report.must_close(
            in(language, "属性表全成本 = 全成本: ", "attributes = full: ") + line.title, sums.full,
            input.view.full(department, line));
        section.rows.push_back(
            attribute_row(line, attribute_amounts(sums, input.view.gathered(department, line))));
    }
    return section;
}

Report attribute_report(const ReportInput& input) {
    const Language language = input.language;
    Report report = begin_report(input, {}, "医院成本属性表 (成本性态、资本性、可控性)",
                                 "Cost by attribute: behaviour, capital, control");
    attributes_must_close(input, report);
    const auto lines = cost_lines(input.scope, language);
    const CostLine& whole = lines.back();
    Section departments{
        .caption = in(language, "按科室", "by department"),
        .columns = attribute_columns(language, in(language, "科室", "department"), kOfGathered)};
    add_classes(
        departments, input, whole, 9,
        [&](DepartmentId d) {
            return attribute_amounts(
                sums_of(input, whole, input.view.month().departments[d.index()].code),
                input.view.gathered(d, whole));
        },
        add_attribute_percents);
    Section items{
        .caption = in(language, "按成本项目 (全院)", "by cost item, the hospital"),
        .columns = attribute_columns(language, in(language, "成本项目", "cost item"), kOfDirect)};
    for (const CostLine& line : lines) {
        items.rows.push_back(attribute_row(
            line, attribute_amounts(sums_of(input, line, {}), input.view.total(line))));
    }
    report.sections.push_back(std::move(departments));
    report.sections.push_back(std::move(items));
    report.notes.push_back(in(
        language,
        "固定 + 变动 = 全成本; 混合项目指同一科室、成本项目、资金来源既有固定又有变动部分的全成本。"
        "可控部分只在科室自身的直接成本中 (按基数计入的除外)。按科室: 可控 + 不可控 = 归集成本, "
        "含分得的各级成本, 合计中同一笔成本随逐级结转重复出现; 按成本项目: 可控 + 不可控 = "
        "直接成本, 每笔只出现一次。两处不可控的合计基数不同, 不可互相核对。",
        "Fixed + variable = full; mixed is the full cost of rows (department, cost item, fund "
        "source) that have both. Only a department's own direct cost is controllable, less what a "
        "base brought. By department, controllable + not controllable = gathered, with what was "
        "received by levels, so that in the total a cost appears again at each level; by cost "
        "item they make direct cost, each once. The two totals of what is not controllable have "
        "different bases and can't be set against each other."));
    return report;
}

}  // namespace yuanliu::report
