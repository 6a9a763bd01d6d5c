// Why this file: department cost of several results under the departments of today (可比口径,
// docs/collection.md §10); only read, never altered.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "server/report/result_book.hpp"

namespace yuanliu::usecase {

struct RestatedCosts {
    /// Period, department, kind, cost item, fund source, booked, restated; blank when something is
    /// wrong.
    std::string csv{};
    std::vector<Finding> findings{};          ///< of the successors and of results side by side
    std::vector<report::Refusal> refusals{};  ///< results that can't be read, each by name
    [[nodiscard]] bool is_sound() const { return refusals.empty() && !has_stop(findings); }
};

/// Everything that is wrong with any of the files at once.
[[nodiscard]] RestatedCosts restate_costs(const std::vector<std::filesystem::path>& results,
                                          const std::filesystem::path& successors_file);

}  // namespace yuanliu::usecase
