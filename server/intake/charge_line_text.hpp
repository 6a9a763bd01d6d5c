// Why this file: the month keeps no line codes of charge lines (10 million strings); explanations
// read the few they need again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace yuanliu::intake {

/// Codes of the lines at the given rows of charge_lines.csv (header = row 1), in the order asked.
/// Throws std::runtime_error if the file has no such row.
[[nodiscard]] std::vector<std::string> line_codes(const std::filesystem::path& charge_lines,
                                                  const std::vector<std::uint32_t>& rows);

}  // namespace yuanliu::intake
