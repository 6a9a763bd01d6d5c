// Why this file: what a visit (诊次) and a bed day (床日) of patients cost, by department and in
// all, with and without drugs and materials; exactly as docs/result-folder.md says of `report/`.
#pragma once

#include <string>

#include "server/usecase/compute_month.hpp"

namespace yuanliu::cli {

/// The sheet of visits (outpatient) or of bed days (inpatient).
[[nodiscard]] std::string care_sheet(const usecase::ComputeOutcome& outcome, EncounterKind kind);

}  // namespace yuanliu::cli
