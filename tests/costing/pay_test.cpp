// Why this file: points and payment against figures worked by hand, at and around every boundary of
// the deviation rule. [RULE DIP-002] [RULE DIP-003]
#include "costing/pay/pay.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "costing/pay/points.hpp"
#include "tests/costing/case_month.hpp"

namespace yuanliu::costing::pay {
namespace {

using yuanliu::case_month::add_core;
using yuanliu::case_month::add_department;
using yuanliu::case_month::add_record;
using yuanliu::case_month::add_stay;
using yuanliu::case_month::e4;
using yuanliu::case_month::fen;
using yuanliu::case_month::policy;
using yuanliu::case_month::stay_of;

constexpr Deviation kLow = Deviation::low;
constexpr Deviation kNormal = Deviation::normal;
constexpr Deviation kHigh = Deviation::high;

struct DeviationRow {
    const char* work;
    std::int64_t charge_fen;
    bool inclusive;  ///< both boundaries
    Deviation deviation;
    std::int64_t points_e4;
    std::int64_t payment_fen;
};

/// Score 1000, h 1.08, reference 10,000.00, bounds 0.5 and 2, 11.6 yuan a point.
constexpr DeviationRow kDeviations[] = {
    {"0.499: 1080 x 0.499 = 538.92; x 11.6 = 6251.472", 499'000, true, kLow, 5'389'200, 625'147},
    {"0.499: the same", 499'000, false, kLow, 5'389'200, 625'147},
    {"0.5 deviates: 1080 x 0.5 = 540; x 11.6 = 6264", 500'000, true, kLow, 5'400'000, 626'400},
    {"0.5 is normal: 1080; x 11.6 = 12528", 500'000, false, kNormal, 10'800'000, 1'252'800},
    {"0.501: normal", 501'000, true, kNormal, 10'800'000, 1'252'800},
    {"0.501: normal", 501'000, false, kNormal, 10'800'000, 1'252'800},
    {"1: normal", 1'000'000, true, kNormal, 10'800'000, 1'252'800},
    {"1.999: normal", 1'999'000, true, kNormal, 10'800'000, 1'252'800},
    {"1.999: normal", 1'999'000, false, kNormal, 10'800'000, 1'252'800},
    {"2 deviates: 1080 x (2 - 2 + 1) = 1080", 2'000'000, true, kHigh, 10'800'000, 1'252'800},
    {"2 is normal", 2'000'000, false, kNormal, 10'800'000, 1'252'800},
    {"2.001: 1080 x 1.001 = 1081.08; x 11.6 = 12540.528", 2'001'000, true, kHigh, 10'810'800,
     1'254'053},
    {"2.001: the same", 2'001'000, false, kHigh, 10'810'800, 1'254'053},
    {"5: 1080 x 4 = 4320; x 11.6 = 50112", 5'000'000, true, kHigh, 43'200'000, 5'011'200},
    {"5: the same", 5'000'000, false, kHigh, 43'200'000, 5'011'200},
    {"0: no charge, no points", 0, true, kLow, 0, 0},
    {"-0.01: refunds outweigh the charges: points are never taken away", -10'000, true, kLow, 0, 0},
};

TEST(Points, follow_the_deviation_of_the_charge) {
    for (const DeviationRow& row : kDeviations) {
        SCOPED_TRACE(row.work);
        PaymentPolicy rules = policy();
        rules.deviation.low_inclusive = row.inclusive;
        rules.deviation.high_inclusive = row.inclusive;
        const CaseMeasure measure{.score = Points::from_raw(10'000'000),
                                  .reference_charge = fen(1'000'000),
                                  .charge = fen(row.charge_fen)};
        const Deviation deviation = deviation_of(measure, rules.deviation);
        EXPECT_EQ(deviation, row.deviation);
        const Points points = points_of(measure, rules, deviation);
        EXPECT_EQ(points.raw(), row.points_e4);
        EXPECT_EQ(payment_of(points, rules.payers[0].point_value).raw(), row.payment_fen);
    }
}

TEST(Points, of_a_high_ratio_other_than_two) {
    PaymentPolicy rules = policy();
    rules.deviation.high_ratio = e4(25'000);
    const CaseMeasure measure{.score = Points::from_raw(10'000'000),
                              .reference_charge = fen(1'000'000),
                              .charge = fen(3'000'000)};
    // 1080 x (3 - 2.5 + 1) = 1620.
    EXPECT_EQ(points_of(measure, rules, Deviation::high).raw(), 16'200'000);
    // A high ratio below 1: 1080 x (3 - 0.8 + 1) = 3456.
    rules.deviation.high_ratio = e4(8'000);
    EXPECT_EQ(points_of(measure, rules, Deviation::high).raw(), 34'560'000);
}

TEST(Points, of_a_corrected_case) {
    // Score 1000, h 1.08, auxiliary coefficient 1.1: 1080 x 1.1 = 1188; low at charge 4,000.00 of
    // 10,000.00: 1188 x 0.4 = 475.2; high at 25,000.00: 1188 x (2.5 - 2 + 1) = 1782.
    const PaymentPolicy rules = policy();
    CaseMeasure measure{.score = Points::from_raw(10'000'000),
                        .reference_charge = fen(1'000'000),
                        .charge = fen(1'000'000),
                        .auxiliary = e4(11'000)};
    EXPECT_EQ(points_of(measure, rules, Deviation::normal).raw(), 11'880'000);
    measure.charge = fen(400'000);
    EXPECT_EQ(points_of(measure, rules, Deviation::low).raw(), 4'752'000);
    measure.charge = fen(2'500'000);
    EXPECT_EQ(points_of(measure, rules, Deviation::high).raw(), 17'820'000);
    // One rounding: 0.0003 x 1.08 x 1.5432 = 0.000499996..., not 0.0003 x 1.5432 = 0.0005 first.
    measure = {.score = Points::from_raw(3),
               .reference_charge = fen(1'000'000),
               .charge = fen(1'000'000),
               .auxiliary = e4(15'432)};
    EXPECT_EQ(points_of(measure, rules, Deviation::normal).raw(), 5);
    measure.charge = fen(-1);
    EXPECT_EQ(points_of(measure, rules, Deviation::low).raw(), 0);
}

TEST(Points, round_once_and_half_away_from_zero) {
    PaymentPolicy rules = policy();
    // 0.0001 x 0.5 = 0.00005 -> 0.0001.
    rules.hospital_coefficient = e4(5'000);
    CaseMeasure measure{
        .score = Points::from_raw(1), .reference_charge = fen(1'000'000), .charge = fen(1'000'000)};
    EXPECT_EQ(points_of(measure, rules, Deviation::normal).raw(), 1);
    // 0.0003 x 0.5 x -0.3333 = -0.000049995 -> 0; rounding 0.00015 to 0.0002 first would give
    // -0.0001.
    measure.score = Points::from_raw(3);
    measure.charge = fen(-333'300);
    EXPECT_EQ(points_of(measure, rules, Deviation::low).raw(), 0);
    // 1080 x 10,000.00 / 30,000.01 = 359.99988 -> 359.9999.
    rules.hospital_coefficient = e4(10'800);
    measure = {.score = Points::from_raw(10'000'000),
               .reference_charge = fen(3'000'001),
               .charge = fen(1'000'000)};
    EXPECT_EQ(points_of(measure, rules, Deviation::low).raw(), 3'599'999);
}

TEST(Points, of_the_greatest_sane_figures_are_exact_and_of_nonsense_are_refused) {
    PaymentPolicy rules = policy();
    // Score 1,000,000, h 100, charge 100 billion, reference 0.01: 10^8 x 10^13 points at scale 4 is
    // 10^25, beyond 64 bits: refused.
    rules.hospital_coefficient = e4(1'000'000);
    CaseMeasure measure{.score = Points::from_raw(10'000'000'000),
                        .reference_charge = fen(1),
                        .charge = fen(kMaxRowFen)};
    EXPECT_THROW((void)points_of(measure, rules, Deviation::high), InvariantViolation);
    // The same with a reference of 100 billion: ratio 1, low by decree: 10^8 points.
    measure.reference_charge = fen(kMaxRowFen);
    EXPECT_EQ(points_of(measure, rules, Deviation::low).raw(), 1'000'000'000'000);
    // A product beyond 128 bits is refused, not wrapped: 9*10^18 x 10^15 x 10^13.
    measure.score = Points::from_raw(std::numeric_limits<std::int64_t>::max());
    rules.hospital_coefficient = e4(1'000'000'000'000'000);
    EXPECT_THROW((void)points_of(measure, rules, Deviation::low), InvariantViolation);
}

/// One stay of a group with score `score_e4` and reference 20,000.00.
Month toy_month(std::int64_t score_e4) {
    Month month;
    add_department(month, "DEP1");
    add_core(month, {.group = "G1",
                     .diagnosis = "K35",
                     .procedure = {},
                     .score_e4 = score_e4,
                     .reference_fen = 2'000'000});
    add_record(month, add_stay(month, "E1"), "K35.800");
    return month;
}

PaymentPolicy toy_policy() {
    PaymentPolicy rules = policy();
    rules.hospital_coefficient = e4(10'000);
    rules.payers[0].point_value = e4(15'000);
    rules.deviation.low_ratio = e4(2'000);
    return rules;
}

CaseGroup toy_group() {
    return {.encounter = EncounterId(std::size_t{0}),
            .status = CaseStatus::grouped,
            .row = CatalogueRowId(std::size_t{0}),
            .level = GroupingLevel::core_conservative,
            .deciding_codes = "K35.800"};
}

TEST(Payment, of_the_founding_examples) {
    // Heart failure: 12,000 points x 1.5 = 18,000.00; charges 25,000.00 (ratio 1.25, normal):
    // policy margin -7,000.00; cost 20,000.00: real margin -2,000.00.
    const PayResult heart = pay_cases(toy_month(120'000'000), {toy_group()},
                                      {stay_of(2'500'000, 2'000'000)}, toy_policy(), {});
    ASSERT_EQ(heart.cases.size(), 1U);
    EXPECT_EQ(heart.cases[0].points.raw(), 120'000'000);
    EXPECT_EQ(heart.cases[0].payment.text(), "18000.00");
    EXPECT_EQ(heart.cases[0].policy_margin().text(), "-7000.00");
    EXPECT_EQ(heart.cases[0].real_margin().text(), "-2000.00");
    // Appendicitis: 4,000 points x 1.5 = 6,000.00 against charges of 5,000.00: +1,000.00.
    const PayResult appendix = pay_cases(toy_month(40'000'000), {toy_group()},
                                         {stay_of(500'000, 450'000)}, toy_policy(), {});
    EXPECT_EQ(appendix.cases[0].payment.text(), "6000.00");
    EXPECT_EQ(appendix.cases[0].policy_margin().text(), "1000.00");
    EXPECT_EQ(appendix.cases[0].real_margin().text(), "1500.00");
}

struct BasisRow {
    const char* work;
    CaseStatus status;
    std::string payer;
    PaymentBasis basis;
    std::int64_t points_e4;
    std::int64_t payment_fen;
    bool deviates;
};

TEST(Payment, takes_its_basis_from_payer_and_status) {
    // Charge 12,345.65, reference 20,000.00, score 1000, h 1, 1.5 yuan a point.
    const std::vector<BasisRow> rows = {
        {"1000 x 1.5", CaseStatus::grouped, "employee", PaymentBasis::dip, 10'000'000, 150'000,
         true},
        {"12,345.65 x 0.7 = 8,641.955, half away", CaseStatus::ungrouped, "employee",
         PaymentBasis::ungrouped, 0, 864'196, false},
        {"12,345.65 x 1", CaseStatus::uncoded, "employee", PaymentBasis::uncoded, 0, 1'234'565,
         false},
        {"charges", CaseStatus::grouped, "self", PaymentBasis::charges, 0, 1'234'565, false},
        {"charges", CaseStatus::ungrouped, "self", PaymentBasis::charges, 0, 1'234'565, false},
        {"charges", CaseStatus::uncoded, "self", PaymentBasis::charges, 0, 1'234'565, false},
    };
    for (const BasisRow& row : rows) {
        SCOPED_TRACE(row.work);
        Month month = toy_month(10'000'000);
        month.encounters[0].payer = row.payer;
        CaseGroup group = toy_group();
        group.status = row.status;
        const PayResult result =
            pay_cases(month, {group}, {stay_of(1'234'565, 1)}, toy_policy(), {});
        ASSERT_EQ(result.cases.size(), 1U);
        const CaseRow& paid = result.cases[0];
        EXPECT_EQ(paid.basis, row.basis);
        EXPECT_EQ(paid.points.raw(), row.points_e4);
        EXPECT_EQ(paid.payment.raw(), row.payment_fen);
        EXPECT_EQ(paid.deviation.has_value(), row.deviates);
        EXPECT_EQ(paid.status, row.status);  // the group is still shown
    }
}

TEST(Payment, counts_whole_stay_and_at_least_one_day) {
    Month month = toy_month(10'000'000);
    StayAmounts stay = stay_of(100, 30);
    stay.opening_charge = fen(11);
    stay.opening_cost = fen(7);
    const std::vector<CaseRow> three = list_cases(month, {toy_group()}, {stay});
    EXPECT_EQ(three[0].days, 3);  // 1st to 4th
    EXPECT_EQ(three[0].charge.raw(), 111);
    EXPECT_EQ(three[0].cost.raw(), 37);
    EXPECT_EQ(three[0].deciding_codes, "K35.800");
    month.encounters[0].discharged_on = month.encounters[0].admitted_on;
    EXPECT_EQ(list_cases(month, {toy_group()}, {stay})[0].days, 1);
}

TEST(Payment, stops_at_payers_that_the_policy_does_not_name) {
    Month month = toy_month(10'000'000);
    for (const char* code : {"E2", "E3", "E4"}) {
        add_stay(month, code);
    }
    month.encounters[1].payer = "worldwide";
    month.encounters[2].payer = "abroad";
    month.encounters[3].payer = "worldwide";
    std::vector<CaseGroup> groups(4, toy_group());
    for (std::size_t i = 0; i < groups.size(); ++i) {
        groups[i].encounter = EncounterId(i);
    }
    const PayResult result =
        pay_cases(month, groups, std::vector<StayAmounts>(4, stay_of(100, 100)), toy_policy(), {});
    EXPECT_EQ(result.cases.size(), 1U);
    ASSERT_EQ(result.findings.size(), 2U);
    EXPECT_EQ(result.findings[0].code, FindingCode::unknown_payer);
    EXPECT_EQ(result.findings[0].severity, Severity::stop);
    EXPECT_EQ(result.findings[0].where.file, "encounters.csv");
    EXPECT_EQ(result.findings[0].where.column, "payer");
    EXPECT_EQ(result.findings[0].arguments, (std::vector<std::string>{"abroad", "E3", "1"}));
    EXPECT_EQ(result.findings[1].arguments, (std::vector<std::string>{"worldwide", "E2", "2"}));
}

}  // namespace
}  // namespace yuanliu::costing::pay
