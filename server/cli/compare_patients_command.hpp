// Why this file: `yuanliu compare-patients`, what one department's patients cost top-down,
// bottom-up and by cost-to-charge, before the department settles on a method.
#pragma once

#include <string>
#include <vector>

#include "server/cli/report_command.hpp"

namespace yuanliu::cli {

class ComparePatientsCommand {
  public:
    void add_to(CLI::App& app, Language language);
    [[nodiscard]] bool parsed() const;
    [[nodiscard]] int run() const;

  private:
    const CLI::App* command_ = nullptr;
    ReportArguments arguments_;
    std::vector<std::string> methods_{"bed_days", "treatment_time", "item_driver", "equivalent",
                                      "cost_to_charge"};
    std::string item_driver_;  ///< blank = as the rules name it, else the first of item_drivers.csv
};

}  // namespace yuanliu::cli
