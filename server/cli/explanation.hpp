// Why this file: declares the two explanations of the first version: a department's cost and a
// patient's cost.
#pragma once

#include <string>
#include <vector>

#include "server/cli/command_line.hpp"
#include "server/usecase/compute_month.hpp"

namespace yuanliu::cli {

/// `parts`: department, CODE[, COST_ITEM[, FUND_SOURCE]]. Prints ledger lines and transfers that
/// sum to the cell, following transfers back `depth` times. Returns an exit code.
int explain_department(const usecase::ComputeOutcome& outcome,
                       const std::vector<std::string>& parts, int depth, Language language);

/// Prints the pools that a patient drew from, the charge lines that say why, and the opening.
/// Returns an exit code.
int explain_patient(const usecase::ComputeOutcome& outcome, const std::string& encounter,
                    const std::filesystem::path& month_dir, const ParallelFor& parallel_for,
                    Language language);

}  // namespace yuanliu::cli
