// The hospital's ledger of a month, made from what its charge lines add up to, with the tables that
// agree with it: trial balance, payroll, asset cards, estimates.
#pragma once

#include "server/demo/tables.hpp"
#include "server/demo/tally.hpp"

namespace yuanliu::demo {

struct LedgerOutcome {
    std::vector<Fen> reagents;   ///< by department, of the hospital's own money
    std::vector<Fen> consigned;  ///< implants on consignment that a department used; may be empty
};

/// `first`: the first month of the demonstration, which no estimate of an earlier month precedes.
LedgerOutcome write_ledger(const World& world, const MonthSpan& month, const Tally& tally,
                           bool first, const std::filesystem::path& folder, RowCounts& counts);

}  // namespace yuanliu::demo
