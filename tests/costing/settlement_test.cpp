// Why this file: what becomes of estimates when the fund is known, by hand: the fund to the fen,
// the month's advance, the year's total, surplus and overrun (docs/payment.md §5).
#include "costing/pay/settlement.hpp"

#include <gtest/gtest.h>

namespace yuanliu::costing::pay {
namespace {

Money yuan(const char* text) {
    return Money::from_raw(*parse_decimal(text, 2, INT64_MAX));
}

Exact decimal(const char* text) {
    return *Exact::parse(text);
}

SettlementCase by_points(const char* key, const char* points) {
    return {.key = key, .by_points = true, .points = decimal(points), .amount = {}};
}

TEST(Settlement, hands_out_the_fund_and_not_a_fen_more) {
    // 100.00 at share 0.7 is 142.857... -> 142.86 of payments; three equal points: 47.62 each, sum
    // 142.86. Of the fund each has 33.33 and a third; the odd fen goes to the smallest key.
    const std::vector<SettlementCase> cases{by_points("c", "1"), by_points("a", "1"),
                                            by_points("b", "1")};
    const auto settled = settle(yuan("100.00"), decimal("0.7"), cases);
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->total, yuan("142.86"));
    EXPECT_EQ(settled->payments, (std::vector<Money>(3, yuan("47.62"))));
    EXPECT_EQ(settled->fund_payments,
              (std::vector<Money>{yuan("33.33"), yuan("33.34"), yuan("33.33")}));
    EXPECT_EQ(settled->point_value.text(), "47.6200");
}

TEST(Settlement, pays_amounts_before_points) {
    std::vector<SettlementCase> cases{by_points("a", "2"), by_points("b", "1")};
    cases.push_back({.key = "c", .by_points = false, .points = {}, .amount = yuan("10.00")});
    const auto settled = settle(yuan("40.00"), Exact(1), cases);
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->payments, (std::vector<Money>{yuan("20.00"), yuan("10.00"), yuan("10.00")}));
    const auto short_of = settle(yuan("9.99"), Exact(1), cases);
    ASSERT_FALSE(short_of);
    EXPECT_EQ(short_of.error().code, ErrorCode::amounts_exceed_total);
}

TEST(Settlement, needs_points_for_what_is_left) {
    const std::vector<SettlementCase> cases{by_points("a", "0")};
    EXPECT_EQ(settle(yuan("1.00"), Exact(1), cases).error().code, ErrorCode::driver_total_is_zero);
    EXPECT_TRUE(settle(Money(), Exact(1), cases));
}

TEST(Settlement, point_value_of_the_founding_documents) {
    EXPECT_EQ(point_value_of(yuan("1000000000"), Exact(1), Exact(10'000'000))->text(), "100.0000");
    EXPECT_EQ(point_value_of(yuan("1"), Exact(1), Exact()), std::nullopt);
}

TEST(Settlement, advance_of_a_month_adds_up_to_what_is_due) {
    SettlementTerms terms;
    terms.prepay_share = decimal("0.9");
    terms.deposit_share = decimal("0.05");
    // Due 1,000,000.00 - 300,000.01 = 699,999.99; x 0.9 = 629,999.991 -> 629,999.99; x 0.95 =
    // 664,999.9905 -> 664,999.99, so the deposit is 35,000.00; the rest is 35,000.00.
    const auto advance = advance_of(yuan("1000000"), yuan("300000.01"), yuan("1234.56"), terms);
    ASSERT_TRUE(advance);
    EXPECT_EQ(advance->due, yuan("699999.99"));
    EXPECT_EQ(advance->prepaid, yuan("628765.43"));
    EXPECT_EQ(advance->deposit, yuan("35000.00"));
    EXPECT_EQ(advance->held, yuan("35000.00"));
    EXPECT_EQ(advance->prepaid + advance->deposit + advance->held + advance->deductions,
              advance->due);
    // 100.10 x 0.95 = 95.095 -> 95.10; x 1 = 100.10, so the deposit is 5.00 and nothing is held.
    terms.prepay_share = decimal("0.95");
    const auto whole = advance_of(yuan("100.10"), Money(), Money(), terms);
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->prepaid, yuan("95.10"));
    EXPECT_EQ(whole->deposit, yuan("5.00"));
    EXPECT_EQ(whole->held, Money());
    terms.appraisal = decimal("0.985");
    // 1,000.01 x 0.985 = 985.00985 -> 985.01; less 5.00.
    EXPECT_EQ(year_total(yuan("1000.01"), yuan("5"), terms), yuan("980.01"));
}

struct SharedRow {
    const char* charge;
    bool whole;
    const char* payment;
    const char* working;
};

TEST(Settlement, surplus_and_overrun_are_shared_part_by_part_or_as_a_whole) {
    SettlementTerms terms;
    terms.surplus = {{.to = decimal("0.1"), .share = Exact(1)},
                     {.to = std::nullopt, .share = decimal("0.5")}};
    terms.overrun = {{.to = decimal("0.1"), .share = decimal("0.6")},
                     {.to = std::nullopt, .share = Exact()}};
    const std::vector<SharedRow> rows{
        {"1000", false, "1000", "no difference"},
        {"950", false, "1000", "50 of surplus, all kept"},
        {"900", false, "1000", "100, at the end of the first part"},
        {"800", false, "950", "100 kept + 100 x 0.5 = 150"},
        {"800", true, "900", "200 at the share of its bracket, 0.5: 100"},
        {"1050", false, "1030", "50 x 0.6 = 30 borne"},
        {"1100", true, "1060", "100, at the end of the first part: 60"},
        {"1300", false, "1060", "100 x 0.6, the rest is the hospital's"},
        {"1300", true, "1000", "300 at the share of its bracket, 0"}};
    for (const SharedRow& row : rows) {
        terms.whole = row.whole;
        const auto shared = share_difference(yuan("1000"), yuan(row.charge), terms);
        ASSERT_TRUE(shared);
        EXPECT_EQ(shared->payment, yuan(row.payment)) << row.charge << ": " << row.working;
    }
    const SettlementTerms none;
    EXPECT_EQ(share_difference(yuan("1000"), yuan("700"), none)->payment, yuan("1000"));
    EXPECT_EQ(share_difference(yuan("1000"), yuan("1700"), none)->payment, yuan("1000"));
}

}  // namespace
}  // namespace yuanliu::costing::pay
