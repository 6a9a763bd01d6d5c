// Why this file: stages 0 to 4 of a run in their order, so that callers can't leave one out:
// collect, share public cost and step down, service items, patients.
#pragma once

#include "costing/base/parallel.hpp"
#include "costing/base/rules.hpp"
#include "costing/base/run_result.hpp"

namespace yuanliu::costing {

struct CostingOutcome {
    CostingResult result;  ///< complete only if no finding stops
    std::vector<Finding> findings;
};

/// Computes cost from ledger to patient, service pools divided as `settings` says. Finding
/// ledger_is_empty when there is no ledger line: stop if there are charge lines (every patient
/// would cost nothing), else warn.
[[nodiscard]] CostingOutcome run_costing(const Month& month, const AllocationPlan& plan,
                                         const ParallelFor& parallel_for,
                                         const CostingSettings& settings = {});

}  // namespace yuanliu::costing
