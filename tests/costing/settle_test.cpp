// Why this file: the worked examples of [RULE SETTLE-001] to [RULE SETTLE-004] and [SETTLE-007], as
// written at the head of their files, and the edges that random folders seldom meet.
#include <gtest/gtest.h>

#include "costing/settle/difference.hpp"
#include "costing/settle/outlook.hpp"
#include "costing/settle/settlement.hpp"

namespace yuanliu::costing::settle {
namespace {

Money yuan(std::int64_t whole, std::int64_t fen = 0) {
    return Money::from_raw(whole * 100 + fen);
}
Rate rate(std::string_view text) {
    return Rate::from_raw(parse_decimal(text, 4, kMaxRowQuantity).value());
}
Points points(std::string_view text) {
    return Points::from_raw(parse_decimal(text, 4, kMaxRowQuantity).value());
}
Date day(std::string_view text) {
    return Date::parse(text).value();
}

Factors factors(std::string_view score, std::string_view hospital, std::string_view total,
                std::string_view value) {
    return {.group = std::string(score),
            .score = points(score),
            .hospital = rate(hospital),
            .auxiliary = rate("1"),
            .points = points(total),
            .point_value = rate(value)};
}

Estimate estimate_of(std::string encounter, Money standard, Money patient) {
    Estimate made;
    made.encounter = std::move(encounter);
    made.recorded_on = day("2026-01-31");
    made.payer = "P";
    made.department = "D1";
    made.discharged_on = day("2026-01-10");
    made.standard = standard;
    made.patient = patient;
    return made;
}

TEST(Settlement, a_difference_is_told_by_cause_in_order_and_sums_to_the_fen) {
    Estimate ours = estimate_of("E1", yuan(12'528), {});
    ours.factors = factors("1000", "1.08", "1080", "11.60");
    Reply theirs;
    theirs.factors = factors("900", "1.05", "945", "11.50");
    theirs.standard = yuan(10'867, 50);
    theirs.fund = yuan(8'767, 50);
    theirs.patient = yuan(2'000);
    theirs.deduction = yuan(100);
    const Difference found = explain_difference(ours, theirs);
    EXPECT_EQ(found.causes.group.text(), "-1252.80");
    EXPECT_EQ(found.causes.hospital.text(), "-313.20");
    EXPECT_EQ(found.causes.auxiliary.text(), "0.00");
    EXPECT_EQ(found.causes.deviation.text(), "0.00");
    EXPECT_EQ(found.causes.point_value.text(), "-94.50");
    EXPECT_EQ(found.causes.deduction.text(), "-100.00");
    EXPECT_EQ(found.causes.rest.text(), "0.00");
    EXPECT_EQ(found.causes.total(), found.theirs - found.ours);
    EXPECT_EQ(found.causes.total().text(), "-1760.50");
}

TEST(Settlement, factors_at_their_bounds_stay_inside_128_bits) {
    Estimate ours = estimate_of("E1", {}, {});
    ours.factors = {.group = "A",
                    .score = Points::from_raw(kMostScore),
                    .hospital = Rate::from_raw(kMostCoefficient),
                    .auxiliary = Rate::from_raw(kMostCoefficient),
                    .points = Points::from_raw(kMostPoints),
                    .point_value = Rate::from_raw(kMostPointValue)};
    Reply theirs;
    theirs.factors = ours.factors;
    // 1,000,000 points x 100,000 yuan = 10^11 yuan, of which nothing was estimated or replied.
    const Difference found = explain_difference(ours, theirs);
    EXPECT_EQ(found.causes.total(), Money());
    theirs.factors.group = "B";
    theirs.factors.score = Points::from_raw(kMostScore / 2);
    theirs.factors.points = Points();
    EXPECT_EQ(explain_difference(ours, theirs).causes.group.text(), "-50000000000.00");
}

std::vector<Bracket> example_brackets() {
    const auto bracket = [](std::string_view from, std::optional<Rate> to, BracketPays pays,
                            std::string_view share) {
        Bracket made;
        made.from = rate(from);
        made.to = to;
        made.pays = pays;
        made.share = rate(share);
        return made;
    };
    return {bracket("0", rate("0.85"), BracketPays::booked, "0"),
            bracket("0.85", rate("1"), BracketPays::standard, "0"),
            bracket("1", rate("1.1"), BracketPays::overrun_share, "0.6"),
            bracket("1.1", std::nullopt, BracketPays::overrun_share, "0")};
}

TEST(Settlement, a_clearing_shares_the_fund_over_points_and_the_cases_sum_to_it) {
    Clearing row;
    row.fund = yuan(1'000);
    row.other_points = points("7");
    row.appraisal = rate("0.9");
    row.booked = yuan(297);
    Payer payer;
    payer.brackets = example_brackets();
    const ClearingOutcome found = clear_year(row, payer,
                                             {{.at = 0, .encounter = "A", .points = points("2")},
                                              {.at = 1, .encounter = "B", .points = points("1")}});
    EXPECT_EQ(found.base.text(), "300.00");
    EXPECT_EQ(found.appraised.text(), "270.00");
    EXPECT_EQ(found.bracket, 3U);
    EXPECT_EQ(found.payable.text(), "286.20");
    EXPECT_EQ(found.shares[0].text(), "190.80");
    EXPECT_EQ(found.shares[1].text(), "95.40");
}

TEST(Settlement, brackets_hold_at_their_very_edges) {
    struct Edge {
        Money booked;
        std::size_t bracket;
        const char* pays;
    };
    // Standard 1,000.00: overrun by 0.6 up to 1,100.00, nothing beyond.
    for (const Edge& edge : {Edge{yuan(850), 1, "850.00"}, Edge{yuan(850, 1), 2, "1000.00"},
                             Edge{yuan(1'000), 2, "1000.00"}, Edge{yuan(1'000, 1), 3, "1000.01"},
                             Edge{yuan(1'100), 3, "1060.00"}, Edge{yuan(5'000), 4, "1060.00"}}) {
        std::size_t bracket = 0;
        const Money pays = bracket_payment(example_brackets(), yuan(1'000), edge.booked, bracket);
        EXPECT_EQ(pays.text(), edge.pays) << edge.booked.text();
        EXPECT_EQ(bracket, edge.bracket) << edge.booked.text();
    }
}

SettlementInput example_case() {
    SettlementInput input;
    Payer payer;
    payer.payer = "P";
    payer.method = PayerMethod::dip;
    input.settings.payers.push_back(payer);
    input.settings.unexplained = yuan(1'000);
    input.estimates.push_back(estimate_of("E1", yuan(10'000), yuan(1'000)));
    Reply reply;
    reply.encounter = "E1";
    reply.settlement_month = Period(2026, 2);
    reply.recorded_on = day("2026-02-20");
    reply.standard = yuan(9'800);
    reply.fund = yuan(8'700);
    reply.patient = yuan(1'000);
    reply.deduction = yuan(100);
    input.replies.push_back(reply);
    Refusal refusal;
    refusal.refusal = "F1";
    refusal.encounter = "E1";
    refusal.settlement_month = Period(2026, 3);
    refusal.recorded_on = day("2026-03-01");
    refusal.amount = yuan(500);
    input.refusals.push_back(refusal);
    AppealEvent filed;
    filed.refusal = "F1";
    filed.recorded_on = day("2026-03-05");
    AppealEvent decided = filed;
    decided.step = AppealStep::decided;
    decided.recorded_on = day("2026-04-01");
    decided.settlement_month = Period(2026, 4);
    decided.returned = yuan(300);
    input.appeals = {decided, filed};
    return input;
}

TEST(Settlement, entries_only_add_and_a_day_knows_nothing_of_later_rows) {
    const SettlementInput input = example_case();
    struct Expected {
        const char* as_of;
        const char* claim;
        const char* settled;
        const char* loss;
        CaseStage stage;
    };
    for (const Expected& expected :
         {Expected{"2026-02-19", "9000.00", "0.00", "0.00", CaseStage::estimated},
          Expected{"2026-02-20", "8800.00", "8800.00", "100.00", CaseStage::replied},
          Expected{"2026-03-04", "8800.00", "8800.00", "600.00", CaseStage::refused},
          Expected{"2026-03-31", "8800.00", "8800.00", "600.00", CaseStage::appealing},
          Expected{"2026-04-01", "8800.00", "8800.00", "300.00", CaseStage::replied}}) {
        const Settlement made = settle(input, day(expected.as_of));
        ASSERT_EQ(made.cases.size(), 1U);
        const CaseState& state = made.cases.front();
        EXPECT_EQ(state.amounts.claim.text(), expected.claim) << expected.as_of;
        EXPECT_EQ(state.amounts.settled.text(), expected.settled) << expected.as_of;
        EXPECT_EQ(state.amounts.loss.text(), expected.loss) << expected.as_of;
        EXPECT_EQ(state.stage, expected.stage) << expected.as_of;
    }
    EXPECT_TRUE(settle(input, day("2026-01-30")).cases.empty());
}

TEST(Settlement, a_refusal_may_take_what_was_paid_and_not_a_fen_more) {
    SettlementInput input = example_case();
    input.appeals.clear();
    input.refusals.front().amount = yuan(8'700);
    EXPECT_TRUE(check_settlement(input).empty());
    input.refusals.front().amount = yuan(8'700, 1);
    const auto findings = check_settlement(input);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().code, FindingCode::settle_refusal_over_paid);
}

TEST(Settlement, months_run_over_the_year_and_the_clearing_counts_as_december) {
    EXPECT_EQ(month_after(Period(2026, 11), 3), Period(2027, 2));
    EXPECT_EQ(month_after(Period(2026, 13), 1), Period(2027, 1));
    EXPECT_EQ(months_between(Period(2025, 11), Period(2026, 2)), 3);
}

TEST(Settlement, a_point_value_is_forecast_from_the_known_months) {
    SettlementInput input = example_case();
    for (const auto& [month, known] : {std::pair(1, "10"), std::pair(2, "14")}) {
        PoolReading reading;
        reading.payer = "P";
        reading.month = Period(2026, month);
        reading.recorded_on = day("2026-03-01");
        reading.year_fund = yuan(1'200);
        reading.pay_share = rate("0.75");
        reading.points = points(known);
        input.pool_readings.push_back(reading);
    }
    const auto found = forecast_point_values(input, settle(input, day("2026-03-01")));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().middle.text(), "11.1111");
    EXPECT_EQ(found.front().high.text(), "12.9032");
    EXPECT_EQ(found.front().low.text(), "9.7561");
    EXPECT_TRUE(forecast_point_values(input, settle(input, day("2026-02-28"))).empty());
}

}  // namespace
}  // namespace yuanliu::costing::settle
