// Why this file: the commands over a database: migrate, import, run, export.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "server/cli/command_line.hpp"

namespace yuanliu::store {
class StoreError;
}
namespace CLI {
class App;
}

namespace yuanliu::cli {

struct StoreArguments {
    std::filesystem::path data = ".yuanliu/data";
    std::string database;  ///< blank = embedded
    std::string hospital;  ///< blank = the only one
    std::string period;
    std::filesystem::path month;
    std::filesystem::path rules;
    std::filesystem::path out;
    std::filesystem::path findings;  ///< blank = none
    unsigned threads = 0;
    bool times = false;
    Language language = Language::en;
};

int run_migrate(const StoreArguments& arguments);
int run_import(const StoreArguments& arguments);
int run_run(const StoreArguments& arguments);
int run_export(const StoreArguments& arguments);

/// Says in words what the store refuses, with its own for the log; the exit code.
int refused_by_store(const store::StoreError& error, Language language);

/// Adds the commands, and remembers which was given.
class StoreCommands {
  public:
    void add_to(CLI::App& app, Language language);
    /// -1: none of them was given.
    [[nodiscard]] int run_parsed() const;
    [[nodiscard]] Language language() const { return arguments_.language; }

  private:
    void add_database(CLI::App& command);

    StoreArguments arguments_;
    const CLI::App* migrate_ = nullptr;
    const CLI::App* import_ = nullptr;
    const CLI::App* run_ = nullptr;
    const CLI::App* export_ = nullptr;
};

}  // namespace yuanliu::cli
