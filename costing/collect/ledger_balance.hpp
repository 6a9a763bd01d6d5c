// Why this file: month-end reconciliation (月末对账): the ledger against the hospital's own trial
// balance (科目余额表), account by account, each difference opened to the vouchers that would
// explain it. [RULE COST-030] difference = ledger − (debit − credit); any fen of it stops the month
// unless the rules name it, its reason and who answers for it (docs/reports.md §9).
// Worked example: the balance has 500.00, the ledger 620.00, and voucher J7/2 of 120.00 stands
// twice -> difference 120.00, explained by J7/2 and its double.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"

namespace yuanliu::costing {

/// How lines of the ledger would explain a difference, the surest first.
enum class Clue {
    doubled,        ///< the line stands twice
    other_account,  ///< booked here, missing on another account or fund source
    wrong_month,    ///< the line was attributed to another month
    single,         ///< the line alone is the difference
    wrong_sign,     ///< the line with its sign turned
    transposed,     ///< two digits of the line changed places
    shifted,        ///< the line's point moved by one digit
    missing_line,   ///< a line number is missing in a voucher of this account
    pair,           ///< two lines together are the difference
    unexplained     ///< none of these; a line of the account, to be looked through
};

struct BalanceClue {
    Clue clue{};
    std::vector<std::size_t> lines;  ///< indexes into Month::ledger
    std::string missing;             ///< voucher/line of missing_line
};

/// One line of the comparison: an account, by fund source or as a whole, as its balance is given.
struct BalanceLine {
    AccountId account;
    std::optional<FundSource> fund{};
    Money ledger;
    Money debit;
    Money credit;
    std::uint32_t source_row = 0;                  ///< of account_balances.csv; 0 = it isn't there
    const AcceptedDifference* accepted = nullptr;  ///< of exactly this difference
    std::vector<BalanceClue> clues{};              ///< of a difference only
    [[nodiscard]] Money difference() const { return ledger - (debit - credit); }
};

/// Empty without a trial balance. Accounts without a row are compared with nothing, when the ledger
/// books on them. In order of account, fund source.
[[nodiscard]] std::vector<BalanceLine> compare_with_balances(
    const Month& month, const std::vector<AcceptedDifference>& accepted);

/// ledger_differs_from_balance {account, fund source, ledger, balance, difference, vouchers}
/// (stop); ledger_difference_accepted {account, fund source, difference, by, reason} and
/// accepted_difference_unused {account, fund source, accepted} (warn).
[[nodiscard]] std::vector<Finding> check_balances(const Month& month,
                                                  const std::vector<AcceptedDifference>& accepted);

}  // namespace yuanliu::costing
