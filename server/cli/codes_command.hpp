// Why this file: `yuanliu codes`, what code tables hold and what is wrong with them, and the same
// in our own form (docs/codes.md).
#pragma once

#include <filesystem>

#include "server/cli/command_line.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

class CodesCommand {
  public:
    void add_to(CLI::App& app, Language language);
    [[nodiscard]] bool parsed() const;
    [[nodiscard]] int run() const;

  private:
    const CLI::App* command_ = nullptr;
    std::filesystem::path place_;
    std::filesystem::path profile_;
    std::filesystem::path out_;
    std::filesystem::path findings_;
    Language language_ = Language::en;
};

}  // namespace yuanliu::cli
