// Why this file: 医院科室成本分摊汇总表: what every department had, received by level and passed
// on, and whose cost it first was (docs/reports.md §4).
#include <map>

#include "server/report/reports.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::report {
namespace {

constexpr std::array kClasses{DepartmentClass::clinical,    DepartmentClass::medical_technology,
                              DepartmentClass::auxiliary,   DepartmentClass::administrative,
                              DepartmentClass::public_cost, DepartmentClass::excluded};

struct Figure {
    std::string title;
    std::vector<Layer> layers;
};

/// Columns of the table; each is the sum of some layers.
std::vector<Figure> figures_of(bool has_other, Language language) {
    using enum Layer;
    std::vector<Figure> figures{
        {in(language, "直接计入", "booked"), {booked}},
        {in(language, "计算计入", "public"), {public_cost}},
        {in(language, "直接成本", "direct"), {booked, public_cost}},
        {in(language, "一级分摊", "level 1"), {administrative}},
        {in(language, "二级分摊", "level 2"), {auxiliary}},
        {in(language, "三级分摊", "level 3"), {medical_technology}},
    };
    if (has_other) {
        figures.push_back({in(language, "其他分摊", "other"), {other}});
    }
    figures.push_back(
        {in(language, "归集成本", "gathered"),
         {booked, public_cost, administrative, auxiliary, medical_technology, other}});
    figures.push_back({in(language, "转出", "passed on"), {passed_on}});
    figures.push_back(
        {in(language, "全成本", "full"),
         {booked, public_cost, administrative, auxiliary, medical_technology, other, passed_on}});
    return figures;
}

Section level_section(const ReportInput& input, const CostLine& line, Report& report) {
    const CostView& view = input.view;
    const Language language = input.language;
    bool has_other = false;
    for (std::size_t d = 0; d < view.month().departments.size(); ++d) {
        has_other = has_other || !view.layer(DepartmentId(d), Layer::other, line).is_zero();
    }
    const auto figures = figures_of(has_other, language);
    Section section{.caption = {}, .columns = {{.title = in(language, "科室", "department")}}};
    for (const Figure& figure : figures) {
        section.columns.push_back({.title = figure.title});
    }
    const Amounts total =
        add_classes(section, input, line, figures.size(), [&](DepartmentId department) {
            Amounts amounts;
            for (const Figure& figure : figures) {
                Money sum;
                for (const Layer layer : figure.layers) {
                    sum += view.layer(department, layer, line);
                }
                amounts.push_back(sum);
            }
            report.must_close(in(language, "各层之和 = 全成本: ", "layers = full: ") +
                                  view.month().departments[department.index()].code,
                              amounts.back(), view.full(department, line));
            return amounts;
        });
    report.must_close(in(language, "合计 = 全部直接成本", "total = all direct cost"), total.back(),
                      view.total(line));
    return section;
}

using LevelAndOrigin = std::pair<Layer, Origin>;

std::string title_of(const LevelAndOrigin& key, Language language) {
    const auto& [level, origin] = key;
    const char* levels_zh[] = {"", "", "一级", "二级", "三级", "其他"};
    const char* levels_en[] = {"", "", "level 1", "level 2", "level 3", "other"};
    const auto l = static_cast<std::size_t>(level);
    return in(language, levels_zh[l], levels_en[l]) + in(language, ": 来自", " of ") +
           name_in(language, origin);
}

/// What was received by level and by origin, as far as results keep it.
Section origin_section(const ReportInput& input, const CostLine& line) {
    const Language language = input.language;
    std::map<LevelAndOrigin, std::map<DepartmentId, Money>> received;
    for (const Transfer& row : input.book.transfers) {
        const Layer level = input.view.level_of(row);
        if (level != Layer::public_cost &&
            input.view.is_in(input.scope, row.fund, row.origin, row.receiver)) {
            received[{level, row.origin}][*input.view.find(row.receiver)] += row.cost;
        }
    }
    Section section{.caption = in(language, "分摊层次 (分得的成本最初是谁的)",
                                  "layers: whose cost it first was"),
                    .columns = {{.title = in(language, "科室", "department")}}};
    for (const auto& [key, amounts] : received) {
        section.columns.push_back({.title = title_of(key, language)});
    }
    section.columns.push_back({.title = in(language, "分得合计", "received")});
    add_classes(section, input, line, received.size() + 1, [&](DepartmentId department) {
        Amounts row;
        Money sum;
        for (auto& [key, amounts] : received) {
            row.push_back(amounts[department]);
            sum += row.back();
        }
        row.push_back(sum);
        return row;
    });
    return section;
}

}  // namespace

Amounts add_classes(Section& section, const ReportInput& input, const CostLine& line,
                    std::size_t columns, const std::function<Amounts(DepartmentId)>& of,
                    const std::function<void(Row&, const Amounts&)>& finish) {
    const Language language = input.language;
    const auto add = [&](RowStyle style, std::string title, const Amounts& amounts) {
        Row row = amounts_row(style, std::move(title), amounts);
        if (finish) {
            finish(row, amounts);
        }
        section.rows.push_back(std::move(row));
    };
    Amounts total(columns);
    for (const DepartmentClass department_class : kClasses) {
        const auto departments = input.view.departments(department_class, line);
        Amounts sum(columns);
        for (const DepartmentId d : departments) {
            const Amounts amounts = of(d);
            add(RowStyle::item, department_words(input.view.month().departments[d.index()]),
                amounts);
            for (std::size_t i = 0; i < columns; ++i) {
                sum[i] += amounts[i];
                total[i] += amounts[i];
            }
        }
        if (!departments.empty()) {
            add(RowStyle::subtotal,
                class_words(department_class, language) + in(language, "小计", ", subtotal"), sum);
        }
    }
    add(RowStyle::total, in(language, "合计", "total"), total);
    return total;
}

Report transfer_report(const ReportInput& input) {
    const Language language = input.language;
    Report report = begin_report(input, {}, "医院科室成本分摊汇总表",
                                 "Allocation of the hospital's cost to departments");
    const CostLine line = cost_lines(input.scope, language).back();
    report.sections.push_back(level_section(input, line, report));
    report.sections.push_back(origin_section(input, line));
    report.notes.push_back(
        in(language,
           "归集成本 = 直接成本 + 各级分得; 转出为分给其他科室的成本 (负数); 全成本 = 归集成本 + "
           "转出。"
           "医辅带来的管理费用列在“二级: 来自行政后勤”; 是否又经过医辅, 见科室分层全成本表 (--kind "
           "layers)。",
           "Gathered = direct + levels; passed on is negative; full = gathered + passed on. "
           "Administrative cost that came by way of auxiliary departments stands under level 2 of "
           "administrative; by way of what, the report of layers says (--kind layers)."));
    return report;
}

}  // namespace yuanliu::report
