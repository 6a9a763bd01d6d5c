// Why this file: the front page beside the codes and the codes so far of open stays
// (docs/month-folder.md §3): their values, what belongs to nothing, and that a month without rows
// of them keeps its hash.
#include <gtest/gtest.h>

#include <algorithm>

#include "server/intake/month_reader.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu::intake {
namespace {

using testing::MonthFolderBuilder;

MonthFolderBuilder with_front_pages() {
    MonthFolderBuilder folder;
    folder.set("open_stays.csv", "encounter,sex,age_years\nE3,female,0\n")
        .set("stay_details.csv",
             "encounter,age_days,birth_weight_g,admission_weight_g,discharge_way,icu_days\n"
             "E1,,,,home,1.5\nE3,12,3200,3150,,\n")
        .set("diagnosis_details.csv",
             "encounter,sequence,admission_condition\nE1,1,present\nE1,2,absent\n")
        .set("procedure_details.csv", "encounter,sequence,level,performed_on\nE1,1,3,2026-09-04\n")
        .add_row("diagnoses.csv", "E3,1,P59.900");
    return folder;
}

LoadedMonth load_records(const MonthFolderBuilder& folder) {
    const testing::TempFolder temp;
    folder.write(temp.path());
    const ParallelFor loop = testing::serial_loop();
    return read_month(temp.path() / "month", {.parallel_for = loop});
}

std::vector<std::string> of_code(const LoadedMonth& loaded, FindingCode code) {
    std::vector<std::string> places;
    for (const Finding& finding : loaded.findings) {
        if (finding.code == code) {
            places.push_back(finding.where.file + ":" + std::to_string(finding.where.row) + " " +
                             finding.where.column);
        }
    }
    return places;
}

TEST(IntakeRecords, front_pages_stand_beside_their_codes) {
    const Month month = load_records(with_front_pages()).month;
    ASSERT_EQ(month.discharge_records.size(), 1U);
    const DischargeRecord& left = month.discharge_records.front();
    EXPECT_EQ(left.details.discharge_way, DischargeWay::home);
    EXPECT_EQ(left.details.icu_days, Quantity::from_raw(15'000));
    EXPECT_EQ(left.details.age_days, StayDetails::kUnknown);
    EXPECT_EQ(left.conditions, (std::vector<std::optional<AdmissionCondition>>{
                                   AdmissionCondition::present, AdmissionCondition::absent}));
    ASSERT_EQ(left.procedure_details.size(), 1U);
    EXPECT_EQ(left.procedure_details.front().level, 3);
    EXPECT_EQ(left.procedure_details.front().performed_on.text(), "2026-09-04");
    ASSERT_EQ(month.open_records.size(), 1U);
    const DischargeRecord& open = month.open_records.front();
    EXPECT_EQ(open.main_diagnosis, "P59.900");
    EXPECT_EQ(open.details.age_days, 12);
    EXPECT_EQ(open.details.admission_weight_g, 3150);
    ASSERT_EQ(open.conditions.size(), 1U);
    EXPECT_FALSE(open.conditions.front().has_value());
}

TEST(IntakeRecords, tables_without_rows_are_no_part_of_the_month) {
    MonthFolderBuilder empty;
    empty.set("open_stays.csv", "encounter,sex,age_years\n")
        .set("diagnosis_details.csv", "encounter,sequence,admission_condition\n");
    const std::string plain = load_records(MonthFolderBuilder()).month_hash;
    EXPECT_EQ(load_records(empty).month_hash, plain);
    EXPECT_NE(load_records(with_front_pages()).month_hash, plain);
}

TEST(IntakeRecords, what_belongs_to_nothing_is_said_and_left_out) {
    MonthFolderBuilder folder = with_front_pages();
    folder.add_row("diagnosis_details.csv", "E1,3,present")
        .add_row("procedure_details.csv", "E3,1,1,")
        .add_row("stay_details.csv", "E2,,,,,2")
        .add_row("open_stays.csv", "E1,male,34");
    const LoadedMonth loaded = load_records(folder);
    EXPECT_EQ(of_code(loaded, FindingCode::detail_without_row),
              (std::vector<std::string>{"diagnosis_details.csv:4 sequence",
                                        "procedure_details.csv:3 sequence",
                                        "stay_details.csv:4 encounter"}));
    EXPECT_EQ(of_code(loaded, FindingCode::open_stay_not_in_hospital),
              (std::vector<std::string>{"open_stays.csv:3 encounter"}));
    EXPECT_EQ(loaded.month.open_records.size(), 1U);
}

TEST(IntakeRecords, terms_of_cases_are_read_by_encounter) {
    MonthFolderBuilder folder;
    // E2 is a visit: what is said of it belongs to no stay.
    folder.set(
        "case_terms.csv",
        "encounter,severity,tumour,level_coefficient,special_amount,special_points,patient_paid\n"
        "E3,III,,1.05,,,\nE2,,,,100.00,,\nE1,,M,,2000.50,12.5,300.25\n");
    const LoadedMonth loaded = load_records(folder);
    ASSERT_EQ(loaded.month.case_terms.size(), 2U);
    const CaseTerms* left = terms_of_stay(loaded.month, EncounterId(std::size_t{0}));
    ASSERT_NE(left, nullptr);
    EXPECT_EQ(left->tumour, "M");
    EXPECT_EQ(left->special_amount, Money::from_raw(200'050));
    EXPECT_EQ(left->special_points, Points::from_raw(125'000));
    EXPECT_EQ(left->patient_paid, Money::from_raw(30'025));
    EXPECT_FALSE(left->level_coefficient.has_value());
    EXPECT_EQ(left->source_row, 4U);
    EXPECT_EQ(terms_of_stay(loaded.month, EncounterId(std::size_t{1})), nullptr);
    EXPECT_EQ(terms_of_stay(loaded.month, EncounterId(std::size_t{2}))->level_coefficient,
              Rate::from_raw(10'500));
    EXPECT_EQ(of_code(loaded, FindingCode::detail_without_row),
              (std::vector<std::string>{"case_terms.csv:3 encounter"}));
    EXPECT_NE(loaded.month_hash, load_records(MonthFolderBuilder()).month_hash);
}

TEST(IntakeRecords, bounds_of_ages_weights_and_levels_are_kept) {
    MonthFolderBuilder folder = with_front_pages();
    folder.replace("stay_details.csv", "E3,12,3200", "E3,367,320000")
        .replace("procedure_details.csv", "E1,1,3", "E1,1,5");
    const LoadedMonth loaded = load_records(folder);
    EXPECT_EQ(
        of_code(loaded, FindingCode::number_out_of_range),
        (std::vector<std::string>{"procedure_details.csv:2 level", "stay_details.csv:3 age_days",
                                  "stay_details.csv:3 birth_weight_g"}));
}

}  // namespace
}  // namespace yuanliu::intake
