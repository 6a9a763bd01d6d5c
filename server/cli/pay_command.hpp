// Why this file: `yuanliu pay`, cases paid by a policy file, and `yuanliu payment-table`, a
// published table read by a profile (docs/payment.md). Nothing of a month is read or written.
#pragma once

#include <filesystem>
#include <string>

#include "server/cli/command_line.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

struct PayArguments {
    std::filesystem::path cases;
    std::filesystem::path policy;
    std::filesystem::path table;    ///< blank = none
    std::filesystem::path profile;  ///< of the table
    std::filesystem::path out;      ///< blank = none
    std::filesystem::path findings;
    std::string value;  ///< point value or rate, in place of the policy's; blank = none
    std::string fund;   ///< blank = no settlement
    bool check = false;
    Language language = Language::en;
};

class PayCommands {
  public:
    void add_to(CLI::App& app, Language language);
    /// The exit code of the command that was given, or -1.
    [[nodiscard]] int run_parsed() const;

  private:
    const CLI::App* pay_ = nullptr;
    const CLI::App* table_ = nullptr;
    PayArguments arguments_;
};

}  // namespace yuanliu::cli
