// Why this file: `yuanliu group`, the groups of a file of discharges by a catalogue folder, and why
// one of them is where it is (docs/grouping.md). Nothing of a month is read or written.
#pragma once

#include <filesystem>
#include <string>

#include "server/cli/command_line.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

struct GroupArguments {
    std::filesystem::path cases;
    std::filesystem::path catalogue;
    std::filesystem::path out;       ///< blank = none
    std::filesystem::path findings;  ///< blank = none
    std::string explain;             ///< an encounter; blank = none
    unsigned threads = 0;
    Language language = Language::en;
};

class GroupCommand {
  public:
    void add_to(CLI::App& app, Language language);
    [[nodiscard]] bool parsed() const;
    [[nodiscard]] int run() const;

  private:
    const CLI::App* command_ = nullptr;
    GroupArguments arguments_;
};

}  // namespace yuanliu::cli
