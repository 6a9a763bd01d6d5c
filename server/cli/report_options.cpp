// Why this file: see report_options.hpp.
#include "server/cli/report_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "server/cli/profit_command.hpp"
#include "server/usecase/explain_cells.hpp"

namespace yuanliu::cli {
namespace {

using report::Refusal;

/// Options that not every kind takes, with the kinds that do (docs/reports.md).
std::vector<std::pair<std::string, std::vector<std::string>>> kinds_by_option() {
    std::vector<std::string> scoped{"direct-cost", "full-cost", "composition", "transfers",
                                    "department",  "visits",    "bed-days",    "layers",
                                    "attributes",  "beds"};
    const auto profit = profit_kinds();
    scoped.insert(scoped.end(), profit.begin(), profit.end());
    return {{"--by", {"profit"}},
            {"--analysis", profit},
            {"--earlier", {"profit-trend"}},
            {"--department", {"department", "layers", "ratio-cases", "group-sheet"}},
            {"--beds-driver", {"beds"}},
            {"--before", {"department"}},
            {"--year-before", {"department"}},
            {"--scope", scoped}};
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

}  // namespace

std::vector<Refusal> misplaced_options(const CLI::App& report, const std::string& kind) {
    std::vector<Refusal> refusals;
    for (const auto& [option, kinds] : kinds_by_option()) {
        if (report.count(option) == 0 ||
            std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) {
            continue;
        }
        refusals.push_back(
            {.zh = fmt::format("--kind {} 不使用 {}; 请去掉它 (使用它的 --kind: {})", kind, option,
                               listed(kinds)),
             .en = fmt::format("--kind {} does not take {}; leave it out (kinds that take it: {})",
                               kind, option, listed(kinds))});
    }
    return refusals;
}

Refusal no_department(const Month& month, const std::string& code, const std::string& asker) {
    constexpr std::size_t kMostFirst = 5;
    std::vector<usecase::KnownCode> known;
    std::vector<std::string> first;
    for (const Department& row : month.departments) {
        known.push_back({.code = row.code, .name = row.name});
        if (first.size() < kMostFirst) {
            first.push_back(row.code + " " + row.name);
        }
    }
    if (code.empty()) {
        return {.zh = fmt::format("{} 需要科室: 请用 --department 写 departments.csv 中的编码, "
                                  "共 {} 个, 例如 {}",
                                  asker, known.size(), listed(first)),
                .en = fmt::format("{} needs a department: name a code of departments.csv with "
                                  "--department; there are {}, among them {}",
                                  asker, known.size(), listed(first))};
    }
    const auto near = usecase::nearest(code, known);
    return {
        .zh = fmt::format("本月没有科室 \"{}\"; 请用 --department 写 departments.csv 中的编码{}",
                          code, near.empty() ? "" : ", 相近的有: " + listed(near)),
        .en = fmt::format("there is no department \"{}\" in this month; name a code of "
                          "departments.csv with --department{}",
                          code, near.empty() ? "" : ", near it: " + listed(near))};
}

}  // namespace yuanliu::cli
