// Why this file: the values of the minimal month as the engine gets them: ids, statuses, records,
// columns, openings.
#include <gtest/gtest.h>

#include <algorithm>

#include "server/intake/month_reader.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu::intake {
namespace {

using testing::MonthFolderBuilder;
using testing::TempFolder;

TEST(IntakeMonth, ids_are_ranks_of_codes_whatever_the_order_of_rows) {
    MonthFolderBuilder folder;
    std::vector<std::string> rows = folder.rows("departments.csv");
    std::reverse(rows.begin(), rows.end());
    folder.set_rows("departments.csv", rows);
    const Month month = testing::load_month(folder).month;
    ASSERT_EQ(month.departments.size(), 4U);
    EXPECT_EQ(month.departments[0].code, "ADM");
    EXPECT_EQ(month.departments[3].code, "SUR");
    EXPECT_EQ(month.departments[1].department_class, DepartmentClass::medical_technology);
    EXPECT_EQ(month.ledger.front().department, DepartmentId(std::size_t{0}));
}

TEST(IntakeMonth, accounts_carry_the_map_in_force) {
    const Month month = testing::load_month(MonthFolderBuilder()).month;
    ASSERT_EQ(month.accounts.size(), 3U);
    EXPECT_EQ(month.accounts[0].treatment, MapTreatment::excluded);
    EXPECT_EQ(month.accounts[0].reason, "资本性支出");
    EXPECT_EQ(month.accounts[1].cost_item, CostItemId(std::size_t{0}));
    EXPECT_EQ(month.cost_items[1].traced_to, PoolKind::drug);
    EXPECT_EQ(month.cost_items[0].traced_to, PoolKind::service);
}

TEST(IntakeMonth, status_follows_from_dates) {
    MonthFolderBuilder folder;
    folder.add_row("encounters.csv", "E4,inpatient,SUR,,2026-08-01,2026-08-31,employee,");
    const Month month = testing::load_month(folder).month;
    ASSERT_EQ(month.encounters.size(), 4U);
    EXPECT_EQ(month.encounters[0].status, StayStatus::discharged);
    EXPECT_EQ(month.encounters[1].status, StayStatus::visit);
    EXPECT_EQ(month.encounters[2].status, StayStatus::in_hospital);
    EXPECT_EQ(month.encounters[3].status, StayStatus::discharged_earlier);
    EXPECT_EQ(month.encounters[0].discharged_on.text(), "2026-09-10");
}

TEST(IntakeMonth, discharge_record_has_codes_in_sequence_order) {
    MonthFolderBuilder folder;
    folder.set_rows("diagnoses.csv", {"E1,10,J18.900", "E1,2,I10.x00", "E1,1,K35.800"});
    const Month month = testing::load_month(folder).month;
    ASSERT_EQ(month.discharge_records.size(), 1U);
    EXPECT_EQ(month.discharge_records[0].main_diagnosis, "K35.800");
    EXPECT_EQ(month.discharge_records[0].diagnoses,
              (std::vector<std::string>{"K35.800", "I10.x00", "J18.900"}));
    EXPECT_EQ(month.discharge_records[0].procedures, std::vector<std::string>{"47.0100"});
}

TEST(IntakeMonth, record_without_first_diagnosis_has_no_main_one) {
    MonthFolderBuilder folder;
    folder.set_rows("diagnoses.csv", {"E1,2,I10.x00"});
    EXPECT_EQ(testing::load_month(folder).month.discharge_records[0].main_diagnosis, "");
}

TEST(IntakeMonth, charge_lines_are_columns_in_encounter_order) {
    const LoadedMonth loaded = testing::load_month(MonthFolderBuilder());
    const ChargeLines& lines = loaded.month.charge_lines;
    ASSERT_EQ(lines.size(), 9U);
    EXPECT_EQ(lines.source_row[4], 6U);
    EXPECT_EQ(lines.charge[4], Money::from_raw(-5000));
    EXPECT_EQ(lines.quantity[8], Quantity::from_raw(25'000));
    EXPECT_EQ(lines.executing[1], DepartmentId(std::size_t{1}));
    EXPECT_EQ(lines.ordering[1], DepartmentId(std::size_t{3}));
    EXPECT_EQ(loaded.absolute_charges, Money::from_raw(420'500));
}

TEST(IntakeMonth, encounters_with_bytes_below_the_comma_are_in_code_order_too) {
    MonthFolderBuilder folder;
    // As rows "E1+,…" stands before "E1,…"; as codes "E1" comes first.
    folder.add_row("encounters.csv", "E1+,outpatient,MED,,2026-09-15,,self,");
    folder.add_row("charge_lines.csv", "E1+,01,2026-09-15,OPC,MED,MED,,1,20.00,");
    const ChargeLines lines = testing::load_month(folder).month.charge_lines;
    ASSERT_EQ(lines.size(), 10U);
    EXPECT_TRUE(std::is_sorted(lines.encounter.begin(), lines.encounter.end()));
    EXPECT_EQ(lines.source_row[5], 11U);
}

TEST(IntakeMonth, parked_lines_are_set_aside_in_order) {
    MonthFolderBuilder folder;
    folder.add_row("charge_lines.csv", "E9,02,2026-09-03,BED,SUR,SUR,,1,50.00,");
    folder.add_row("charge_lines.csv", "E9,01,2026-09-03,DRG,SUR,MED,,-1,-7.00,");
    const LoadedMonth loaded = testing::load_month(folder);
    EXPECT_EQ(loaded.month.charge_lines.size(), 9U);
    ASSERT_EQ(loaded.month.parked_lines.size(), 2U);
    EXPECT_EQ(loaded.month.parked_lines[0].line, "01");
    EXPECT_EQ(loaded.month.parked_lines[0].executing, DepartmentId(std::size_t{2}));
    EXPECT_EQ(loaded.absolute_parked_charges, Money::from_raw(5700));
    EXPECT_EQ(loaded.absolute_charges, Money::from_raw(426'200));
    EXPECT_FALSE(has_stop(loaded.findings));
}

TEST(IntakeMonth, prior_gives_openings) {
    const Month month = testing::load_month(MonthFolderBuilder().with_prior()).month;
    ASSERT_EQ(month.opening_costs.size(), 2U);
    EXPECT_EQ(month.opening_costs[0].component.category, CostCategory::drugs);
    EXPECT_EQ(month.opening_costs[1].component.origin, Origin::administrative);
    ASSERT_EQ(month.opening_charges.size(), 1U);
    EXPECT_EQ(month.opening_charges[0].encounter, EncounterId(std::size_t{2}));
    ASSERT_EQ(month.carried_pools.size(), 1U);
    EXPECT_EQ(month.carried_pools[0].amount, Money::from_raw(12'000'000));
}

TEST(IntakeMonth, readings_with_a_blank_sender_come_first) {
    MonthFolderBuilder folder;
    folder.add_row("driver_readings.csv", "workload,,SUR,1");
    const Month month = testing::load_month(folder).month;
    ASSERT_EQ(month.driver_readings.size(), 6U);
    EXPECT_FALSE(month.driver_readings[3].sender.is_valid());
    EXPECT_EQ(month.driver_readings[3].driver, DriverId(std::size_t{1}));
    EXPECT_TRUE(month.driver_readings[4].sender.is_valid());
}

}  // namespace
}  // namespace yuanliu::intake
