// Why this file: see plan_comparison.hpp.
#include "server/report/plan_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "server/report/reports.hpp"

namespace yuanliu::report {
namespace {

using Pair = std::array<Money, 2>;

Row compared_row(RowStyle style, std::string title, const Pair& costs) {
    const Money difference = costs[1] - costs[0];
    return {.style = style,
            .cells = {text_cell(std::move(title)), amount_cell(costs[0]), amount_cell(costs[1]),
                      amount_cell(difference), percent_cell(difference.raw(), costs[0].raw())}};
}

std::string plan_words(const ComparedPlan& plan, const char* letter) {
    return fmt::format("{}: {} ({})", letter, plan.version, plan.methods);
}

class ComparisonTable {
  public:
    ComparisonTable(const Month& month, const std::array<ComparedPlan, 2>& plans, CostLine line,
                    Language language)
        : month_(month), plans_(plans), line_(std::move(line)), language_(language) {}

    Section build(Report& report) {
        Section section{.caption = {},
                        .columns = {{.title = in(language_, "科室", "department")},
                                    {.title = plan_words(plans_[0], "A")},
                                    {.title = plan_words(plans_[1], "B")},
                                    {.title = in(language_, "差额 B − A", "B − A")},
                                    {.title = in(language_, "占 A %", "% of A")}}};
        Pair total{};
        for (const auto department_class :
             {DepartmentClass::clinical, DepartmentClass::medical_technology,
              DepartmentClass::auxiliary, DepartmentClass::administrative,
              DepartmentClass::public_cost, DepartmentClass::excluded}) {
            add_class(section, department_class, total);
        }
        section.rows.push_back(
            compared_row(RowStyle::total, in(language_, "合计", "total"), total));
        report.must_close(in(language_, "两种方案合计相等", "both plans sum to the same"), total[0],
                          total[1]);
        return section;
    }

  private:
    void add_class(Section& section, DepartmentClass department_class, Pair& total) const {
        Pair sum{};
        bool has_rows = false;
        for (std::size_t d = 0; d < month_.departments.size(); ++d) {
            const Department& department = month_.departments[d];
            const Pair costs{line_.of(plans_[0].full[d]), line_.of(plans_[1].full[d])};
            if (department.department_class != department_class ||
                (costs[0].is_zero() && costs[1].is_zero())) {
                continue;
            }
            has_rows = true;
            section.rows.push_back(
                compared_row(RowStyle::item, department_words(department), costs));
            for (std::size_t i = 0; i < 2; ++i) {
                sum[i] += costs[i];
                total[i] += costs[i];
            }
        }
        if (has_rows) {
            section.rows.push_back(compared_row(
                RowStyle::subtotal,
                class_words(department_class, language_) + in(language_, "小计", ", subtotal"),
                sum));
        }
    }

    const Month& month_;
    const std::array<ComparedPlan, 2>& plans_;
    CostLine line_;
    Language language_;
};

/// The departments whose full cost differs most, the largest first.
Section largest_differences(const Month& month, const std::array<ComparedPlan, 2>& plans,
                            const CostLine& line, Language language) {
    constexpr std::size_t kMostShown = 10;
    std::vector<std::pair<std::int64_t, Row>> rows;
    for (std::size_t d = 0; d < month.departments.size(); ++d) {
        const Pair costs{line.of(plans[0].full[d]), line.of(plans[1].full[d])};
        const std::int64_t difference = (costs[1] - costs[0]).raw();
        if (difference != 0) {
            rows.emplace_back(
                difference < 0 ? difference : -difference,
                compared_row(RowStyle::item, department_words(month.departments[d]), costs));
        }
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    Section section{.caption = in(language, "差额最大的科室", "departments that differ most"),
                    .columns = {{.title = in(language, "科室", "department")},
                                {.title = "A"},
                                {.title = "B"},
                                {.title = in(language, "差额 B − A", "B − A")},
                                {.title = in(language, "占 A %", "% of A")}}};
    for (std::size_t i = 0; i < std::min(kMostShown, rows.size()); ++i) {
        section.rows.push_back(std::move(rows[i].second));
    }
    return section;
}

bool is_turned(const ComparedCases& row) {
    return (row.payment < row.costs[0]) != (row.payment < row.costs[1]);
}

/// Payment against cost under both plans, and where the answer is another.
Section decision_section(const std::vector<ComparedCases>& rows, std::string caption,
                         std::string first, Language language) {
    Section section{.caption = std::move(caption),
                    .columns = {{.title = std::move(first)},
                                {.title = in(language, "病例", "cases")},
                                {.title = in(language, "支付", "payment")},
                                {.title = in(language, "成本 A", "cost A")},
                                {.title = in(language, "成本 B", "cost B")},
                                {.title = in(language, "实际盈亏 A", "margin A")},
                                {.title = in(language, "实际盈亏 B", "margin B")},
                                {.title = in(language, "翻转", "turns")}}};
    const auto add = [&](RowStyle style, const ComparedCases& row) {
        const std::string turn = !is_turned(row) ? ""
                                 : row.payment < row.costs[1]
                                     ? in(language, "盈 → 亏", "profit → loss")
                                     : in(language, "亏 → 盈", "loss → profit");
        section.rows.push_back(
            {.style = style,
             .cells = {text_cell(row.title), count_cell(row.cases), amount_cell(row.payment),
                       amount_cell(row.costs[0]), amount_cell(row.costs[1]),
                       amount_cell(row.payment - row.costs[0]),
                       amount_cell(row.payment - row.costs[1]), text_cell(turn)}});
    };
    ComparedCases total{.title = in(language, "合计", "total"), .payment = {}};
    for (const ComparedCases& row : rows) {
        add(RowStyle::item, row);
        total.cases += row.cases;
        total.payment += row.payment;
        total.costs[0] += row.costs[0];
        total.costs[1] += row.costs[1];
    }
    add(RowStyle::total, total);
    return section;
}

}  // namespace

Report plan_comparison(const Month& month, const Comparison& comparison, Scope scope,
                       Language language) {
    const auto& plans = comparison.plans;
    const CostLine line = cost_lines(scope, language).back();
    Report report{.language = language,
                  .form = {},
                  .title = in(language, "科室全成本分摊方法比较表",
                              "Full cost of departments under two plans of allocation"),
                  .caliber = name_of(scope, language),
                  .hospital = month.hospital_name,
                  .period = period_words(month.period.text(), language),
                  .basis = {}};
    report.sections.push_back(ComparisonTable(month, plans, line, language).build(report));
    report.sections.push_back(largest_differences(month, plans, line, language));
    if (comparison.departments.empty()) {
        report.notes.push_back(in(language, "规则 A 没有支付政策, 不比较盈亏。",
                                  "Rules A have no payment policy, so profit is not compared."));
        return report;
    }
    report.sections.push_back(decision_section(
        comparison.departments, in(language, "出院病例盈亏, 按科室", "profit by department"),
        in(language, "科室", "department"), language));
    std::vector<ComparedCases> turned;
    std::copy_if(comparison.groups.begin(), comparison.groups.end(), std::back_inserter(turned),
                 is_turned);
    report.sections.push_back(decision_section(
        turned, in(language, "盈亏翻转的病组", "groups that turn between profit and loss"),
        in(language, "病组", "group"), language));
    report.notes.push_back(in(
        language,
        "支付含个人负担部分, 与分摊方案无关; 病例成本为整个住院期间、全部资金来源的成本。实际盈亏 "
        "= 支付 − 成本, 零或以上为盈。",
        "Payment includes the patient's part and does not depend on the plan; a case's cost is "
        "that of the whole stay and of all "
        "fund sources. Margin = payment − cost; zero or more is a profit."));
    return report;
}

}  // namespace yuanliu::report
