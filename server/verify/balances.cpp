// See balances.hpp; written from docs/reports.md §9.
#include "balances.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "fields.hpp"

namespace yuanliu_verify {

namespace {

using AccountFund = std::pair<std::string, std::string>;  // fund blank: the account as a whole

bool is_accepted(const AccountFund& key, Fen difference, const MonthFolder& month,
                 const RulesFolder& rules) {
    for (const AcceptedDifference& accepted : rules.accepted_differences) {
        if (accepted.month == month.period && accepted.account == key.first &&
            accepted.fund_source == key.second && accepted.difference == difference) {
            return true;
        }
    }
    return false;
}

}  // namespace

void check_balances(const MonthFolder& month, const RulesFolder& rules, Report& report) {
    const Table& balances = month.table("account_balances.csv");
    if (balances.rows().empty()) {
        return;
    }
    // Whether an account is stated by fund source or as a whole, is what its first row says: a
    // blank fund source sorts first.
    std::map<std::string, bool> by_fund;
    std::map<AccountFund, Fen> difference;
    Fields fields;
    for (const std::string_view row : balances.rows()) {
        fields.split(row);
        const std::string account(fields[0]);
        const std::string fund(fields[1]);
        const auto [known, is_new] = by_fund.emplace(account, !fund.empty());
        if (!is_new && !known->second) {
            report.difference("month account_balances.csv",
                              account + " is stated as a whole and by fund source");
        }
        difference[{account, fund}] -= fields.amount(2) - fields.amount(3);
    }
    const Table& ledger = month.table("ledger.csv");
    const std::size_t account = ledger.schema().at("account");
    const std::size_t fund_source = ledger.schema().at("fund_source");
    const std::size_t amount = ledger.schema().at("amount");
    for (const std::string_view row : ledger.rows()) {
        fields.split(row);
        const auto known = by_fund.find(std::string(fields[account]));
        const bool has_funds = known != by_fund.end() && known->second;
        difference[{std::string(fields[account]),
                    has_funds ? std::string(fields[fund_source]) : std::string()}] +=
            fields.amount(amount);
    }
    for (const auto& [key, fen] : difference) {
        if (fen != 0 && !is_accepted(key, fen, month, rules)) {
            report.difference(
                "month account_balances.csv",
                fmt::format("{} {}: the ledger differs by {} fen, and nobody accepted it",
                            key.first, key.second, fen));
        }
    }
    report.note(
        fmt::format("ledger.csv agrees with the trial balance, {} accounts", by_fund.size()));
}

}  // namespace yuanliu_verify
