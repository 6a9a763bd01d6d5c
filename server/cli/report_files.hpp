// Why this file: the two tables that people open in Excel and hand on, beside the canonical tables
// for programs: groups and departments, with Chinese headers and units. No part of the result's
// identity.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/usecase/compute_month.hpp"

namespace yuanliu::cli {

/// `report/groups.csv` and `report/departments.csv`: file name, text (UTF-8 with byte order mark).
[[nodiscard]] std::vector<std::pair<std::string, std::string>> report_files(
    const usecase::ComputeOutcome& outcome);

}  // namespace yuanliu::cli
