// Why this file: see ledger_balance.hpp.
#include "costing/collect/ledger_balance.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "costing/base/check.hpp"
#include "costing/collect/balance_clues.hpp"

namespace yuanliu::costing {
namespace {

using Key = std::pair<AccountId, std::optional<FundSource>>;

std::string fund_word(const std::optional<FundSource>& fund) {
    return fund ? std::string(word_of(*fund)) : std::string();
}

/// The lines to compare: as the balance states them, and what the ledger has besides.
std::map<Key, BalanceLine> lines_of(const Month& month) {
    std::map<Key, BalanceLine> lines;
    std::set<AccountId> by_fund;
    for (const AccountBalance& row : month.account_balances) {
        lines[{row.account, row.fund}] = {.account = row.account,
                                          .fund = row.fund,
                                          .ledger = {},
                                          .debit = row.debit,
                                          .credit = row.credit,
                                          .source_row = row.source_row};
        if (row.fund) {
            by_fund.insert(row.account);
        }
    }
    for (const LedgerLine& line : month.ledger) {
        const Key key{line.account, by_fund.contains(line.account) ? std::optional(line.fund)
                                                                   : std::optional<FundSource>()};
        BalanceLine& compared = lines[key];
        compared.account = key.first;
        compared.fund = key.second;
        compared.ledger += line.amount;
    }
    return lines;
}

/// "J7/2, J7/9" of the surest clues.
std::string vouchers_of(const Month& month, const BalanceLine& line) {
    constexpr std::size_t kMost = 4;
    std::string text;
    std::size_t count = 0;
    for (const BalanceClue& clue : line.clues) {
        if (clue.clue == Clue::unexplained || count == kMost) {
            break;
        }
        ++count;
        std::string one = clue.missing;
        for (const std::size_t i : clue.lines) {
            one +=
                (one.empty() ? "" : " + ") + month.ledger[i].voucher + "/" + month.ledger[i].line;
        }
        text += (text.empty() ? "" : ", ") + one;
    }
    return text;
}

const AcceptedDifference* acceptance_of(const Month& month, const BalanceLine& line,
                                        const std::vector<AcceptedDifference>& accepted) {
    const std::string& account = month.accounts[line.account.index()].code;
    for (const AcceptedDifference& row : accepted) {
        if (row.month == month.period && row.account == account && row.fund == line.fund &&
            row.difference == line.difference()) {
            return &row;
        }
    }
    return nullptr;
}

}  // namespace

std::vector<BalanceLine> compare_with_balances(const Month& month,
                                               const std::vector<AcceptedDifference>& accepted) {
    std::vector<BalanceLine> compared;
    if (month.account_balances.empty()) {
        return compared;
    }
    for (auto& [key, line] : lines_of(month)) {
        compared.push_back(std::move(line));
    }
    for (BalanceLine& line : compared) {
        if (!line.difference().is_zero()) {
            line.accepted = acceptance_of(month, line, accepted);
            line.clues = clues_of(month, compared, line);
        }
    }
    return compared;
}

std::vector<Finding> check_balances(const Month& month,
                                    const std::vector<AcceptedDifference>& accepted) {
    std::vector<Finding> findings;
    std::set<const AcceptedDifference*> used;
    for (const BalanceLine& line : compare_with_balances(month, accepted)) {
        if (line.difference().is_zero()) {
            continue;
        }
        const std::string& account = month.accounts[line.account.index()].code;
        const SourceRef where{
            .file = "account_balances.csv", .row = line.source_row, .column = "account"};
        if (line.accepted != nullptr) {
            used.insert(line.accepted);
            findings.push_back(
                {.code = FindingCode::ledger_difference_accepted,
                 .severity = Severity::warn,
                 .where = where,
                 .arguments = {account, fund_word(line.fund), line.difference().text(),
                               line.accepted->accepted_by, line.accepted->reason}});
        } else {
            findings.push_back({.code = FindingCode::ledger_differs_from_balance,
                                .severity = Severity::stop,
                                .where = where,
                                .arguments = {account, fund_word(line.fund), line.ledger.text(),
                                              (line.debit - line.credit).text(),
                                              line.difference().text(), vouchers_of(month, line)}});
        }
    }
    for (const AcceptedDifference& row : accepted) {
        if (row.month == month.period && !used.contains(&row)) {
            findings.push_back(
                {.code = FindingCode::accepted_difference_unused,
                 .severity = Severity::warn,
                 .where = {.file = "costing.toml", .row = 0, .column = "accepted_difference"},
                 .arguments = {row.account, fund_word(row.fund), row.difference.text()}});
        }
    }
    return findings;
}

}  // namespace yuanliu::costing
