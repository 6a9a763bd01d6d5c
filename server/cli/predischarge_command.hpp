// Why this file: `yuanliu predischarge`: of one stay, the groups that its record already supports,
// what each would pay and cost, and what the record still lacks (docs/grouping.md §11).
#pragma once

#include <filesystem>
#include <string>

#include "server/cli/command_line.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

class PredischargeCommand {
  public:
    void add_to(CLI::App& app, Language language);
    [[nodiscard]] bool parsed() const;
    [[nodiscard]] int run() const;

  private:
    const CLI::App* command_ = nullptr;
    std::filesystem::path month_;
    std::filesystem::path rules_;
    std::string encounter_;
    std::filesystem::path quality_;
    bool json_ = false;
    Language language_ = Language::en;
};

}  // namespace yuanliu::cli
