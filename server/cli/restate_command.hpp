// Why this file: `yuanliu restate`, department cost of several months under the departments of
// today (可比口径), after merging and splitting; the booked months are never altered.
#pragma once

#include <filesystem>
#include <vector>

#include "server/cli/command_line.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

class RestateCommand {
  public:
    void add_to(CLI::App& app, Language language);
    [[nodiscard]] bool parsed() const;
    [[nodiscard]] int run() const;

  private:
    const CLI::App* command_ = nullptr;
    std::vector<std::filesystem::path> results_;
    std::filesystem::path successors_;
    Language language_ = Language::en;
};

}  // namespace yuanliu::cli
