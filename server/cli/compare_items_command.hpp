// Why this file: `yuanliu compare-items`, what a unit of each service item costs by one method and
// by another, beside its price, before a hospital settles on one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/cli/command_line.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

struct CompareItemsArguments {
    std::filesystem::path month;
    std::filesystem::path rules;
    std::vector<std::string> methods{"equivalent", "income", "item_driver", "activity"};
    std::string department;   ///< blank = all
    std::string item_driver;  ///< blank = as the rules name it, else the first of item_drivers.csv
    unsigned threads = 0;
    Language language = Language::en;
};

class CompareItemsCommand {
  public:
    void add_to(CLI::App& app, Language language);
    [[nodiscard]] bool parsed() const;
    [[nodiscard]] int run() const;

  private:
    const CLI::App* command_ = nullptr;
    CompareItemsArguments arguments_;
};

}  // namespace yuanliu::cli
