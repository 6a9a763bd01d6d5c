// Why this file: adds the cases up by group, by department and by attending physician
// (docs/method.md §8). [RULE DIP-004] Policy margin = payment - charge; real margin = payment -
// cost; sums only, no split, so that every table has the same hospital total to the fen. Worked
// example: two cases of group G1, payments 6,000.00 and 18,000.00, charges 5,000.00 and 25,000.00:
// the group's row has payment 24,000.00, charge 30,000.00, policy margin -6,000.00.
#pragma once

#include <vector>

#include "costing/base/month.hpp"
#include "costing/base/run_result.hpp"

namespace yuanliu::costing::profit {

/// `stays` by encounter id. Outpatient visits are in the departments only, as basis visit, paid
/// what was charged; every encounter of status visit counts as one case. Rows stand in the order of
/// their keys, basis by its word: groups by basis and group; departments by department and basis;
/// physicians by attending, department and basis.
[[nodiscard]] ProfitResult sum_profit(const Month& month, std::vector<CaseRow> cases,
                                      const std::vector<StayAmounts>& stays);

}  // namespace yuanliu::costing::profit
