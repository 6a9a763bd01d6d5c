// Why this file: `explain --cell case:ENCOUNTER:group`: not where an amount comes from but why a
// case is in its group (docs/grouping.md §6, §10).
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "server/text/language.hpp"
#include "server/usecase/compute_month.hpp"

namespace yuanliu::cli {

/// The encounter of a cell case:ENCOUNTER:group; nothing for any other cell.
[[nodiscard]] std::optional<std::string> encounter_of_group_cell(const std::string& cell);

/// As `CaseGrouping` of server/api/openapi.yaml has it, without the run; nothing when the month has
/// no such stay discharged, or coded so far.
[[nodiscard]] std::optional<boost::json::object> grouping_object(
    const usecase::ComputeOutcome& outcome, const std::string& encounter, Language language);

/// What is printed, as text or as one JSON object; nothing when the month has no such stay
/// discharged, or coded so far.
[[nodiscard]] std::optional<std::string> explain_group_of(const usecase::ComputeOutcome& outcome,
                                                          const std::string& encounter,
                                                          bool as_json, Language language);

}  // namespace yuanliu::cli
