// Why this file: the commands that print published reports: report and compare-plans
// (docs/reports.md).
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/cli/command_line.hpp"
#include "server/intake/month_reader.hpp"
#include "server/report/cost_view.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

enum class ReportFormat { text, csv, html };

struct ReportArguments {
    std::filesystem::path result;
    std::string kind;
    report::Scope scope = report::Scope::medical;
    std::string department;
    std::string beds_driver;       ///< of kind beds; blank = none
    std::filesystem::path before;  ///< blank = none
    std::filesystem::path month;   ///< blank = as run.json of the result says
    std::vector<std::filesystem::path> rules{};
    ReportFormat format = ReportFormat::text;
    std::filesystem::path out;  ///< blank = standard output
    Language language = Language::en;
};

/// A result with its month, both as the certificate states them.
struct OpenedResult {
    report::ResultBook book;
    intake::LoadedMonth loaded;
};
/// A blank month folder: as run.json of the result says. Empty: the reason was printed, and `code`
/// is the exit code.
[[nodiscard]] std::optional<OpenedResult> open_result(const std::filesystem::path& result,
                                                      const std::filesystem::path& month_folder,
                                                      Language language, int& code);
/// Prints a report where the arguments say; refuses one with gaps. Returns the exit code.
int print_made_report(const report::Report& made, const ReportArguments& arguments);

int run_report(const ReportArguments& arguments);
int run_compare_plans(const ReportArguments& arguments);

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
