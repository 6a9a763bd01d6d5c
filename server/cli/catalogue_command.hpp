// Why this file: `yuanliu catalogue`, a city's DIP catalogue as a catalogue folder, and `yuanliu
// auxiliary`, the correction coefficients of cases (docs/codes.md).
#pragma once

#include <filesystem>
#include <vector>

#include "costing/base/finding.hpp"
#include "server/cli/command_line.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

class CatalogueCommands {
  public:
    void add_to(CLI::App& app, Language language);
    /// -1: none of them was given.
    [[nodiscard]] int run_parsed() const;

  private:
    [[nodiscard]] int convert() const;
    [[nodiscard]] int correct() const;
    [[nodiscard]] int tell(const std::vector<Finding>& findings) const;

    const CLI::App* catalogue_ = nullptr;
    const CLI::App* auxiliary_ = nullptr;
    std::filesystem::path source_;  ///< the city's file, or cases
    std::filesystem::path profile_;
    std::filesystem::path codes_;
    std::filesystem::path codes_profile_;
    std::filesystem::path folder_;  ///< of the auxiliary catalogue
    std::filesystem::path out_;
    std::filesystem::path findings_;
    Language language_ = Language::en;
};

}  // namespace yuanliu::cli
