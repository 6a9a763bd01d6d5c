// Why this file: the optional tables of docs/service-items.md §1: their values, each kind of
// finding, and that a month without rows of them keeps its hash.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "server/intake/month_reader.hpp"
#include "server/intake/rules_reader.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu::intake {
namespace {

using testing::MonthFolderBuilder;
using testing::TempFolder;

const std::string kDrivers = "item_driver,department,service_item,value\n";
const std::string kActivities = "department,activity,name,measure,item_driver,practical_capacity\n";
const std::string kReadings = "department,resource_driver,activity,value\n";
const std::string kTraced = "department,cost_item,fund_source,service_item,amount\n";
const std::string kStays = "encounter,department,days\n";

MonthFolderBuilder with_items() {
    MonthFolderBuilder folder;
    folder.set("item_drivers.csv", kDrivers + "minutes,,CBC,5\nminutes,LAB,CBC,6.5\n")
        .set("activities.csv",
             kActivities + "LAB,run,检测,item_driver,minutes,4000\nLAB,take,采样,charge,,\n")
        .set("activity_readings.csv",
             kReadings + "LAB,staff_minutes,run,30\nLAB,staff_minutes,take,10.5\n")
        .set("traced_costs.csv", kTraced + "LAB,C01,basic,CBC,1200.00\n")
        .set("ward_stays.csv", kStays + "E1,SUR,7\nE3,MED,30\n");
    return folder;
}

std::vector<std::string> stops_of(const std::vector<Finding>& findings) {
    std::vector<std::string> texts;
    for (const Finding& finding : findings) {
        if (finding.severity == Severity::stop) {
            texts.push_back(std::string(name_of(finding.code)) + " " + finding.where.file + ":" +
                            std::to_string(finding.where.row) + " " + finding.where.column);
            for (const std::string& argument : finding.arguments) {
                texts.back() += " [" + argument + "]";
            }
        }
    }
    return texts;
}

TEST(IntakeItems, tables_have_their_values) {
    const LoadedMonth loaded = testing::load_month(with_items());
    EXPECT_TRUE(stops_of(loaded.findings).empty());
    const Month& month = loaded.month;
    ASSERT_EQ(month.item_drivers.size(), 2U);
    EXPECT_FALSE(month.item_drivers[0].department.is_valid());
    EXPECT_EQ(month.item_drivers[1].value, Quantity::from_raw(65'000));
    ASSERT_EQ(month.activities.size(), 2U);
    EXPECT_EQ(month.activities[0].measure, Measure::item_driver);
    EXPECT_EQ(month.activities[0].capacity, Quantity::from_raw(40'000'000));
    EXPECT_FALSE(month.activities[1].capacity);
    ASSERT_EQ(month.activity_readings.size(), 2U);
    ASSERT_EQ(month.traced_costs.size(), 1U);
    EXPECT_EQ(month.traced_costs[0].amount.text(), "1200.00");
    ASSERT_EQ(month.ward_stays.size(), 2U);
    EXPECT_EQ(month.ward_stays[1].days, Quantity::from_raw(300'000));
    EXPECT_EQ(loaded.tables.size(), 24U);
}

TEST(IntakeItems, tables_without_rows_are_no_part_of_the_month) {
    MonthFolderBuilder folder;
    const std::string hash = testing::load_month(folder).month_hash;
    folder.set("item_drivers.csv", kDrivers).set("ward_stays.csv", kStays);
    EXPECT_EQ(testing::load_month(folder).month_hash, hash);
    folder.add_row("ward_stays.csv", "E1,SUR,7");
    EXPECT_NE(testing::load_month(folder).month_hash, hash);
    folder.feed("ward_stays", "not_arrived");
    EXPECT_EQ(testing::load_month(folder).tables.size(), 19U);
}

struct Fault {
    std::function<void(MonthFolderBuilder&)> alter;
    std::string finding;
};

TEST(IntakeItems, each_fault_is_named_with_its_place) {
    const std::vector<Fault> faults{
        {[](auto& f) { f.add_row("item_drivers.csv", "minutes,,NIX,1"); },
         "unknown_service_item item_drivers.csv:4 service_item [NIX]"},
        {[](auto& f) { f.add_row("item_drivers.csv", "minutes,LAB,CBC,2"); },
         "duplicate_key item_drivers.csv:4 item_driver,department,service_item [minutes,LAB,CBC] "
         "[3]"},
        {[](auto& f) { f.add_row("activities.csv", "LAB,more,x,item_driver,,"); },
         "value_missing activities.csv:4 item_driver"},
        {[](auto& f) { f.add_row("activities.csv", "LAB,more,x,item_driver,steps,"); },
         "unknown_item_driver activities.csv:4 item_driver [steps]"},
        {[](auto& f) { f.add_row("activities.csv", "LAB,more,x,quantity,,"); },
         "word_unknown activities.csv:4 measure [quantity] [equivalent, charge, item_driver, days, "
         "visits, treatment_time]"},
        {[](auto& f) { f.add_row("activity_readings.csv", "MED,staff_minutes,run,1"); },
         "unknown_activity activity_readings.csv:4 activity [MED] [run]"},
        {[](auto& f) { f.add_row("traced_costs.csv", "SUR,C01,basic,DRG,1.00"); },
         "item_not_service traced_costs.csv:3 service_item [DRG] [drug]"},
        {[](auto& f) { f.add_row("traced_costs.csv", "SUR,C01,basic,SRG,0.00"); },
         "number_out_of_range traced_costs.csv:3 amount [0.00] [0.01] [100000000000]"},
        {[](auto& f) { f.add_row("ward_stays.csv", "E9,SUR,1"); },
         "unknown_encounter ward_stays.csv:4 encounter [E9]"},
        {[](auto& f) { f.add_row("ward_stays.csv", "E2,MED,1"); },
         "ward_stay_not_inpatient ward_stays.csv:4 encounter [E2]"},
        {[](auto& f) { f.add_row("ward_stays.csv", "E1,MED,30.5"); },
         "number_out_of_range ward_stays.csv:4 days [30.5] [0] [30]"},
    };
    for (const Fault& fault : faults) {
        MonthFolderBuilder folder = with_items();
        fault.alter(folder);
        EXPECT_EQ(stops_of(testing::load_month(folder).findings),
                  std::vector<std::string>{fault.finding});
    }
    MonthFolderBuilder unit = with_items();
    unit.add_row("activity_readings.csv", "MED,area,examination,1");
    EXPECT_TRUE(stops_of(testing::load_month(unit).findings).empty());
}

LoadedRules rules_with(const std::string& more) {
    MonthFolderBuilder folder;
    folder.set("rules/costing.toml",
               "schema = \"yuanliu.costing/1\"\nversion = \"2026.1\"\n" + more);
    const TempFolder temp;
    folder.write(temp.path());
    return read_rules(temp.path() / "rules");
}

TEST(IntakeItems, rules_have_methods_and_resources) {
    const LoadedRules loaded = rules_with(R"(
[[method]]
departments = ["class:medical_technology", "C001"]
method = "item_driver"
item_driver = "minutes"

[[resource]]
departments = ["*"]
cost_categories = ["staff"]
cost_items = ["*"]
resource_drivers = ["staff_minutes", "area_m2"]
)");
    EXPECT_TRUE(loaded.findings.empty());
    ASSERT_EQ(loaded.rules.costing.methods.size(), 1U);
    EXPECT_EQ(loaded.rules.costing.methods[0].method, ItemMethod::item_driver);
    EXPECT_EQ(loaded.rules.costing.methods[0].item_driver, "minutes");
    ASSERT_EQ(loaded.rules.costing.resources.size(), 1U);
    EXPECT_EQ(loaded.rules.costing.resources[0].resource_drivers.size(), 2U);
}

TEST(IntakeItems, each_fault_of_the_rules_is_named) {
    const std::string method = "[[method]]\ndepartments = [\"*\"]\nmethod = ";
    EXPECT_EQ(stops_of(rules_with(method + "\"abc\"\n").findings),
              std::vector<std::string>{
                  "word_unknown costing.toml:5 method[0].method [abc] [equivalent, income, "
                  "item_driver, activity, bed_days, visits, cost_to_charge, treatment_time]"});
    EXPECT_EQ(stops_of(rules_with(method + "\"item_driver\"\n").findings),
              std::vector<std::string>{
                  "rule_key_missing costing.toml:3 method[0].item_driver [method[0].item_driver]"});
    EXPECT_EQ(stops_of(rules_with(method + "\"income\"\nitem_driver = \"m\"\n").findings),
              std::vector<std::string>{
                  "rule_key_unknown costing.toml:6 method[0].item_driver [method[0].item_driver]"});
}

}  // namespace
}  // namespace yuanliu::intake
