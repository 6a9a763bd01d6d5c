// Why this file: each finding of divided pools, and the edges of docs/service-items.md, by hand.
#include <gtest/gtest.h>

#include "cost_month.hpp"
#include "costing/run/run_costing.hpp"

namespace yuanliu::costing {
namespace {

using namespace cost_month;  // NOLINT(google-build-using-namespace): a test's own vocabulary

const AllocationPlan kNoStage{.version = "t", .stages = {}};

/// U holds 100.00 of pay; two visits use 3 scans and 1 bed day there.
Month month_of_u() {
    Month month = empty_month();
    book(month, kU, 1, 10'000);
    add_encounter(month, "E0");
    add_encounter(month, "E1");
    add_line(month, {.encounter = 0, .item = kScan, .department = kU, .quantity = 2});
    add_line(month, {.encounter = 1, .item = kScan, .department = kU, .quantity = 1});
    add_line(month, {.encounter = 1, .item = kBedDay, .department = kU, .quantity = 1});
    return month;
}

void declare(Month& month, const char* code, Measure measure, std::int64_t reading,
             std::optional<Quantity> capacity = std::nullopt) {
    month.activities.push_back({.department = DepartmentId(kU),
                                .code = code,
                                .name = code,
                                .measure = measure,
                                .item_driver = measure == Measure::item_driver ? "minutes" : "",
                                .capacity = capacity});
    month.activity_readings.push_back({.department = DepartmentId(kU),
                                       .resource_driver = "area",
                                       .activity = code,
                                       .value = Quantity::from_raw(reading * 10'000)});
}

void set_minutes(Month& month, std::size_t item, std::int64_t minutes) {
    month.item_drivers.push_back({.item_driver = "minutes",
                                  .department = {},
                                  .service_item = ServiceItemId(item),
                                  .value = Quantity::from_raw(minutes * 10'000)});
}

CostingSettings by(ItemMethod method, std::vector<std::string> chain = {"area"}) {
    CostingSettings settings;
    settings.methods = {{.departments = {"U"}, .method = method, .item_driver = "minutes"}};
    if (!chain.empty()) {
        settings.resources = {{.departments = {"*"},
                               .cost_categories = {"*"},
                               .cost_items = {"*"},
                               .resource_drivers = std::move(chain)}};
    }
    return settings;
}

std::vector<std::string> texts_of_findings(const std::vector<Finding>& findings) {
    std::vector<std::string> texts;
    for (const Finding& finding : findings) {
        texts.push_back(std::string(name_of(finding.severity)) + " " +
                        std::string(name_of(finding.code)));
        for (const std::string& argument : finding.arguments) {
            texts.back() += " [" + argument + "]";
        }
    }
    return texts;
}

std::vector<std::string> findings_of(const Month& month, const CostingSettings& settings) {
    return texts_of_findings(run_costing(month, kNoStage, serial, settings).findings);
}

using Texts = std::vector<std::string>;

TEST(Items, idle_capacity_reaches_no_patient_and_no_item) {
    Month month = month_of_u();
    set_minutes(month, kScan, 20);
    set_minutes(month, kBedDay, 20);
    declare(month, "work", Measure::item_driver, 1, Quantity::from_raw(1'000'000));
    const CostingOutcome out = run_costing(month, kNoStage, serial, by(ItemMethod::activity));
    EXPECT_TRUE(out.findings.empty());
    ASSERT_EQ(out.result.activities.size(), 1U);
    EXPECT_EQ(out.result.activities[0].use, 8'000'000'000);
    EXPECT_EQ(out.result.activities[0].idle_cost.text(), "20.00");
    EXPECT_EQ(out.result.stays[0].month_cost.text(), "40.00");
    EXPECT_EQ(out.result.pools[0].items[1].cost.text(), "60.00");
    EXPECT_EQ(out.result.pools[0].unallocated().text(), "20.00");
}

TEST(Items, capacity_below_use_is_reported_and_use_bears_the_cost) {
    Month month = month_of_u();
    declare(month, "work", Measure::equivalent, 1, Quantity::from_raw(10'000));
    EXPECT_EQ(findings_of(month, by(ItemMethod::activity)),
              Texts{"warn capacity_exceeded [U] [work] [8.5] [1]"});
}

TEST(Items, an_item_that_no_activity_measures_is_reported) {
    Month month = month_of_u();
    set_minutes(month, kScan, 20);
    EXPECT_EQ(findings_of(month, by(ItemMethod::item_driver)),
              Texts{"warn item_without_measure [U] [bed_day] [1]"});
}

TEST(Items, an_activity_that_nothing_uses_stays_unallocated) {
    Month month = month_of_u();
    declare(month, "bed", Measure::days, 1);
    declare(month, "scan", Measure::equivalent, 3);
    const CostingOutcome out = run_costing(month, kNoStage, serial, by(ItemMethod::activity));
    EXPECT_EQ(texts_of_findings(out.findings),
              Texts{"warn activity_without_use [U] [bed] [25.00]"});
    EXPECT_EQ(out.result.pools[0].unallocated().text(), "25.00");
}

TEST(Items, cost_that_has_no_way_to_its_activities_stops) {
    Month month = month_of_u();
    declare(month, "scan", Measure::equivalent, 0);
    EXPECT_EQ(findings_of(month, by(ItemMethod::activity, {"none", "area"})),
              Texts{"stop resource_driver_missing [U] [pay] [none, area]"});
    EXPECT_EQ(findings_of(month, by(ItemMethod::activity, {})),
              Texts{"stop resource_driver_missing [U] [pay] []"});
    EXPECT_EQ(findings_of(month_of_u(), by(ItemMethod::activity)),
              Texts{"stop resource_driver_missing [U] [pay] [area]"})
        << "no activity at all";
}

TEST(Items, a_chain_that_falls_back_says_so) {
    Month month = month_of_u();
    declare(month, "scan", Measure::equivalent, 2);
    EXPECT_EQ(findings_of(month, by(ItemMethod::activity, {"people", "area"})),
              Texts{"warn resource_driver_fell_back [U] [pay] [people] [area]"});
}

TEST(Items, traced_cost_may_not_exceed_the_cell) {
    Month month = month_of_u();
    declare(month, "scan", Measure::equivalent, 1);
    for (const std::int64_t amount : {6'000, 4'001}) {
        month.traced_costs.push_back(
            {.department = DepartmentId(kU),
             .cost_item = CostItemId(kPay),
             .fund = FundSource::basic,
             .service_item = ServiceItemId(amount > 5'000 ? kBedDay : kScan),
             .amount = fen(amount)});
    }
    EXPECT_EQ(findings_of(month, by(ItemMethod::activity)),
              Texts{"stop traced_cost_exceeds [U] [pay] [basic] [100.01] [100.00]"});
    month.traced_costs[1].amount = fen(4'000);
    const CostingOutcome out = run_costing(month, kNoStage, serial, by(ItemMethod::activity));
    EXPECT_TRUE(out.findings.empty());
    EXPECT_EQ(out.result.pools[0].items[0].cost.text(), "60.00");
    EXPECT_EQ(out.result.pools[0].items[1].cost.text(), "40.00");
}

TEST(Items, units_without_charges_leave_the_pool_unallocated) {
    const CostingOutcome out =
        run_costing(month_of_u(), kNoStage, serial, by(ItemMethod::cost_to_charge, {}));
    EXPECT_EQ(texts_of_findings(out.findings),
              Texts{"warn activity_without_use [U] [~all] [100.00]"});
    ASSERT_EQ(out.result.activities.size(), 1U);
    EXPECT_EQ(out.result.activities[0].code, "~all");
}

TEST(Items, rules_that_name_nothing_stop) {
    CostingSettings settings = by(ItemMethod::item_driver);
    settings.methods[0].departments = {"W"};
    settings.resources[0].cost_items = {"gold"};
    EXPECT_EQ(findings_of(month_of_u(), settings),
              (Texts{"stop unknown_department [W]", "stop unknown_item_driver [minutes]",
                     "stop unknown_cost_item [gold]"}));
}

TEST(Items, rows_that_no_method_uses_are_told) {
    Month month = month_of_u();
    set_minutes(month, kScan, 20);
    set_minutes(month, kBedDay, 20);
    declare(month, "work", Measure::item_driver, 1);
    month.ward_stays = {{.encounter = EncounterId(std::size_t{0}),
                         .department = DepartmentId(kU),
                         .days = Quantity::from_raw(25'000)}};
    month.traced_costs = {{.department = DepartmentId(kU),
                           .cost_item = CostItemId(kPay),
                           .fund = FundSource::basic,
                           .service_item = ServiceItemId(kScan),
                           .amount = fen(1)}};
    EXPECT_EQ(findings_of(month, {}),
              (Texts{"warn item_rows_unused [minutes] [2]", "warn item_rows_unused [U] [1]",
                     "warn item_rows_unused [U] [1]", "warn item_rows_unused [U] [1]",
                     "warn item_rows_unused [days] [1]"}));
    EXPECT_EQ(findings_of(month, by(ItemMethod::activity)),
              Texts{"warn item_rows_unused [days] [1]"});
    month.activities[0].measure = Measure::days;
    month.encounters[0].kind = EncounterKind::inpatient;
    month.activities[0].item_driver = "";
    // The traced scan is measured by rows, so the bed day that was used is not.
    EXPECT_EQ(findings_of(month, by(ItemMethod::activity)),
              (Texts{"warn item_rows_unused [minutes] [2]",
                     "warn item_without_measure [U] [bed_day] [1]"}));
    EXPECT_EQ(findings_of(month, by(ItemMethod::cost_to_charge, {}))[0],
              "warn item_rows_unused [minutes] [2]");
}

TEST(Items, a_bed_day_has_a_cost_but_no_item_has) {
    Month month = month_of_u();
    month.encounters[0].kind = EncounterKind::inpatient;
    month.ward_stays = {{.encounter = EncounterId(std::size_t{0}),
                         .department = DepartmentId(kU),
                         .days = Quantity::from_raw(25'000)}};
    const CostingOutcome out = run_costing(month, kNoStage, serial, by(ItemMethod::bed_days));
    EXPECT_TRUE(out.findings.empty());
    EXPECT_EQ(out.result.stays[0].month_cost.text(), "100.00");
    const ServiceItemCost& days = out.result.pools[0].items.back();
    EXPECT_EQ(days.stays, Measure::days);
    EXPECT_EQ(days.unit_cost->text(), "40.000000");
    EXPECT_TRUE(out.result.pools[0].items[0].cost.is_zero());
}

/// 100.00 over 30 minutes of one encounter and 10 of the other, whatever they were charged.
TEST(Items, treatment_time_shares_a_department_over_whom_it_treated) {
    Month month = month_of_u();
    ASSERT_GE(month.encounters.size(), 2U);
    const auto time_of = [](std::size_t encounter, std::int64_t minutes) {
        return TreatmentTime{.encounter = EncounterId(encounter),
                             .department = DepartmentId(kU),
                             .minutes = Quantity::from_raw(minutes * 10'000)};
    };
    month.treatment_times = {time_of(0, 30), time_of(1, 10)};
    EXPECT_EQ(findings_of(month, {}), Texts{"warn item_rows_unused [treatment_time] [2]"});
    const CostingOutcome out = run_costing(month, kNoStage, serial, by(ItemMethod::treatment_time));
    EXPECT_TRUE(out.findings.empty());
    EXPECT_EQ(out.result.stays[0].month_cost.text(), "75.00");
    EXPECT_EQ(out.result.stays[1].month_cost.text(), "25.00");
    EXPECT_EQ(out.result.pools[0].items.back().unit_cost->text(), "2.500000");
}

}  // namespace
}  // namespace yuanliu::costing
