// Why this file: the same month under two plans of allocation, side by side (docs/reports.md §8).
#pragma once

#include "server/report/cost_view.hpp"

namespace yuanliu::report {

struct ComparedPlan {
    std::string version;
    std::string methods;      ///< of its stages, as the plan names them
    std::vector<Cells> full;  ///< by department of the month
};

/// Paid cases of a department or a group, with what they cost under both plans.
struct ComparedCases {
    std::string title;
    std::int64_t cases = 0;
    Money payment;
    std::array<Money, 2> costs{};
};

struct Comparison {
    std::array<ComparedPlan, 2> plans;
    std::vector<ComparedCases> departments{};  ///< by code; empty: nothing is paid
    std::vector<ComparedCases> groups{};       ///< by code
};

/// Full cost of every department under both plans, which sum to the same direct cost; the
/// departments that differ most; and where profit turns to loss or loss to profit.
[[nodiscard]] Report plan_comparison(const Month& month, const Comparison& comparison, Scope scope,
                                     Language language);

}  // namespace yuanliu::report
