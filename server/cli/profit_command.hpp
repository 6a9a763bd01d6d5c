// Why this file: the kinds of `yuanliu report` that are about profit (docs/profit.md): which
// folders they read, and what refuses them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "server/intake/month_reader.hpp"
#include "server/report/profit_reports.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

/// What the kinds on profit take beside the arguments that all reports have.
struct ProfitArguments {
    report::ProfitBy by = report::ProfitBy::group;
    std::filesystem::path analysis;              ///< analysis.toml; blank = beside the rules
    std::vector<std::filesystem::path> earlier;  ///< results of earlier months, for the trend
    void add_to(CLI::App& command);
};

[[nodiscard]] bool is_profit_kind(const std::string& kind);
/// For the help and its check.
[[nodiscard]] std::vector<std::string> profit_kinds();

struct ProfitRequest {
    const std::string& kind;
    const std::string& department;  ///< code; blank = none
    const std::filesystem::path& result;
    const std::filesystem::path& rules;  ///< of the result; blank = not known
    const Month& month;
    /// The month, while its groups are its own: they become those of the rules; none when a run has
    /// put them there.
    Month* own_groups;
    report::Scope scope;
    bool is_scope_named;  ///< by --scope
    Language language;
};

/// A report, or why there is none: findings of files that it stands on, or a refusal.
struct MadeReport {
    std::optional<report::Report> made{};
    std::vector<Finding> findings{};
    std::optional<report::Refusal> refusal{};
    bool is_usage = false;  ///< the refusal is about how the command was called
};
[[nodiscard]] MadeReport make_profit_report(const ProfitRequest& request,
                                            const ProfitArguments& arguments);

}  // namespace yuanliu::cli
