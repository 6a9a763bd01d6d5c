// Why this file: the hospital's own trial balance (科目余额表), which the ledger is compared with
// (docs/reports.md §9): an account stands in it by fund source or as one total, never as both.
#include <algorithm>
#include <tuple>

#include "server/intake/month_draft.hpp"

namespace yuanliu::intake {

void read_account_balances(MonthDraft& draft) {
    enum : std::size_t { account, fund_source, debit, credit };
    const Reference to_account{account, "account", FindingCode::unknown_account};
    auto& balances = draft.month().account_balances;
    balances = read_rows<AccountBalance>(
        draft, tables::account_balances, [&](const Row& row, FindingList& findings) {
            AccountBalance made{
                .account = AccountId(refer(draft, draft.accounts, to_account, row, findings)),
                .debit = row[debit].money(),
                .credit = row[credit].money(),
                .source_row = row.number};
            if (row[fund_source].is_valid && !row[fund_source].is_blank()) {
                made.fund = row[fund_source].word<FundSource>();
            }
            return made;
        });
    std::stable_sort(balances.begin(), balances.end(), [](const auto& a, const auto& b) {
        return std::tie(a.account, a.fund) < std::tie(b.account, b.fund);
    });
    FindingList& findings = draft.book.of(tables::account_balances.file);
    AmountSum sum;
    for (std::size_t i = 0; i < balances.size(); ++i) {
        sum.add(balances[i].debit);
        sum.add(balances[i].credit);
        // A blank fund source comes first.
        if (i > 0 && balances[i].account.is_valid() &&
            balances[i - 1].account == balances[i].account && !balances[i - 1].fund &&
            balances[i].fund) {
            findings.add(FindingCode::balance_by_fund_and_total,
                         {.row = balances[i].source_row, .column = "fund_source"},
                         {draft.month().accounts[balances[i].account.index()].code,
                          std::to_string(balances[i - 1].source_row)});
        }
    }
    sum.checked("debit", findings);
}

}  // namespace yuanliu::intake
