// Why this file: what asks for the groups of a month outside of a run asks the rules, not the
// month: with grouping.toml the groups, their names and figures are those of the catalogues of the
// rules.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "costing/base/costing_result.hpp"
#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/parallel.hpp"
#include "costing/base/rules.hpp"

namespace yuanliu::usecase {

/// Puts the groups of the catalogues of the rules in the place of the month's own, as a run does
/// (docs/grouping.md §10); without grouping.toml the month stays as it is. Returns what is wrong
/// with the catalogues; with a stop the month is unchanged.
[[nodiscard]] std::vector<Finding> take_groups_of_rules(const std::filesystem::path& rules_dir,
                                                        const Rules& rules, Month& month);

struct GroupCodes {
    /// By encounter: code of the group, `~` and the status without one, blank if not discharged.
    std::vector<std::string> codes;
    std::vector<Finding> findings;  ///< with a stop there are no codes
};
/// The groups that a run would give: of the catalogues of the rules, else by DIP-001. `stays` give
/// the whole-stay charges.
[[nodiscard]] GroupCodes group_codes_by_rules(const std::filesystem::path& rules_dir,
                                              const Rules& rules, const Month& month,
                                              const std::vector<StayAmounts>& stays,
                                              const ParallelFor& parallel_for);

}  // namespace yuanliu::usecase
