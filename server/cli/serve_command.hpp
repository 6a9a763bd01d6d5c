// Why this file: `yuanliu serve` and its options.
#pragma once

#include <filesystem>
#include <string>

namespace CLI {
class App;
}

namespace yuanliu::cli {

class ServeCommand {
  public:
    void add_to(CLI::App& app);
    [[nodiscard]] bool parsed() const;
    /// An exit code.
    [[nodiscard]] int run() const;

  private:
    const CLI::App* command_ = nullptr;
    std::filesystem::path config_file_;
    std::string data_;
    std::string database_;
    std::string listen_;
    std::string web_;
    std::string rules_;
    bool check_only_ = false;
    bool print_only_ = false;
};

}  // namespace yuanliu::cli
