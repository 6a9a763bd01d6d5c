// Why this file: each indicator's numerator, denominator and value, and the score line, against
// figures worked by hand. [RULE PERF-001]
#include "performance/indicators.hpp"

#include <gtest/gtest.h>

#include "tests/performance/bonus_month.hpp"

namespace yuanliu::performance {
namespace {

using yuanliu::bonus_month::add_case;
using yuanliu::bonus_month::add_department;
using yuanliu::bonus_month::add_encounter;
using yuanliu::bonus_month::add_group;
using yuanliu::bonus_month::add_quality;
using yuanliu::bonus_month::add_ungrouped_case;
using yuanliu::bonus_month::e4;
using yuanliu::bonus_month::Hospital;

/// G1 has RW 0.8 and 6 reference days, G2 RW 1.2 and 8. D1: G1 in 7 days, G2 in 8. D2: G1 in 6
/// days, G2 in 4 and in 6. D3 has an ungrouped case only; D4 is no clinical department.
Hospital two_units_and_more() {
    Hospital hospital;
    add_department(hospital, "D1");
    add_department(hospital, "D2");
    add_department(hospital, "D3");
    add_department(hospital, "D4", DepartmentClass::medical_technology);
    add_group(hospital, "G1", 8'000'000, 60'000);
    add_group(hospital, "G2", 12'000'000, 80'000);
    add_case(hospital, 0, 0, 7);
    add_case(hospital, 0, 1, 8);
    add_case(hospital, 1, 0, 6);
    add_case(hospital, 1, 1, 4);
    add_case(hospital, 1, 1, 6);
    add_ungrouped_case(hospital, 2);
    add_case(hospital, 3, 0, 6);
    return hospital;
}

/// numerator / denominator = value, "-" for blank.
std::string text_of(const IndicatorRow& row) {
    const std::string numerator = row.numerator ? row.numerator->trimmed() : "-";
    const std::string denominator = row.denominator ? row.denominator->trimmed() : "-";
    return numerator + " / " + denominator + " = " + (row.value ? row.value->trimmed() : "-");
}

std::string read(const Hospital& hospital, std::size_t unit, const std::string& indicator) {
    const std::vector<UnitWork> units = gather_units(hospital.month, hospital.cases);
    return text_of(read_indicator(hospital.month, units.at(unit), indicator));
}

TEST(Indicators, units_are_clinical_departments_with_a_grouped_case) {
    const Hospital hospital = two_units_and_more();
    const std::vector<UnitWork> units = gather_units(hospital.month, hospital.cases);
    ASSERT_EQ(units.size(), 2U);
    EXPECT_EQ(units[0].department.index(), 0U);
    EXPECT_EQ(units[1].department.index(), 1U);
}

TEST(Indicators, built_in_ones_are_counted) {
    const Hospital hospital = two_units_and_more();
    EXPECT_EQ(read(hospital, 0, "cmi"), "2 / 2 = 1");
    EXPECT_EQ(read(hospital, 0, "rw_total"), "2 / 1 = 2");
    // 0.8 + 1.2 + 1.2 = 3.2; 3.2 / 3 = 1.06666….
    EXPECT_EQ(read(hospital, 1, "cmi"), "3.2 / 3 = 1.0667");
    EXPECT_EQ(read(hospital, 1, "rw_total"), "3.2 / 1 = 3.2");
    // 7 / 6 = 1.1667, 8 / 8 = 1; 2.1667 / 2 = 1.08335 -> 1.0834.
    EXPECT_EQ(read(hospital, 0, "time_index"), "2.1667 / 2 = 1.0834");
    // 6 / 6 = 1, 4 / 8 = 0.5, 6 / 8 = 0.75; 2.25 / 3.
    EXPECT_EQ(read(hospital, 1, "time_index"), "2.25 / 3 = 0.75");
}

TEST(Indicators, an_ungrouped_case_changes_neither_cmi_nor_time) {
    Hospital hospital = two_units_and_more();
    add_ungrouped_case(hospital, 0);
    EXPECT_EQ(read(hospital, 0, "cmi"), "2 / 2 = 1");
    EXPECT_EQ(read(hospital, 0, "time_index"), "2.1667 / 2 = 1.0834");
}

TEST(Indicators, rw_total_rounds_rw_to_scale_4) {
    Hospital hospital = two_units_and_more();
    // RW 0.80005 at scale 7 shows in the numerator; the value rounds half away: 2.00005 -> 2.0001.
    hospital.month.catalogue[0].score = Points::from_raw(8'000'500);
    EXPECT_EQ(read(hospital, 0, "rw_total"), "2.00005 / 1 = 2.0001");
}

PathwayReading reading(std::size_t encounter, const std::string& flags) {
    return {.encounter = EncounterId(encounter),
            .eligible = flags[0] == '1',
            .entered = flags[1] == '1',
            .completed = flags[2] == '1',
            .varied = flags[3] == '1'};
}

TEST(Indicators, pathway_counts_discharged_inpatients_that_kept_it) {
    Hospital hospital = two_units_and_more();
    EXPECT_EQ(read(hospital, 0, "pathway_compliance"), "- / - = -");
    const EncounterId uncoded = add_ungrouped_case(hospital, 0);
    const EncounterId inside = add_encounter(hospital, 0, StayStatus::in_hospital);
    // Kept; varied; of D2, not eligible but kept all the same: counts nowhere; ungrouped and not
    // completed; still in hospital.
    hospital.month.pathway_readings = {reading(0, "1110"), reading(1, "1111"), reading(2, "0110"),
                                       reading(uncoded.index(), "1100"),
                                       reading(inside.index(), "1110")};
    EXPECT_EQ(read(hospital, 0, "pathway_compliance"), "1 / 3 = 0.3333");
    EXPECT_EQ(read(hospital, 1, "pathway_compliance"), "0 / 0 = -");
}

TEST(Indicators, quality_is_as_read_and_a_zero_denominator_is_no_value) {
    Hospital hospital = two_units_and_more();
    add_quality(hospital, {.department = 0,
                           .indicator = "front_page",
                           .numerator_e4 = 955'000,
                           .denominator_e4 = 1'000'000});
    add_quality(
        hospital,
        {.department = 0, .indicator = "falls", .numerator_e4 = 20'000, .denominator_e4 = 0});
    EXPECT_EQ(read(hospital, 0, "front_page"), "95.5 / 100 = 0.955");
    EXPECT_EQ(read(hospital, 0, "falls"), "2 / 0 = -");
    EXPECT_EQ(read(hospital, 1, "front_page"), "- / - = -");
}

struct ScoreRow {
    const char* work;
    std::int64_t value_e4;
    std::int64_t zero_e4;
    std::int64_t full_e4;
    std::int64_t score_e4;
};

TEST(Scores, lie_on_a_line_between_zero_and_full) {
    const ScoreRow rows[] = {
        {"(1.0667 - 0.5) x 100 / 1 = 56.67", 10'667, 5'000, 15'000, 566'700},
        {"at zero", 5'000, 5'000, 15'000, 0},
        {"below zero", 4'999, 5'000, 15'000, 0},
        {"at full", 15'000, 5'000, 15'000, 1'000'000},
        {"above full", 15'001, 5'000, 15'000, 1'000'000},
        {"lower is better: (1.0834 - 1.2) x 100 / -0.5 = 23.32", 10'834, 12'000, 7'000, 233'200},
        {"lower is better: at zero", 12'000, 12'000, 7'000, 0},
        {"lower is better: worse than zero", 13'000, 12'000, 7'000, 0},
        {"lower is better: at full", 7'000, 12'000, 7'000, 1'000'000},
        {"lower is better: beyond full", 1, 12'000, 7'000, 1'000'000},
        {"0.0001 x 100 / 0.0003 = 33.33333", 1, 0, 3, 333'333},
        {"0.0002 x 100 / 0.0003 = 66.66667", 2, 0, 3, 666'667},
        {"a value of 90 billion is clamped, not multiplied out", 900'000'000'000'000, 0, 1,
         1'000'000},
    };
    for (const ScoreRow& row : rows) {
        const IndicatorRule rule{.indicator = "x",
                                 .weight = e4(1),
                                 .zero_at = e4(row.zero_e4),
                                 .full_at = e4(row.full_e4)};
        EXPECT_EQ(score_of(e4(row.value_e4), rule).raw(), row.score_e4) << row.work;
    }
}

TEST(Scores, of_a_line_without_length_are_refused) {
    const IndicatorRule rule{.indicator = "x", .weight = e4(1), .zero_at = e4(5), .full_at = e4(5)};
    EXPECT_THROW((void)score_of(e4(5), rule), InvariantViolation);
}

}  // namespace
}  // namespace yuanliu::performance
