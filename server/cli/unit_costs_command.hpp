// Why this file: `yuanliu unit-costs`: actual, rolling and standard unit cost of the newest of
// several results, side by side (docs/objects.md §1).
#pragma once

#include <filesystem>
#include <vector>

#include "server/cli/report_command.hpp"

namespace yuanliu::cli {

struct UnitCostsArguments {
    std::vector<std::filesystem::path> results;
    std::vector<std::filesystem::path> months;  ///< in the order of results; empty = as run.json
    std::filesystem::path standards;            ///< blank = none
    ReportArguments output{};                   ///< scope, department, format, out, language
};

class UnitCostsCommand {
  public:
    void add_to(CLI::App& app, Language language);
    [[nodiscard]] bool parsed() const;
    [[nodiscard]] int run() const;

  private:
    UnitCostsArguments arguments_;
    const CLI::App* command_ = nullptr;
};

}  // namespace yuanliu::cli
