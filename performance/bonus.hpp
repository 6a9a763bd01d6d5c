// Why this file: splits the released part of a carried pool among clinical units by quality-gated
// indicators and inside a unit among its staff (docs/method.md §9). [RULE PERF-002] The surplus is
// the hospital's; nobody's share depends on who made it: no revenue, no payment minus cost.
// Worked example: carried 100,000.00, release_share 0.1: released 10,000.00. Units A (index 80,
// size 10) and B (index 60, size 20): weights 800 and 1200, shares 4,000.00 and 6,000.00. B fails a
// gate with factor 0.5: paid 3,000.00, withheld 3,000.00, which stays in the pool. Closing pool
// 100,000.00 - 7,000.00 = 93,000.00.
// Holds: paid + withheld = released; closing = carried - paid; a better own value of an indicator
// never lowers the own share; the order of rows and of rules does not matter.
#pragma once

#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"
#include "costing/base/run_result.hpp"

namespace yuanliu::performance {

/// Of a case only encounter, status, catalogue row and days are looked at.
struct BonusInput {
    const Month& month;
    const std::vector<CaseRow>& cases;
    const BonusScheme& scheme;
};

struct BonusOutcome {
    /// `carried` is the scheme's pool, 0 if it is not carried; `closing_pools` are all pools, the
    /// scheme's with carried - paid. After a stop nothing is distributed.
    BonusResult result;
    /// Arguments, in order:
    /// unknown_indicator (stop): indicator, neither built in nor in any quality reading.
    /// weight_overflow (stop): the word bonus, pool; the weights are too large to be compared.
    /// bonus_pool_missing (warn): pool, not among the carried pools.
    /// indicator_without_value (warn): department, indicator.
    /// unit_without_staff (warn): department.
    /// bonus_not_released (warn): pool, amount in yuan that all weights being zero kept back.
    std::vector<Finding> findings;
};

/// Only the unknown_indicator findings of a scheme; for a month that can't be computed.
[[nodiscard]] std::vector<Finding> check_indicators(const Month& month, const BonusScheme& scheme);

[[nodiscard]] BonusOutcome distribute_bonus(const BonusInput& input);

}  // namespace yuanliu::performance
