// Why this file: a bonus small enough to work by hand, then each thing that can be missing.
// [RULE PERF-002]
#include "performance/bonus.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/performance/bonus_month.hpp"

namespace yuanliu::performance {
namespace {

using yuanliu::bonus_month::add_case;
using yuanliu::bonus_month::add_department;
using yuanliu::bonus_month::add_group;
using yuanliu::bonus_month::add_person;
using yuanliu::bonus_month::add_quality;
using yuanliu::bonus_month::distribute;
using yuanliu::bonus_month::e4;
using yuanliu::bonus_month::Hospital;
using yuanliu::bonus_month::names_of;
using yuanliu::bonus_month::q4;

/// G1 has RW 0.8, G2 1.2. D1: one case of each; D2: one of G1, two of G2. Front pages 95 % and 90
/// %. The pool holds 100,000.00, of which 0.0833 is released: 8,330.00.
Hospital make_hospital() {
    Hospital hospital;
    add_department(hospital, "D1");
    add_department(hospital, "D2");
    add_group(hospital, "G1", 8'000'000, 60'000);
    add_group(hospital, "G2", 12'000'000, 80'000);
    add_case(hospital, 0, 0, 7);
    add_case(hospital, 0, 1, 8);
    add_case(hospital, 1, 0, 6);
    add_case(hospital, 1, 1, 4);
    add_case(hospital, 1, 1, 6);
    add_person(hospital, {.code = "S1", .department = 0});
    add_person(hospital,
               {.code = "S2", .department = 0, .coefficient_e4 = 15'000, .attendance_e4 = 8'000});
    add_person(hospital, {.code = "S3", .department = 1, .coefficient_e4 = 20'000});
    add_quality(hospital, {.department = 0,
                           .indicator = "front_page",
                           .numerator_e4 = 950'000,
                           .denominator_e4 = 1'000'000});
    add_quality(hospital, {.department = 1,
                           .indicator = "front_page",
                           .numerator_e4 = 900'000,
                           .denominator_e4 = 1'000'000});
    hospital.month.carried_pools = {
        {.code = "other", .name = "其他", .amount = Money::from_raw(777)},
        {.code = "surplus", .name = "结余留用", .amount = Money::from_raw(10'000'000)}};
    hospital.scheme.pool = "surplus";
    hospital.scheme.release_share = e4(833);
    hospital.scheme.indicators = {
        {.indicator = "cmi", .weight = e4(5'000), .zero_at = e4(5'000), .full_at = e4(15'000)},
        {.indicator = "rw_total", .weight = e4(5'000), .zero_at = e4(0), .full_at = e4(40'000)}};
    hospital.scheme.gates = {{.gate = "front",
                              .indicator = "front_page",
                              .is_minimum = true,
                              .threshold = e4(9'500),
                              .factor = e4(5'000)}};
    return hospital;
}

std::string text_of(const BonusUnitRow& row) {
    return row.index.trimmed() + " " + std::to_string(row.size) + " " + std::to_string(row.weight) +
           " " + row.share.text() + " " + row.withheld.text() + " " + row.paid.text();
}

// D1: cmi 1 -> 50, rw_total 2 -> 50: index 50. Size 1 x 1 + 1.5 x 0.8 = 2.2. Weight 110.
// D2: cmi 1.0667 -> 56.67, rw_total 3.2 -> 80: index 68.335. Size 2. Weight 136.67.
// 833,000 fen x 110 / 246.67 = 371,467.953; the rest 461,532.047: the one fen left goes to D1.
// D1 passes the gate at exactly 0.95. D2 fails it: half of 4,615.32 is 2,307.66.
TEST(Bonus, of_two_units_worked_by_hand) {
    const BonusOutcome outcome = distribute(make_hospital());
    EXPECT_TRUE(outcome.findings.empty());
    ASSERT_EQ(outcome.result.units.size(), 2U);
    EXPECT_EQ(text_of(outcome.result.units[0]),
              "50 220000000 110000000000000 3714.68 0.00 3714.68");
    EXPECT_EQ(text_of(outcome.result.units[1]),
              "68.335 200000000 136670000000000 4615.32 2307.66 2307.66");
    EXPECT_EQ(outcome.result.released.text(), "8330.00");
    EXPECT_EQ(outcome.result.paid.text(), "6022.34");
    EXPECT_EQ(outcome.result.withheld.text(), "2307.66");
    EXPECT_EQ(outcome.result.carried.text(), "100000.00");
    // 100,000.00 - 6,022.34; the other pool is carried on.
    ASSERT_EQ(outcome.result.closing_pools.size(), 2U);
    EXPECT_EQ(outcome.result.closing_pools[0].amount.text(), "7.77");
    EXPECT_EQ(outcome.result.closing_pools[1].amount.text(), "93977.66");
}

// 371,468 fen over 1 and 1.2: 168,849.09 and 202,618.91: the fen left goes to S2.
TEST(Bonus, of_a_unit_is_split_among_its_persons) {
    const BonusResult result = distribute(make_hospital()).result;
    ASSERT_EQ(result.persons.size(), 3U);
    EXPECT_EQ(result.persons[0].weight, 100'000'000);
    EXPECT_EQ(result.persons[0].paid.text(), "1688.49");
    EXPECT_EQ(result.persons[1].weight, 120'000'000);
    EXPECT_EQ(result.persons[1].paid.text(), "2026.19");
    EXPECT_EQ(result.persons[2].paid.text(), "2307.66");
}

TEST(Bonus, shows_every_named_indicator_and_scores_those_that_count) {
    const BonusResult result = distribute(make_hospital()).result;
    ASSERT_EQ(result.indicators.size(), 6U);  // two units: cmi, front_page, rw_total
    EXPECT_EQ(result.indicators[0].indicator, "cmi");
    EXPECT_EQ(result.indicators[0].score, e4(500'000));
    EXPECT_EQ(result.indicators[1].indicator, "front_page");
    EXPECT_EQ(result.indicators[1].value, e4(9'500));
    EXPECT_FALSE(result.indicators[1].score.has_value());  // only a gate uses it
    EXPECT_EQ(result.indicators[3].score, e4(566'700));
    EXPECT_EQ(result.indicators[5].score, e4(800'000));
}

struct GateCase {
    const char* work;
    bool is_minimum;
    std::int64_t threshold_e4;
    std::int64_t factor_e4;
    GateOutcome outcome;
    std::int64_t shown_factor_e4;
    const char* paid;
};

/// D2 has the value 0.9 and the share 4,615.32.
TEST(Bonus, gates_judge_at_their_threshold) {
    const GateCase cases[] = {
        {"0.9 is at least 0.9", true, 9'000, 5'000, GateOutcome::passed, 10'000, "4615.32"},
        {"0.9 is below 0.9001: half", true, 9'001, 5'000, GateOutcome::failed, 5'000, "2307.66"},
        {"blocked", true, 9'001, 0, GateOutcome::failed, 0, "0.00"},
        {"0.9 is at most 0.9", false, 9'000, 0, GateOutcome::passed, 10'000, "4615.32"},
        {"0.9 is above 0.8999: 4,615.32 x 0.3333 = 1,538.286", false, 8'999, 3'333,
         GateOutcome::failed, 3'333, "1538.29"},
    };
    for (const GateCase& item : cases) {
        SCOPED_TRACE(item.work);
        Hospital hospital = make_hospital();
        hospital.scheme.gates[0].is_minimum = item.is_minimum;
        hospital.scheme.gates[0].threshold = e4(item.threshold_e4);
        hospital.scheme.gates[0].factor = e4(item.factor_e4);
        const BonusResult result = distribute(hospital).result;
        EXPECT_EQ(result.gates[1].outcome, item.outcome);
        EXPECT_EQ(result.gates[1].factor, e4(item.shown_factor_e4));
        EXPECT_EQ(result.units[1].paid.text(), item.paid);
        EXPECT_EQ(result.units[1].share.text(), "4615.32");
    }
}

TEST(Bonus, all_gates_are_judged_and_the_smallest_factor_counts) {
    Hospital hospital = make_hospital();
    hospital.scheme.gates.push_back({.gate = "case_mix",
                                     .indicator = "cmi",
                                     .is_minimum = true,
                                     .threshold = e4(20'000),
                                     .factor = e4(2'500)});
    const BonusResult result = distribute(hospital).result;
    ASSERT_EQ(result.gates.size(), 4U);
    EXPECT_EQ(result.gates[0].gate, "case_mix");
    EXPECT_EQ(result.gates[1].gate, "front");
    // D1 passes front, fails case_mix: 3,714.68 x 0.25 = 928.67. D2 fails both: 1,153.83.
    EXPECT_EQ(result.units[0].paid.text(), "928.67");
    EXPECT_EQ(result.units[1].paid.text(), "1153.83");
}

TEST(Bonus, a_gate_without_a_value_does_not_judge) {
    Hospital hospital = make_hospital();
    hospital.month.quality_readings.pop_back();  // D2's
    const BonusOutcome outcome = distribute(hospital);
    EXPECT_EQ(names_of(outcome.findings),
              std::vector<std::string>{"indicator_without_value D2 front_page"});
    EXPECT_EQ(outcome.findings[0].severity, Severity::warn);
    EXPECT_EQ(outcome.result.gates[1].outcome, GateOutcome::not_judged);
    EXPECT_EQ(outcome.result.gates[1].factor, e4(10'000));
    EXPECT_EQ(outcome.result.units[1].paid.text(), "4615.32");
}

TEST(Bonus, a_missing_indicator_leaves_its_weight_to_the_others) {
    Hospital hospital = make_hospital();
    hospital.scheme.indicators = {
        {.indicator = "cmi", .weight = e4(2'000), .zero_at = e4(5'000), .full_at = e4(15'000)},
        {.indicator = "rw_total", .weight = e4(3'000), .zero_at = e4(0), .full_at = e4(40'000)},
        {.indicator = "front_page",
         .weight = e4(5'000),
         .zero_at = e4(8'000),
         .full_at = e4(10'000)}};
    hospital.month.quality_readings[1].denominator = Quantity();  // D2's
    const BonusOutcome outcome = distribute(hospital);
    // D1: (0.2 x 50 + 0.3 x 50 + 0.5 x 75) / 1 = 62.5.
    EXPECT_EQ(outcome.result.units[0].index, e4(625'000));
    // D2: (0.2 x 56.67 + 0.3 x 80) / 0.5 = (11.334 + 24) / 0.5 = 70.668.
    EXPECT_EQ(outcome.result.units[1].index, e4(706'680));
    EXPECT_EQ(names_of(outcome.findings),
              std::vector<std::string>{"indicator_without_value D2 front_page"});
}

TEST(Bonus, a_unit_without_staff_gets_nothing_and_others_share_it) {
    Hospital hospital = make_hospital();
    hospital.month.staff.pop_back();  // S3, all of D2
    const BonusOutcome outcome = distribute(hospital);
    EXPECT_EQ(names_of(outcome.findings), std::vector<std::string>{"unit_without_staff D2"});
    EXPECT_EQ(outcome.result.units[0].paid.text(), "8330.00");
    EXPECT_EQ(outcome.result.units[1].share.text(), "0.00");
    EXPECT_EQ(outcome.result.persons.size(), 2U);
}

TEST(Bonus, staff_of_no_unit_and_absent_staff_get_nothing) {
    Hospital hospital = make_hospital();
    add_department(hospital, "D3");
    add_person(hospital, {.code = "S4", .department = 2});
    add_person(hospital, {.code = "S5", .department = 1, .attendance_e4 = 0});
    const BonusResult result = distribute(hospital).result;
    ASSERT_EQ(result.persons.size(), 4U);  // S4 has no row
    EXPECT_EQ(result.persons[3].weight, 0);
    EXPECT_EQ(result.persons[3].paid.text(), "0.00");
    EXPECT_EQ(result.units[1].paid.text(), "2307.66");
}

TEST(Bonus, of_a_missing_pool_is_nothing_but_all_is_judged) {
    Hospital hospital = make_hospital();
    hospital.month.carried_pools.pop_back();
    const BonusOutcome outcome = distribute(hospital);
    EXPECT_EQ(names_of(outcome.findings), std::vector<std::string>{"bonus_pool_missing surplus"});
    EXPECT_TRUE(outcome.result.carried.is_zero());
    EXPECT_TRUE(outcome.result.released.is_zero());
    EXPECT_EQ(outcome.result.units.size(), 2U);
    EXPECT_EQ(outcome.result.gates.size(), 2U);
    ASSERT_EQ(outcome.result.closing_pools.size(), 1U);
    EXPECT_EQ(outcome.result.closing_pools[0].amount.text(), "7.77");
}

TEST(Bonus, is_not_released_when_no_unit_has_weight) {
    Hospital hospital = make_hospital();
    hospital.scheme.indicators.resize(1);
    hospital.scheme.indicators[0].zero_at = e4(20'000);  // cmi scores 0 in both units
    hospital.scheme.indicators[0].full_at = e4(30'000);
    const BonusOutcome scored = distribute(hospital);
    EXPECT_EQ(names_of(scored.findings),
              std::vector<std::string>{"bonus_not_released surplus 8330.00"});
    EXPECT_TRUE(scored.result.released.is_zero());
    EXPECT_EQ(scored.result.closing_pools[1].amount.text(), "100000.00");
    hospital.cases.clear();  // no units at all
    const BonusOutcome none = distribute(hospital);
    EXPECT_EQ(names_of(none.findings),
              std::vector<std::string>{"bonus_not_released surplus 8330.00"});
    EXPECT_TRUE(none.result.units.empty());
}

TEST(Bonus, names_of_indicators_must_be_known) {
    Hospital hospital = make_hospital();
    hospital.scheme.indicators.push_back(
        {.indicator = "margin", .weight = e4(1), .zero_at = e4(0), .full_at = e4(1)});
    hospital.scheme.gates.push_back({.gate = "drug_share",
                                     .indicator = "drug_revenue",
                                     .is_minimum = true,
                                     .threshold = e4(1),
                                     .factor = e4(0)});
    const BonusOutcome outcome = distribute(hospital);
    EXPECT_EQ(
        names_of(outcome.findings),
        (std::vector<std::string>{"unknown_indicator drug_revenue", "unknown_indicator margin"}));
    EXPECT_TRUE(has_stop(outcome.findings));
    EXPECT_TRUE(outcome.result.units.empty());
    EXPECT_EQ(outcome.result.closing_pools[1].amount.text(), "100000.00");
}

TEST(Bonus, weights_beyond_comparison_are_reported) {
    Hospital hospital = make_hospital();
    hospital.month.staff[0].bonus_coefficient = q4(std::numeric_limits<std::int64_t>::max());
    const BonusOutcome outcome = distribute(hospital);
    EXPECT_EQ(names_of(outcome.findings),
              std::vector<std::string>{"weight_overflow bonus surplus"});
    EXPECT_TRUE(has_stop(outcome.findings));
    EXPECT_TRUE(outcome.result.paid.is_zero());
}

}  // namespace
}  // namespace yuanliu::performance
