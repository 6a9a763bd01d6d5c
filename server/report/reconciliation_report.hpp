// Why this file: 月末对账: ledger against cost, what was kept out, and ledger against the
// hospital's own trial balance, opened to vouchers (docs/reports.md §9). The month alone is enough:
// a month that doesn't agree has no result yet.
#pragma once

#include <map>
#include <string>

#include "server/report/cost_view.hpp"

namespace yuanliu::report {

struct ReconciliationInput {
    const Month& month;
    const std::map<std::string, std::string>& feeds;  ///< states other than final
    const std::vector<AcceptedDifference>& accepted;
    const CostView* view = nullptr;  ///< none: the month has no result
    const ResultBook* book = nullptr;
    Language language = Language::en;
};

[[nodiscard]] Report reconciliation_report(const ReconciliationInput& input);

}  // namespace yuanliu::report
