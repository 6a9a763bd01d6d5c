// Why this file: prints departments and patients of a month, and calls the other parts of the
// summary.
#include "server/cli/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "server/cli/text_table.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::cli {
namespace {

constexpr std::size_t kShownDepartments = 12;

using KindSums = std::array<Money, 4>;  ///< by CostKind

std::vector<KindSums> sum_departments(const Month& month, const CostingResult& costing) {
    std::vector<KindSums> sums(month.departments.size());
    for (const DepartmentCostRow& row : costing.department_costs) {
        sums[row.department.index()][static_cast<std::size_t>(row.kind)] += row.cost;
    }
    return sums;
}

std::vector<std::string> department_cells(const std::string& code, const std::string& name,
                                          const KindSums& sums) {
    return {code, name, yuan(sums[0]), yuan(sums[1]), yuan(sums[2]), yuan(sums[3])};
}

void print_departments(const usecase::ComputeOutcome& outcome, Language language) {
    const Month& month = outcome.loaded.month;
    const auto sums = sum_departments(month, outcome.result.costing);
    std::vector<std::size_t> order(sums.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return sums[left][3] > sums[right][3];
    });
    TextTable table({say(language, "Department", "科室"), "", say(language, "direct", "直接成本"),
                     say(language, "received", "分摊转入"), say(language, "sent", "分摊转出"),
                     say(language, "full cost", "医院全成本")},
                    2);
    KindSums total{};
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Department& department = month.departments[order[i]];
        const KindSums& row = sums[order[i]];
        for (std::size_t kind = 0; kind < total.size(); ++kind) {
            total[kind] += row[kind];
        }
        if (i < kShownDepartments && !row[3].is_zero()) {
            table.add(department_cells(department.code, department.name, row));
        }
    }
    table.add(department_cells(
        say(language, "all", "合计"),
        fmt::format("{} {}", month.departments.size(), say(language, "departments", "个科室")),
        total));
    fmt::print("\n{}\n{}",
               say(language,
                   "Departments: full cost of this month (all fund sources), yuan, highest first",
                   "科室: 本月医院全成本 (全部资金来源), 元, 由高到低"),
               table.text());
}

struct StatusSums {
    std::int64_t encounters = 0;
    Money charge;
    Money cost;
};

void print_patients(const usecase::ComputeOutcome& outcome, Language language) {
    const Month& month = outcome.loaded.month;
    std::array<StatusSums, 4> sums{};
    for (std::size_t e = 0; e < month.encounters.size(); ++e) {
        StatusSums& sum = sums[static_cast<std::size_t>(month.encounters[e].status)];
        ++sum.encounters;
        sum.charge += outcome.result.costing.stays[e].charge();
        sum.cost += outcome.result.costing.stays[e].cost();
    }
    const std::array<std::string, 4> names{
        say(language, "outpatient visits", "门急诊"),
        say(language, "discharged (whole stay)", "出院 (全程)"),
        say(language, "still in hospital (so far)", "在院 (至今)"),
        say(language, "discharged earlier (late lines)", "以前月份出院 (补记)")};
    TextTable table({say(language, "Patients", "患者"), say(language, "number", "人次"),
                     say(language, "charges", "费用"), say(language, "each", "次均费用"),
                     say(language, "cost", "成本"), say(language, "each", "次均成本")},
                    1);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (sums[i].encounters > 0) {
            table.add({names[i], std::to_string(sums[i].encounters), yuan(sums[i].charge),
                       yuan_each(sums[i].charge, sums[i].encounters), yuan(sums[i].cost),
                       yuan_each(sums[i].cost, sums[i].encounters)});
        }
    }
    fmt::print(
        "\n{}\n{}",
        say(language, "Patients (yuan; cost of all fund sources)", "患者 (元; 成本为全部资金来源)"),
        table.text());
}

}  // namespace

std::string say(Language language, const char* en, const char* zh) {
    return language == Language::zh ? zh : en;
}

std::string yuan(Money amount) {
    return grouped(amount.text());
}

std::string yuan_each(Money amount, std::int64_t count) {
    return count == 0 ? "-" : yuan(Money::from_raw(rounded_half_away(amount.raw(), count)));
}

void print_summary(const usecase::ComputeOutcome& outcome, Language language) {
    const Month& month = outcome.loaded.month;
    fmt::print("{} {} · {}\n", month.hospital, month.hospital_name, month.period.text());
    print_departments(outcome, language);
    print_patients(outcome, language);
    print_grouping(outcome, language);
    print_groups(outcome, language);
    print_bonus(outcome, language);
    print_certificate(outcome, language);
}

void print_stage_times(const usecase::ComputeOutcome& outcome) {
    TextTable table({"stage", "seconds", "peak MiB"}, 1);
    for (const usecase::StageTime& stage : outcome.stages) {
        table.add({stage.stage, fmt::format("{:.3f}", stage.seconds),
                   fmt::format("{:.1f}", static_cast<double>(stage.peak_memory_kib) / 1024.0)});
    }
    fmt::print("\n{}", table.text());
}

}  // namespace yuanliu::cli
