// Why this file: what the bonus looks at: work weighed by the insurer's groups, time, pathway and
// quality; never revenue and never payment minus cost (docs/method.md §9). [RULE PERF-001]
// Worked example: three grouped cases with RW 0.8, 1.1 and 1.3: cmi = 3.2 / 3 = 1.0667; with
// zero_at 0.5 and full_at 1.5 the score is (1.0667 - 0.5) x 100 / 1 = 56.67. time_index 0.9 with
// zero_at 1.2 and full_at 0.7 (lower is better): (0.9 - 1.2) x 100 / (0.7 - 1.2) = 60.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"
#include "costing/base/run_result.hpp"

namespace yuanliu::performance {

inline constexpr std::int64_t kOneE4 = 10'000;  ///< 1 at scale 4

/// A clinical department with grouped discharged cases, and what its discharged inpatients add up
/// to.
struct UnitWork {
    DepartmentId department;
    std::int64_t grouped_cases = 0;
    RelativeWeight rw_total;         ///< of grouped cases
    std::int64_t time_total_e4 = 0;  ///< of days / reference days, each at scale 4
    std::int64_t pathway_readings = 0;
    std::int64_t pathway_eligible = 0;
    std::int64_t pathway_kept = 0;  ///< entered, completed and not varied
};

/// Units in department order.
[[nodiscard]] std::vector<UnitWork> gather_units(const Month& month,
                                                 const std::vector<CaseRow>& cases);
[[nodiscard]] bool is_built_in_indicator(std::string_view indicator) noexcept;
/// Numerator, denominator and value of one indicator; `score` stays blank. A built-in name wins
/// over a quality reading of the same name.
[[nodiscard]] IndicatorRow read_indicator(const Month& month, const UnitWork& unit,
                                          const std::string& indicator);
/// 0 at zero_at, 100 at full_at, linear between, whichever of the two is larger.
[[nodiscard]] Rate score_of(Rate value, const IndicatorRule& rule);

}  // namespace yuanliu::performance
