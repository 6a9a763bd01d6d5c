// Why this file: see unit_costs_command.hpp. Months are opened one after another, and only sums are
// kept of those before the newest.
#include "server/cli/unit_costs_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "server/cli/finding_report.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/report_inputs.hpp"
#include "server/cli/report_options.hpp"
#include "server/cli/summary.hpp"
#include "server/report/unit_costs.hpp"

namespace yuanliu::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostMonths = 12;

/// A result folder and what its certificate says it is of.
struct CostedMonth {
    fs::path result;
    fs::path month;  ///< blank = as run.json says
    std::string hospital;
    Period period;
};

Finding about_result(FindingCode code, const fs::path& result, std::vector<std::string> arguments) {
    return {.code = code,
            .severity = Severity::stop,
            .where = {.file = result.string(), .row = 0, .column = {}},
            .arguments = std::move(arguments)};
}

/// By period, the newest last. Every folder that can't be read is said; then nothing is returned.
std::vector<CostedMonth> candidates_of(const UnitCostsArguments& arguments) {
    const Language language = arguments.output.language;
    std::vector<CostedMonth> found;
    bool is_sound = true;
    for (std::size_t i = 0; i < arguments.results.size(); ++i) {
        const auto book = report::read_result_book(arguments.results[i]);
        const auto period = book ? Period::parse(book->period) : std::nullopt;
        if (!period) {
            fmt::print(stderr, "error: {}\n",
                       book                       ? arguments.results[i].string()
                       : language == Language::zh ? book.error().zh
                                                  : book.error().en);
            is_sound = false;
            continue;
        }
        found.push_back({.result = arguments.results[i],
                         .month = arguments.months.empty() ? fs::path() : arguments.months[i],
                         .hospital = book->hospital,
                         .period = *period});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.period < b.period; });
    return is_sound ? found : std::vector<CostedMonth>();
}

/// Months of one hospital, each once, without a gap, at most twelve.
std::vector<Finding> faults_of(const std::vector<CostedMonth>& results) {
    std::vector<Finding> findings;
    if (results.size() > kMostMonths) {
        findings.push_back(about_result(FindingCode::results_too_many, results.back().result,
                                        {std::to_string(results.size())}));
    }
    const std::string& hospital = results.back().hospital;
    for (const CostedMonth& one : results) {
        if (one.hospital != hospital) {
            findings.push_back(about_result(FindingCode::result_of_other_hospital, one.result,
                                            {one.hospital, hospital}));
        }
    }
    constexpr std::size_t kMostGaps = 24;
    for (std::size_t i = 1; i < results.size(); ++i) {
        if (results[i].period == results[i - 1].period) {
            findings.push_back(
                about_result(FindingCode::result_period_twice, results[i].result,
                             {results[i].period.text(), results[i - 1].result.string()}));
            continue;
        }
        std::size_t gaps = 0;
        for (Period missing = results[i - 1].period.next();
             missing < results[i].period && gaps < kMostGaps; missing = missing.next(), ++gaps) {
            findings.push_back(about_result(FindingCode::result_period_missing, results[i].result,
                                            {missing.text()}));
        }
    }
    return findings;
}

/// Reads the standards and prints; the newest month is still open.
int print_unit_costs(const UnitCostsArguments& arguments, report::UnitCostInput input) {
    const auto& departments = input.month.departments;
    int code = kDone;
    if (!input.department.empty() &&
        std::none_of(departments.begin(), departments.end(), [&](const Department& department) {
            return department.code == input.department;
        })) {
        code = refuse_report(input.language, kUsage,
                             no_department(input.month, input.department, "unit-costs"));
    }
    if (!arguments.standards.empty()) {
        std::vector<Finding> findings;
        input.standards = report::read_standards(arguments.standards, input.month, findings);
        print_findings(findings, input.language);
        code = code == kDone && has_stop(findings) ? kFindings : code;
    }
    if (code != kDone) {
        return code;
    }
    return print_report(report::unit_cost_report(input), arguments.output);
}

int run_unit_costs(const UnitCostsArguments& arguments) {
    const Language language = arguments.output.language;
    if (!arguments.months.empty() && arguments.months.size() != arguments.results.size()) {
        fmt::print(stderr, "error: {}\n",
                   say(language, "name --month once for each result, in their order",
                       "--month 须与结果一一对应, 顺序相同"));
        return kUsage;
    }
    const std::vector<CostedMonth> results = candidates_of(arguments);
    if (results.empty()) {
        return kFindings;
    }
    if (const auto findings = faults_of(results); !findings.empty()) {
        print_findings(findings, language);
        return kFindings;
    }
    std::vector<report::UnitMonth> months;
    std::vector<report::Gap> gaps;
    for (const CostedMonth& one : results) {
        int code = kDone;
        const auto opened = open_result(one.result, one.month, language, code);
        if (!opened) {
            return code;
        }
        const report::CostView view(opened->loaded.month, opened->book);
        gaps.insert(gaps.end(), view.gaps().begin(), view.gaps().end());
        auto month =
            report::read_unit_month(one.result, view, opened->book, arguments.output.scope);
        if (!month) {
            return refuse_report(language, kFindings, month.error());
        }
        months.push_back(std::move(*month));
        if (&one != &results.back()) {
            continue;
        }
        auto pools =
            report::read_unit_pools(one.result, view, opened->book, arguments.output.scope);
        if (!pools) {
            return refuse_report(language, kFindings, pools.error());
        }
        return print_unit_costs(arguments,
                                {.month = opened->loaded.month,
                                 .basis = fmt::format("result {} · allocation {}",
                                                      opened->book.result_hash.substr(0, 16),
                                                      opened->book.rules_version),
                                 .months = std::move(months),
                                 .pools = std::move(*pools),
                                 .standards = {},
                                 .scope = arguments.output.scope,
                                 .department = arguments.output.department,
                                 .language = language,
                                 .gaps = std::move(gaps)});
    }
    return kInternal;
}

}  // namespace

void UnitCostsCommand::add_to(CLI::App& app, Language language) {
    arguments_.output.language = language;
    arguments_.output.scope = report::Scope::hospital_full;
    CLI::App* command = app.add_subcommand(
        "unit-costs", "Actual, rolling and standard unit cost side by side (docs/objects.md)");
    command->add_option("results", arguments_.results, "Result folders, one to twelve months")
        ->required();
    command->add_option("--month", arguments_.months,
                        "Month folders in the order of the results, if they have moved");
    command->add_option("--standard", arguments_.standards,
                        "CSV file department,service_item,valid_from,valid_to,standard_unit_cost");
    command->add_option("--department", arguments_.output.department, "Only this department");
    command
        ->add_option("--scope", arguments_.output.scope,
                     "Of visits and bed-days; the default is hospital_full")
        ->transform(one_of(std::map<std::string, report::Scope>{
            {"medical_business", report::Scope::medical_business},
            {"medical", report::Scope::medical},
            {"medical_full", report::Scope::medical_full},
            {"hospital_full", report::Scope::hospital_full}}));
    command->add_option("--format", arguments_.output.format, "text, csv or html")
        ->transform(one_of(std::map<std::string, ReportFormat>{{"text", ReportFormat::text},
                                                               {"csv", ReportFormat::csv},
                                                               {"html", ReportFormat::html}}));
    command->add_option("--out", arguments_.output.out, "Write to this file");
    command->add_option("--lang,--language", arguments_.output.language, "Language: zh or en")
        ->transform(
            one_of(std::map<std::string, Language>{{"zh", Language::zh}, {"en", Language::en}}));
    command_ = command;
}

bool UnitCostsCommand::parsed() const {
    return command_ != nullptr && command_->parsed();
}

int UnitCostsCommand::run() const {
    return run_unit_costs(arguments_);
}

}  // namespace yuanliu::cli
