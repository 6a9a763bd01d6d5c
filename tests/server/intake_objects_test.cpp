// Why this file: the optional tables of docs/objects.md §6: their values, only groups in force, and
// that a month without rows of them keeps its hash. Faults: tests/e2e/object_faults.py.
#include <gtest/gtest.h>

#include "server/intake/month_reader.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu::intake {
namespace {

using testing::MonthFolderBuilder;
using testing::TempFolder;

constexpr const char* kGroupHeader = "attending,valid_from,valid_to,group,name\n";

MonthFolderBuilder with_objects() {
    MonthFolderBuilder folder;
    folder
        .set("attending_groups.csv", kGroupHeader + std::string("P1,,2025-12,G9,旧组\n"
                                                                "P1,2026-01,,G1,甲组\n"
                                                                "P2,2026-10,,G1,另名\n"))
        .set("assets.csv",
             "asset,name,department,kind,depreciation,paid_basic,paid_fiscal_project,"
             "paid_other_fiscal_project,paid_research,paid_teaching\n"
             "Z1,生化仪,LAB,special,100.00,1.00,0.00,0.00,0.00,0.00\n")
        .set("equipment_items.csv", "asset,department,service_item,share\nZ1,LAB,CBC,0.75\n")
        .set("equipment_costs.csv", "asset,voucher,line,share\nZ1,V1,2,0.1\n")
        .set("beds.csv", "department,opened,available_days\nSUR,30,\n")
        .set("research_projects.csv", "project,name\nK1,课题\n")
        .set("project_lines.csv",
             "voucher,line,account,department,project\nV1,5,,,K1\n,,5001,SUR,K1\n");
    return folder;
}

LoadedMonth read_objects(const MonthFolderBuilder& folder) {
    const TempFolder temp;
    folder.write(temp.path());
    const ParallelFor loop = testing::serial_loop();
    return read_month(temp.path() / "month", {.parallel_for = loop});
}

TEST(IntakeObjects, tables_have_their_values_and_only_groups_in_force) {
    const LoadedMonth loaded = read_objects(with_objects());
    ASSERT_FALSE(has_stop(loaded.findings));
    const Month& month = loaded.month;
    ASSERT_EQ(month.attending_groups.size(), 1U);
    EXPECT_EQ(month.attending_groups[0].group, "G1");
    EXPECT_EQ(month.attending_groups[0].name, "甲组");
    ASSERT_EQ(month.equipment_items.size(), 1U);
    EXPECT_EQ(month.equipment_items[0].share, Quantity::from_raw(7'500));
    ASSERT_EQ(month.equipment_costs.size(), 1U);
    EXPECT_EQ(month.ledger[month.equipment_costs[0].ledger_row].amount.text(), "40000.00");
    ASSERT_EQ(month.beds.size(), 1U);
    EXPECT_EQ(month.beds[0].opened, Quantity::from_raw(300'000));
    EXPECT_FALSE(month.beds[0].available_days);
    ASSERT_EQ(month.research_projects.size(), 1U);
    ASSERT_EQ(month.project_lines.size(), 2U);
    EXPECT_FALSE(month.project_lines[1].account.is_valid());
    EXPECT_EQ(loaded.tables.size(), 26U);
}

TEST(IntakeObjects, tables_without_rows_are_no_part_of_the_month) {
    MonthFolderBuilder folder;
    const std::string hash = read_objects(folder).month_hash;
    folder.set("attending_groups.csv", kGroupHeader)
        .set("beds.csv", "department,opened,available_days\n");
    EXPECT_EQ(read_objects(folder).month_hash, hash);
    folder.add_row("beds.csv", "SUR,30,880");
    EXPECT_NE(read_objects(folder).month_hash, hash);
}

}  // namespace
}  // namespace yuanliu::intake
