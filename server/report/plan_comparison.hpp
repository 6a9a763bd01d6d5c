// Why this file: the same month under two plans of allocation, side by side (docs/reports.md §9).
#pragma once

#include "server/report/cost_view.hpp"

namespace yuanliu::report {

struct ComparedPlan {
    std::string version;
    std::string methods;      ///< of its stages, as the plan names them
    std::vector<Cells> full;  ///< by department of the month
};

/// Full cost of every department under both plans; both sum to the same direct cost.
[[nodiscard]] Report plan_comparison(const Month& month, const std::array<ComparedPlan, 2>& plans,
                                     Scope scope, Language language);

}  // namespace yuanliu::report
