// Why this file: the ledger against the trial balance: each kind of clue on lines whose figures can
// be followed with a pencil, and what is accepted.
#include "costing/collect/ledger_balance.hpp"

#include <gtest/gtest.h>

#include "tests/costing/cost_month.hpp"

namespace yuanliu::costing {
namespace {

using cost_month::fen;

struct Booked {
    const char* voucher;
    const char* line;
    std::size_t account;
    std::int64_t amount;
    FundSource fund = FundSource::basic;
    const char* summary = "";
};

/// Accounts 1 pay and 2 rent of the small hospital, with their balances as given.
Month month_of(const std::vector<Booked>& lines, std::int64_t pay, std::int64_t rent) {
    Month month = cost_month::empty_month();
    for (const Booked& line : lines) {
        month.ledger.push_back({.voucher = line.voucher,
                                .line = line.line,
                                .attribution_period = month.period,
                                .account = AccountId(line.account),
                                .department = DepartmentId(cost_month::kU),
                                .fund = line.fund,
                                .amount = fen(line.amount),
                                .summary = line.summary});
    }
    month.account_balances = {
        {.account = AccountId(std::size_t{1}), .debit = fen(pay), .credit = {}, .source_row = 2},
        {.account = AccountId(std::size_t{2}), .debit = fen(rent), .credit = {}, .source_row = 3}};
    return month;
}

/// "doubled J1/2 J1/3" of every clue of the account.
std::vector<std::string> clues(const Month& month, std::size_t account) {
    constexpr std::array kNames{"doubled",    "other_account", "wrong_month", "single",
                                "wrong_sign", "transposed",    "shifted",     "missing_line",
                                "pair",       "unexplained"};
    std::vector<std::string> found;
    for (const BalanceLine& line : compare_with_balances(month, {})) {
        for (const BalanceClue& clue : line.clues) {
            std::string text = kNames[static_cast<std::size_t>(clue.clue)];
            text += clue.missing.empty() ? "" : " " + clue.missing;
            for (const std::size_t i : clue.lines) {
                text += " " + month.ledger[i].voucher + "/" + month.ledger[i].line;
            }
            if (line.account.index() == account) {
                found.push_back(text);
            }
        }
    }
    return found;
}

using Texts = std::vector<std::string>;
const std::vector<Booked> kLines{{"J1", "1", 1, 50000}, {"J1", "2", 1, 12000}, {"J1", "3", 2, 700}};

TEST(LedgerBalance, without_a_trial_balance_nothing_is_compared) {
    Month month = month_of(kLines, 1, 1);
    month.account_balances.clear();
    EXPECT_TRUE(compare_with_balances(month, {}).empty());
    EXPECT_TRUE(check_balances(month, {}).empty());
}

TEST(LedgerBalance, a_ledger_that_agrees_has_no_finding) {
    EXPECT_TRUE(check_balances(month_of(kLines, 62000, 700), {}).empty());
}

TEST(LedgerBalance, each_kind_of_mistake_is_named_by_its_line) {
    auto lines = kLines;
    lines.push_back({"J1", "4", 1, 12000});
    EXPECT_EQ(clues(month_of(lines, 62000, 700), 1), Texts{"doubled J1/2 J1/4"});
    EXPECT_EQ(clues(month_of(kLines, 50000, 700), 1), Texts{"single J1/2"});
    EXPECT_EQ(clues(month_of(kLines, 50000, 12700), 1), Texts{"other_account J1/2"});
    // -120.00 was meant: 500.00 - 120.00
    EXPECT_EQ(clues(month_of(kLines, 38000, 700), 1), Texts{"wrong_sign J1/2"});
    // 120.00 for 210.00; 7.00 for 70.00
    EXPECT_EQ(clues(month_of(kLines, 71000, 700), 1), Texts{"transposed J1/2"});
    EXPECT_EQ(clues(month_of(kLines, 62000, 7000), 2), Texts{"shifted J1/3"});
    EXPECT_EQ(clues(month_of({{"J1", "1", 1, 50000}, {"J1", "2", 1, 12000}, {"J1", "3", 1, 300}},
                             0 + 50000, 0),
                    1),
              Texts{"pair J1/2 J1/3"});
    Month late = month_of(kLines, 50000, 700);
    late.ledger[1].attribution_period = Period(2026, 8);
    EXPECT_EQ(clues(late, 1), Texts{"wrong_month J1/2"});
}

TEST(LedgerBalance, a_missing_number_is_a_clue_and_all_lines_stay_to_be_looked_through) {
    const Month month =
        month_of({{"J1", "01", 1, 50000}, {"J1", "03", 1, 300}, {"J2", "1", 2, 700}}, 62300, 700);
    EXPECT_EQ(clues(month, 1),
              (Texts{"missing_line J1/02", "unexplained J1/01", "unexplained J1/03"}));
}

TEST(LedgerBalance, an_account_without_a_row_is_compared_with_nothing) {
    Month month = month_of(kLines, 62000, 700);
    month.account_balances.pop_back();
    const auto findings = check_balances(month, {});
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].code, FindingCode::ledger_differs_from_balance);
    EXPECT_EQ(findings[0].where.row, 0);
    EXPECT_EQ(findings[0].arguments[4], "7.00");
}

TEST(LedgerBalance, fund_sources_are_compared_apart_where_the_balance_states_them) {
    auto lines = kLines;
    lines.push_back({"J1", "4", 2, 90, FundSource::research});
    Month month = month_of(lines, 62000, 790);
    EXPECT_TRUE(check_balances(month, {}).empty());
    month.account_balances[1].fund = FundSource::basic;
    const auto compared = compare_with_balances(month, {});
    ASSERT_EQ(compared.size(), 3U);
    EXPECT_EQ(compared[1].difference(), fen(-90));
    EXPECT_EQ(compared[2].difference(), fen(90));
}

TEST(LedgerBalance, only_exactly_what_was_accepted_goes_on) {
    const Month month = month_of(kLines, 50000, 700);
    AcceptedDifference accepted{.account = month.accounts[1].code,
                                .fund = {},
                                .month = month.period,
                                .difference = fen(12000),
                                .reason = "r",
                                .accepted_by = "a"};
    auto findings = check_balances(month, {accepted});
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].code, FindingCode::ledger_difference_accepted);
    EXPECT_FALSE(has_stop(findings));
    accepted.difference = fen(11999);
    findings = check_balances(month, {accepted});
    EXPECT_TRUE(has_stop(findings));
    EXPECT_EQ(findings.back().code, FindingCode::accepted_difference_unused);
    accepted.month = Period(2026, 8);
    EXPECT_EQ(check_balances(month, {accepted}).size(), 1U);
}

}  // namespace
}  // namespace yuanliu::costing
