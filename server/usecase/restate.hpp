// Why this file: department cost of several results under the departments of today (可比口径,
// docs/collection.md §10); only read, never altered.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace yuanliu::usecase {

/// A CSV table: period, department, kind, cost item, fund source, booked, restated. Throws
/// std::runtime_error with what is wrong with a file.
[[nodiscard]] std::string restated_csv(const std::vector<std::filesystem::path>& results,
                                       const std::filesystem::path& successors_file);

}  // namespace yuanliu::usecase
