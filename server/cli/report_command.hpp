// Why this file: the commands that print published reports: report and compare-plans
// (docs/reports.md).
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/cli/command_line.hpp"
#include "server/cli/profit_command.hpp"
#include "server/report/cost_view.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

enum class ReportFormat { text, csv, html, json };

struct ReportArguments {
    std::filesystem::path result;
    std::string kind;
    report::Scope scope = report::Scope::medical;
    bool is_scope_named = false;
    std::string department;
    std::string beds_driver;            ///< of kind beds; blank = none
    std::filesystem::path before;       ///< blank = none
    std::filesystem::path year_before;  ///< blank = none
    std::filesystem::path month;        ///< blank = as run.json of the result says
    std::vector<std::filesystem::path> rules{};
    ReportFormat format = ReportFormat::text;
    std::filesystem::path out;  ///< blank = standard output
    Language language = Language::en;
    ProfitArguments profit{};
};

int run_report(const ReportArguments& arguments);
int run_compare_plans(const ReportArguments& arguments);
/// Writes the report where it is asked for, or says which sums don't close.
int print_report(const report::Report& made, const ReportArguments& arguments);
/// The options of whatever prints a report: --format, --out, --lang.
void add_report_output(CLI::App& command, ReportArguments& arguments);

/// Adds the commands, and remembers which was given.
class ReportCommands {
  public:
    void add_to(CLI::App& app, Language language);
    /// -1: none of them was given.
    [[nodiscard]] int run_parsed() const;

  private:
    void add_output(CLI::App& command);

    ReportArguments arguments_;
    const CLI::App* report_ = nullptr;
    const CLI::App* compare_ = nullptr;
};

}  // namespace yuanliu::cli
