// Why this file: 成本医02表 and 03表: what clinical departments cost in full, direct and indirect,
// and what it is made of beside what they earn (docs/reports.md §3).
#include "server/report/reports.hpp"

namespace yuanliu::report {
namespace {

struct Split {
    Money direct;
    Money full;
    void add(const Split& other) {
        direct += other.direct;
        full += other.full;
    }
};
using Splits = std::vector<Split>;

Splits splits_of(const CostView& view, DepartmentId department,
                 const std::vector<CostLine>& lines) {
    Splits splits;
    for (const CostLine& line : lines) {
        splits.push_back(
            {.direct = view.direct(department, line), .full = view.full(department, line)});
    }
    return splits;
}

void add_to(Splits& sum, const Splits& more) {
    for (std::size_t i = 0; i < sum.size(); ++i) {
        sum[i].add(more[i]);
    }
}

Row split_row(RowStyle style, std::string title, const Splits& splits) {
    Row row{.style = style, .cells = {text_cell(std::move(title))}};
    for (const Split& split : splits) {
        row.cells.push_back(amount_cell(split.direct));
        row.cells.push_back(amount_cell(split.full - split.direct));
        row.cells.push_back(amount_cell(split.full));
    }
    return row;
}

/// What departments of other classes still hold after all stages.
Splits held_elsewhere(const CostView& view, const std::vector<CostLine>& lines) {
    Splits sum(lines.size());
    const Month& month = view.month();
    for (std::size_t d = 0; d < month.departments.size(); ++d) {
        if (month.departments[d].department_class != DepartmentClass::clinical) {
            add_to(sum, splits_of(view, DepartmentId(d), lines));
        }
    }
    return sum;
}

/// Charges of the month that each department ordered (开单收入).
std::vector<Money> ordered_charges(const Month& month) {
    std::vector<Money> charges(month.departments.size());
    for (std::size_t i = 0; i < month.charge_lines.size(); ++i) {
        charges[month.charge_lines.ordering[i].index()] += month.charge_lines.charge[i];
    }
    return charges;
}

/// One column pair of 03: a department, or all of them.
struct Composed {
    std::string title;
    std::vector<Money> amounts{};
    Money revenue{};
    Money bed_cost{};  ///< of bed-day units
    std::int64_t bed_days = 0;
    Money visit_cost{};
    std::int64_t visits = 0;
    void add(const Composed& other) {
        for (std::size_t i = 0; i < amounts.size(); ++i) {
            amounts[i] += other.amounts[i];
        }
        revenue += other.revenue;
        bed_cost += other.bed_cost;
        bed_days += other.bed_days;
        visit_cost += other.visit_cost;
        visits += other.visits;
    }
};

class CompositionTable {
  public:
    explicit CompositionTable(const ReportInput& input)
        : view_(input.view),
          language_(input.language),
          lines_(cost_lines(input.scope, input.language)),
          revenue_(ordered_charges(input.view.month())),
          counts_(count_units(input.view.month())) {}

    Section build() {
        Composed all{.title = in(language_, "各临床服务类科室合计", "all clinical departments"),
                     .amounts = std::vector<Money>(lines_.size())};
        std::vector<Composed> columns;
        for (const DepartmentId d : view_.departments(DepartmentClass::clinical, lines_.back())) {
            columns.push_back(column_of(d));
            all.add(columns.back());
        }
        columns.push_back(std::move(all));
        Section section{.caption = {}, .columns = {{.title = in(language_, "项目", "line")}}};
        for (const Composed& column : columns) {
            section.columns.push_back(
                {.title = in(language_, "金额", "amount"), .group = column.title});
            section.columns.push_back({.title = "%", .group = column.title});
        }
        add_cost_rows(section, columns);
        add_other_rows(section, columns);
        return section;
    }

  private:
    [[nodiscard]] Composed column_of(DepartmentId d) const {
        const Department& department = view_.month().departments[d.index()];
        Composed column{.title = department_words(department)};
        for (const CostLine& line : lines_) {
            column.amounts.push_back(view_.full(d, line));
        }
        column.revenue = revenue_[d.index()];
        if (department.care_setting == CareSetting::inpatient) {
            column.bed_cost = column.amounts.back();
            column.bed_days = counts_.bed_days[d.index()];
        } else if (department.care_setting == CareSetting::outpatient) {
            column.visit_cost = column.amounts.back();
            column.visits = counts_.visits[d.index()];
        }
        return column;
    }
    void add_cost_rows(Section& section, const std::vector<Composed>& columns) const {
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            Row row{.style = i + 1 == lines_.size() ? RowStyle::total
                             : lines_[i].is_sum     ? RowStyle::subtotal
                                                    : RowStyle::item,
                    .cells = {text_cell(lines_[i].title)}};
            for (const Composed& column : columns) {
                row.cells.push_back(amount_cell(column.amounts[i]));
                row.cells.push_back(
                    percent_cell(column.amounts[i].raw(), column.amounts.back().raw()));
            }
            section.rows.push_back(std::move(row));
        }
    }
    void add_other_rows(Section& section, const std::vector<Composed>& columns) const {
        Row revenue{.style = RowStyle::item,
                    .cells = {text_cell(in(language_, "科室收入 (开单)", "revenue (ordered)"))}};
        Row margin{.style = RowStyle::subtotal,
                   .cells = {text_cell(in(language_, "收入 − 成本", "revenue − cost"))}};
        Row bed{.style = RowStyle::item,
                .cells = {text_cell(in(language_, "床日成本", "cost per bed-day"))}};
        Row visit{.style = RowStyle::item,
                  .cells = {text_cell(in(language_, "诊次成本", "cost per visit"))}};
        for (const Composed& column : columns) {
            revenue.cells.push_back(amount_cell(column.revenue));
            margin.cells.push_back(amount_cell(column.revenue - column.amounts.back()));
            bed.cells.push_back(each_cell(column.bed_cost, column.bed_days));
            visit.cells.push_back(each_cell(column.visit_cost, column.visits));
            for (Row* row : {&revenue, &margin, &bed, &visit}) {
                row->cells.push_back(blank_cell());
            }
        }
        for (Row* row : {&revenue, &margin, &bed, &visit}) {
            section.rows.push_back(std::move(*row));
        }
    }

    const CostView& view_;
    Language language_;
    std::vector<CostLine> lines_;
    std::vector<Money> revenue_;
    UnitCounts counts_;
};

}  // namespace

Report full_cost_report(const ReportInput& input) {
    const Language language = input.language;
    Report report = begin_report(input, "成本医02表", "医院临床服务类科室全成本表",
                                 "Full cost of clinical departments");
    const auto lines = cost_lines(input.scope, language);
    Section section{.caption = {}, .columns = {{.title = in(language, "科室", "department")}}};
    for (const CostLine& line : lines) {
        for (const auto& [zh, en] :
             {std::pair("直接成本", "direct"), std::pair("间接成本", "indirect"),
              std::pair("全成本", "full")}) {
            section.columns.push_back({.title = in(language, zh, en), .group = line.title});
        }
    }
    Splits sum(lines.size());
    for (const DepartmentId d : input.view.departments(DepartmentClass::clinical, lines.back())) {
        const Splits splits = splits_of(input.view, d, lines);
        section.rows.push_back(split_row(
            RowStyle::item, department_words(input.view.month().departments[d.index()]), splits));
        add_to(sum, splits);
    }
    section.rows.push_back(split_row(
        RowStyle::total, in(language, "科室全成本合计", "all clinical departments"), sum));
    const Splits others = held_elsewhere(input.view, lines);
    bool is_held = false;
    for (const Split& split : others) {
        is_held = is_held || !split.full.is_zero();
    }
    add_to(sum, others);
    if (is_held) {
        section.rows.push_back(split_row(
            RowStyle::subtotal,
            in(language, "其他科室未分出的成本", "cost that other departments hold"), others));
        section.rows.push_back(split_row(RowStyle::total, in(language, "合计", "total"), sum));
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        report.must_close(
            in(language, "全成本 = 全部直接成本: ", "full = all direct cost: ") + lines[i].title,
            sum[i].full, input.view.total(lines[i]));
    }
    report.sections.push_back(std::move(section));
    return report;
}

Report composition_report(const ReportInput& input) {
    Report report = begin_report(input, "成本医03表", "医院临床服务类科室全成本构成分析表",
                                 "What the full cost of clinical departments is made of");
    report.sections.push_back(CompositionTable(input).build());
    report.notes.push_back(
        in(input.language,
           "科室收入为开单收入 (本月记账收费明细, 按开单科室)。床日成本只对住院科室、诊次成本只对"
           "门诊科室计算; 分母为零或门诊住院合用的科室留空, 不写 0。",
           "Revenue is by the department that ordered (charge lines booked this month). Cost per "
           "bed-day is of inpatient departments, per visit of outpatient ones; it is blank, not 0, "
           "where the count is zero or the department serves both."));
    return report;
}

}  // namespace yuanliu::report
