// Why this file: the tables that people open in Excel and hand on, beside the canonical tables for
// programs: groups, departments, visits and bed days, with Chinese headers and units. No part of
// the result's identity.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/usecase/compute_month.hpp"

namespace yuanliu::cli {

/// `report/groups.csv`, `departments.csv`, `visits.csv`, `bed_days.csv`: file name, text (UTF-8
/// with byte order mark).
[[nodiscard]] std::vector<std::pair<std::string, std::string>> report_files(
    const usecase::ComputeOutcome& outcome);

}  // namespace yuanliu::cli
