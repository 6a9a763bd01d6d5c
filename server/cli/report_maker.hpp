// Why this file: which function makes which kind of report, and what refuses it; the command prints
// what comes out, the server shows it (docs/reports.md, docs/profit.md, docs/objects.md).
#pragma once

#include <string>
#include <vector>

#include "server/cli/report_command.hpp"

namespace yuanliu::cli {

inline constexpr const char* kReconciliationKind = "reconciliation";

/// What a report is made from.
struct ReportSource {
    const intake::LoadedMonth& loaded;
    const report::ResultBook* book = nullptr;  ///< of the month; none: only kind reconciliation
    /// The month, while its groups are its own; none when it has those of the run already.
    Month* own_groups = nullptr;
    std::filesystem::path rules{};  ///< folder of the rules of the result; blank = not known
};

/// For the help and its check.
[[nodiscard]] std::vector<std::string> report_kinds();
/// Whether rules that are named are read anyway, and judged by that.
[[nodiscard]] bool reads_rules(const std::string& kind);
/// The kind must be one of them. What doesn't close is in the report's gaps.
[[nodiscard]] MadeReport make_report(const ReportArguments& arguments, const ReportSource& source);

}  // namespace yuanliu::cli
