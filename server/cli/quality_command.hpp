// Why this file: `yuanliu quality`, front pages and settlement lists judged by a rule file: scores
// by case, department or coder, a work list, and the indicator of the departments
// (docs/quality.md).
#pragma once

#include <filesystem>
#include <string>

#include "server/cli/command_line.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

struct QualityArguments {
    std::filesystem::path source;  ///< a CSV file or a month folder
    std::filesystem::path rules;
    std::filesystem::path layout;  ///< the rest: blank = none
    std::filesystem::path codes;
    std::filesystem::path profile;
    std::filesystem::path out;
    std::filesystem::path scores;
    std::filesystem::path readings;
    std::filesystem::path findings;
    std::string by = "department";
    unsigned threads = 0;
    Language language = Language::en;
};

class QualityCommand {
  public:
    void add_to(CLI::App& app, Language language);
    [[nodiscard]] bool parsed() const;
    [[nodiscard]] int run() const;

  private:
    const CLI::App* command_ = nullptr;
    QualityArguments arguments_;
};

}  // namespace yuanliu::cli
