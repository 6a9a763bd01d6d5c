// Why this file: see plan_comparison.hpp.
#include "server/report/plan_comparison.hpp"

#include <fmt/format.h>

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

}  // namespace

Report plan_comparison(const Month& month, const std::array<ComparedPlan, 2>& plans, Scope scope,
                       Language language) {
    Report report{.language = language,
                  .form = {},
                  .title = in(language, "科室全成本分摊方法比较表",
                              "Full cost of departments under two plans of allocation"),
                  .caliber = name_of(scope, language),
                  .hospital = month.hospital_name,
                  .period = period_words(month.period.text(), language),
                  .basis = {}};
    report.sections.push_back(
        ComparisonTable(month, plans, cost_lines(scope, language).back(), language).build(report));
    return report;
}

}  // namespace yuanliu::report
