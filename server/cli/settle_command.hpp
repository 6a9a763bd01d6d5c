// Why this file: `yuanliu settle`, the path of every case with the insurer at a day:
// reconciliation, clearing, receivables (docs/settlement.md).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/cli/command_line.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

struct SettleArguments {
    std::filesystem::path folder;
    std::vector<std::filesystem::path> results;
    std::filesystem::path out;       ///< a folder; blank = print
    std::filesystem::path findings;  ///< blank = none
    std::string as_of;
    std::string format = "text";
    Language language = Language::en;
};

class SettleCommand {
  public:
    void add_to(CLI::App& app, Language language);
    [[nodiscard]] bool parsed() const;
    [[nodiscard]] int run() const;

  private:
    const CLI::App* command_ = nullptr;
    SettleArguments arguments_;
};

}  // namespace yuanliu::cli
