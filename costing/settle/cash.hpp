// Why this file: an insurer pays a month in one sum, but what is owed is owed for cases; so each
// receipt is split over the cases it pays, exactly, and never moves again (docs/settlement.md §5).
// [RULE SETTLE-004] A receipt of a settlement month is split by what each case was owed in it, on
// the day that it came (or on the first later day on which the month has something); a receipt of
// the clearing (month 13) and a netted prepayment by what the year's cases still lacked. Worked
// example: 95.00 for a month that owes cases 60.00 and 40.00: 57.00 and 38.00.
#pragma once

#include <vector>

#include "costing/settle/case_book.hpp"

namespace yuanliu::costing::settle {

/// A part of a receipt, on a case.
struct CashPart {
    std::size_t at = 0;
    Money amount{};
};

/// Money that came in, or a prepayment that a clearing nets.
struct CashRow {
    const Receipt* receipt = nullptr;    ///< none: a netted prepayment
    const Clearing* clearing = nullptr;  ///< of a netted prepayment
    const Payer* payer = nullptr;
    Period month{};  ///< of settlement
    Date came_on{};
    Date applied_on{};  ///< the day whose debts split it
    Money amount{};
    std::vector<CashPart> parts{};  ///< sum to amount; empty: not applied by as_of
};

/// All receipts by `as_of` but prepayments, which are no payment of a case until a clearing nets
/// them; by day and id.
[[nodiscard]] std::vector<CashRow> apply_cash(const SettlementInput& input, const CaseBook& book,
                                              const EntryBook& entries, Date as_of);

}  // namespace yuanliu::costing::settle
