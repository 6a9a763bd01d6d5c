// Why this file: declares the explanations: a department's cost, the pool of it that patients
// share, and a patient's cost.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/cli/command_line.hpp"
#include "server/usecase/compute_month.hpp"

namespace yuanliu::cli {

/// What an explanation is asked, besides the cell.
struct ExplainRequest {
    std::filesystem::path month;  ///< the month folder that was computed again
    std::string command;          ///< `yuanliu explain RESULT …`, to which --cell is added
    int depth = 1;
    Language language = Language::en;
};

/// `cell`: CODE[:COST_ITEM[:FUND_SOURCE]]. Prints ledger lines and transfers that sum to the cell,
/// following transfers back `depth` times. Returns an exit code. Codes that hold a colon themselves
/// are found: the longest known code that fits is taken.
int explain_department(const usecase::ComputeOutcome& outcome, std::string_view cell,
                       const ExplainRequest& request);

/// `cell`: DEPARTMENT:KIND, kind drug, material or service. Prints what was in the department when
/// patients shared it (docs/method.md §4); the parts sum to `cost` of pools.csv. Returns an exit
/// code.
int explain_pool(const usecase::ComputeOutcome& outcome, std::string_view cell,
                 const ExplainRequest& request);

/// Prints the pools that a patient drew from, the charge lines that say why, and the opening.
/// Returns an exit code.
int explain_patient(const usecase::ComputeOutcome& outcome, std::string_view encounter,
                    const ParallelFor& parallel_for, const ExplainRequest& request);

/// A word as a shell takes it for one.
[[nodiscard]] std::string quoted(const std::string& word);
/// Prints that the month has no such thing; returns the exit code of a wrong usage.
int say_unknown(Language language, const char* en, const char* zh, std::string_view code);

/// "activity CODE (measure)"; nothing for a pool by equivalents, drugs or materials.
[[nodiscard]] std::string activity_words(Language language, const ActivityResult& activity);
/// The activities of a divided pool, each with its cost, use and what nobody used.
void print_activities(const CostingResult& costing, const PoolResult& pool, Language language);

}  // namespace yuanliu::cli
