// Why this file: see compare_patients_command.hpp. The month is read once and costed once for each
// method, which only the department has; nothing is written but the report.
#include "server/cli/compare_patients_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "costing/patient/trace.hpp"
#include "costing/run/run_costing.hpp"
#include "server/cli/finding_report.hpp"
#include "server/cli/report_inputs.hpp"
#include "server/cli/report_options.hpp"
#include "server/intake/month_reader.hpp"
#include "server/intake/rules_reader.hpp"
#include "server/report/patient_comparison.hpp"
#include "server/text/vocabulary.hpp"
#include "server/usecase/rule_groups.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::cli {
namespace {

/// What the comparison of a department stands on.
struct PatientBasis {
    const Month& month;
    const Rules& rules;
    DepartmentId department;
    std::string item_driver;
    Language language = Language::en;
};

std::string item_driver_for(const std::string& named, const Month& month,
                            const CostingSettings& settings) {
    for (const MethodRule& rule : settings.methods) {
        if (named.empty() && rule.method == ItemMethod::item_driver) {
            return rule.item_driver;
        }
    }
    return !named.empty() || month.item_drivers.empty() ? named
                                                        : month.item_drivers.front().item_driver;
}

/// Why the department has no such method; blank when it has.
std::string patient_obstacle(ItemMethod method, const PatientBasis& basis) {
    const auto is_ours = [&](const auto& row) { return row.department == basis.department; };
    if (method == ItemMethod::item_driver && basis.item_driver.empty()) {
        return report::in(basis.language, "item_drivers.csv 没有行",
                          "item_drivers.csv has no rows");
    }
    if (method == ItemMethod::bed_days &&
        std::none_of(basis.month.ward_stays.begin(), basis.month.ward_stays.end(), is_ours)) {
        return report::in(basis.language, "ward_stays.csv 没有该科室的行",
                          "ward_stays.csv has no rows of the department");
    }
    if (method == ItemMethod::treatment_time &&
        std::none_of(basis.month.treatment_times.begin(), basis.month.treatment_times.end(),
                     is_ours)) {
        return report::in(basis.language, "treatment_times.csv 没有该科室的行",
                          "treatment_times.csv has no rows of the department");
    }
    if (method == ItemMethod::activity &&
        std::none_of(basis.month.activities.begin(), basis.month.activities.end(), is_ours)) {
        return report::in(basis.language, "activities.csv 没有该科室的行",
                          "activities.csv has no rows of the department");
    }
    return {};
}

/// The rules with this method for the department, whatever they say of it.
CostingSettings with_method(ItemMethod method, const PatientBasis& basis) {
    CostingSettings changed = basis.rules.costing;
    changed.methods.insert(
        changed.methods.begin(),
        MethodRule{
            .departments = {basis.month.departments[basis.department.index()].code},
            .method = method,
            .item_driver = method == ItemMethod::item_driver ? basis.item_driver : std::string()});
    return changed;
}

/// The cost of its service pool, when the method finds no use of it at all: every case would cost
/// nothing, and a mean over that is none. Zero: it has use.
Money cost_without_use(const std::vector<PoolResult>& pools, DepartmentId department) {
    for (const PoolResult& pool : pools) {
        if (pool.department == department && pool.kind == PoolKind::service &&
            pool.unallocated() == pool.cost) {
            return pool.cost;
        }
    }
    return {};
}

/// The department by one method, or why it can't be costed so.
tl::expected<report::PatientMethod, std::string> cost_by(ItemMethod method,
                                                         const PatientBasis& basis,
                                                         const ParallelFor& loop,
                                                         std::vector<StayAmounts>& stays) {
    const std::string why = patient_obstacle(method, basis);
    if (!why.empty()) {
        return tl::unexpected(why);
    }
    const auto out = costing::run_costing(basis.month, basis.rules.allocation, loop,
                                          with_method(method, basis), basis.rules.collection);
    for (const Finding& finding : out.findings) {
        if (finding.severity == Severity::stop) {
            return tl::unexpected(words_of(finding, basis.language));
        }
    }
    if (const Money nobodys = cost_without_use(out.result.pools, basis.department);
        !nobodys.is_zero()) {
        return tl::unexpected(
            basis.language == Language::zh
                ? fmt::format("使用量合计为零, 其余待分配的 {} 元没有人承担", nobodys.text())
                : fmt::format("its use sums to zero, so nobody bears the rest, {}",
                              nobodys.text()));
    }
    report::PatientMethod made{
        .title = name_in(basis.language, method) +
                 (method == ItemMethod::item_driver ? " " + basis.item_driver : std::string()),
        .shares =
            costing::trace_department(basis.month, out.result.activities, basis.department, loop),
        .not_borne = {}};
    for (const PoolResult& pool : out.result.pools) {
        if (pool.department == basis.department) {
            made.pools[static_cast<std::size_t>(pool.kind)] += pool.cost;
            made.not_borne += pool.unallocated();
        }
    }
    stays = out.result.stays;
    return made;
}

int compare_patients(const ReportArguments& arguments, const std::vector<std::string>& methods,
                     const std::string& item_driver) {
    const ParallelFor loop = usecase::make_thread_loop(0);
    const intake::LoadedRules rules = intake::read_rules(arguments.rules.front());
    const intake::LoadedMonth loaded = intake::read_month(arguments.month, {.parallel_for = loop});
    std::vector<Finding> findings = rules.findings;
    findings.insert(findings.end(), loaded.findings.begin(), loaded.findings.end());
    if (has_stop(findings)) {
        print_findings(findings, arguments.language);
        return kFindings;
    }
    const Month& month = loaded.month;
    const auto found =
        std::find_if(month.departments.begin(), month.departments.end(),
                     [&](const Department& row) { return row.code == arguments.department; });
    if (found == month.departments.end()) {
        return refuse_report(arguments.language, kUsage,
                             no_department(month, arguments.department, "compare-patients"));
    }
    const PatientBasis basis{
        .month = month,
        .rules = rules.rules,
        .department = DepartmentId(static_cast<std::size_t>(found - month.departments.begin())),
        .item_driver = item_driver_for(item_driver, month, rules.rules.costing),
        .language = arguments.language};
    report::PatientComparison comparison{.department = basis.department};
    std::vector<StayAmounts> stays;  // charges of stays are the same by each method
    for (const std::string& name : methods) {
        const auto method = parse_word<ItemMethod>(name).value_or(ItemMethod::equivalent);
        auto made = cost_by(method, basis, loop, stays);
        if (made) {
            comparison.methods.push_back(std::move(*made));
        } else {
            comparison.left_out.push_back(name_in(arguments.language, method) + " (" +
                                          made.error() + ")");
        }
    }
    if (comparison.methods.empty()) {
        for (const std::string& why : comparison.left_out) {
            fmt::print(stderr, "error: {}\n", why);
        }
        return kFindings;
    }
    auto groups =
        usecase::group_codes_by_rules(arguments.rules.front(), rules.rules, month, stays, loop);
    if (has_stop(groups.findings)) {
        print_findings(groups.findings, arguments.language);
        return kFindings;
    }
    comparison.groups = std::move(groups.codes);
    for (const StayAmounts& stay : stays) {
        comparison.charges.push_back(stay.charge());
    }
    return print_report(report::patient_comparison(month, comparison, arguments.language),
                        arguments);
}

}  // namespace

void ComparePatientsCommand::add_to(CLI::App& app, Language language) {
    arguments_.language = language;
    CLI::App* command = app.add_subcommand(
        "compare-patients",
        "What one department's patients cost by several methods (docs/service-items.md)");
    command->add_option("month", arguments_.month, "Month folder")->required();
    command->add_option("--rules", arguments_.rules, "Rules folder")->required()->expected(1);
    command->add_option("--department", arguments_.department, "Code")->required();
    command
        ->add_option("--methods", methods_,
                     "Methods to compare, joined by commas; visits for outpatient departments")
        ->delimiter(',')
        ->check(CLI::IsMember({"equivalent", "income", "item_driver", "activity", "bed_days",
                               "visits", "cost_to_charge", "treatment_time"}));
    command->add_option("--item-driver", item_driver_,
                        "Item driver of method item_driver; else as the rules name it");
    add_report_output(*command, arguments_);
    command_ = command;
}

bool ComparePatientsCommand::parsed() const {
    return command_ != nullptr && command_->parsed();
}

int ComparePatientsCommand::run() const {
    return compare_patients(arguments_, methods_, item_driver_);
}

}  // namespace yuanliu::cli
