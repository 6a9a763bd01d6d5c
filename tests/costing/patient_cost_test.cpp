// Why this file: patients' cost by hand figures: netting, pools, nested components, parked lines,
// closing cost.
#include "costing/patient/patient_cost.hpp"

#include <gtest/gtest.h>

#include "cost_month.hpp"
#include "costing/patient/netting.hpp"
#include "costing/patient/trace.hpp"

namespace yuanliu::costing {
namespace {

using namespace cost_month;  // NOLINT(google-build-using-namespace): a test's own vocabulary

Balances holding(const Month& month, std::size_t department, std::size_t item, std::int64_t amount,
                 Origin origin = Origin::direct) {
    Balances balances(month.departments.size(), month.cost_items.size());
    balances.at(DepartmentId(department),
                {.cost_item = CostItemId(item), .fund = FundSource::basic, .origin = origin}) =
        fen(amount);
    return balances;
}

Month three_patients() {
    Month month = empty_month();
    add_encounter(month, "E1");
    add_encounter(month, "E2");
    add_encounter(month, "E3");
    return month;
}

// A bed-day weighs 1, a scan 2.5. U holds 100.00 of pay: E1 two bed-days (2), E2 one scan (2.5), E3
// one bed-day (1); running 2, 4.5, 5.5 -> 36.36, 81.81, 100.00 -> 36.36, 45.45, 18.19.
TEST(PatientCost, a_pool_is_split_by_equivalents_in_encounter_order) {
    Month month = three_patients();
    add_line(month, {.encounter = 2, .item = kBedDay, .department = kU});
    add_line(month, {.encounter = 0, .item = kBedDay, .department = kU, .quantity = 2});
    add_line(month, {.encounter = 1, .item = kScan, .department = kU});
    const PatientCosting out = cost_patients(month, holding(month, kU, kPay, 10'000), serial);
    EXPECT_EQ(out.stays[0].month_cost, fen(3'636));
    EXPECT_EQ(out.stays[1].month_cost, fen(4'545));
    EXPECT_EQ(out.stays[2].month_cost, fen(1'819));
    ASSERT_EQ(out.pools.size(), 1U);
    EXPECT_EQ(out.pools[0].weight, 550'000'000);
    EXPECT_EQ(out.pools[0].entries, 3U);
    // Shown items: bed-days weigh 3, the scan 2.5: 54.545.. and 45.454.. -> 54.55 and 45.45 by
    // largest remainder.
    ASSERT_EQ(out.pools[0].items.size(), 2U);
    EXPECT_EQ(out.pools[0].items[0].cost, fen(5'455));
    EXPECT_EQ(out.pools[0].items[0].unit_cost->raw(), 18'183'333);
    EXPECT_EQ(out.pools[0].items[1].cost, fen(4'545));
}

// Two components of 0.50 each (staff, other) over weights 1, 1, 1: totals of 1.00 are 33, 33, 34
// and of the first component 16, 17, 17; the second is the difference: 17, 16, 17.
TEST(PatientCost, components_of_a_patient_sum_to_its_total) {
    Month month = three_patients();
    for (std::size_t e = 0; e < 3; ++e) {
        add_line(month, {.encounter = e, .item = kBedDay, .department = kU});
    }
    Balances balances = holding(month, kU, kPay, 50);
    balances.at(DepartmentId(kU), {.cost_item = CostItemId(kRent),
                                   .fund = FundSource::basic,
                                   .origin = Origin::direct}) = fen(50);
    const PatientCosting out = cost_patients(month, balances, serial);
    const std::vector<Money> expected{fen(16), fen(17), fen(17), fen(16), fen(17), fen(17)};
    EXPECT_EQ(out.month_costs.cost, expected);
    EXPECT_EQ(out.stays[0].month_cost, fen(33));
    EXPECT_EQ(out.stays[1].month_cost, fen(33));
    EXPECT_EQ(out.stays[2].month_cost, fen(34));
}

TEST(PatientCost, a_full_refund_leaves_no_cost_and_no_charge) {
    Month month = three_patients();
    add_line(month, {.encounter = 0, .item = kScan, .department = kM, .charge_fen = 9'000});
    add_line(
        month,
        {.encounter = 0, .item = kScan, .department = kM, .quantity = -1, .charge_fen = -9'000});
    add_line(month, {.encounter = 1, .item = kScan, .department = kM, .charge_fen = 9'000});
    const PatientCosting out = cost_patients(month, holding(month, kM, kPay, 777), serial);
    EXPECT_TRUE(out.stays[0].month_cost.is_zero());
    EXPECT_TRUE(out.stays[0].month_charge.is_zero());
    EXPECT_EQ(out.stays[1].month_cost, fen(777));
    EXPECT_TRUE(out.findings.empty());
}

TEST(PatientCost, a_refund_of_an_earlier_month_moves_no_cost_and_is_named) {
    Month month = three_patients();
    add_line(
        month,
        {.encounter = 0, .item = kScan, .department = kM, .quantity = -1, .charge_fen = -9'000});
    add_line(month, {.encounter = 1, .item = kScan, .department = kM, .charge_fen = 9'000});
    const PatientCosting out = cost_patients(month, holding(month, kM, kPay, 777), serial);
    EXPECT_TRUE(out.stays[0].month_cost.is_zero());
    EXPECT_EQ(out.stays[0].month_charge, fen(-9'000));
    ASSERT_EQ(out.findings.size(), 1U);
    EXPECT_EQ(out.findings[0].code, FindingCode::net_quantity_negative);
    EXPECT_EQ(out.findings[0].arguments, (std::vector<std::string>{"E1", "M", "scan", "-1"}));
}

TEST(PatientCost, drugs_follow_drug_lines_by_charge_and_not_services) {
    Month month = three_patients();
    add_line(month, {.encounter = 0, .item = kPill, .department = kU, .charge_fen = 100});
    add_line(month, {.encounter = 1, .item = kPill, .department = kU, .charge_fen = 300});
    add_line(month, {.encounter = 2, .item = kBedDay, .department = kU});
    const PatientCosting out = cost_patients(month, holding(month, kU, kDrug, 1'000), serial);
    EXPECT_EQ(out.stays[0].month_cost, fen(250));
    EXPECT_EQ(out.stays[1].month_cost, fen(750));
    EXPECT_TRUE(out.stays[2].month_cost.is_zero());
    ASSERT_EQ(out.findings.size(), 1U);
    EXPECT_EQ(out.findings[0].code, FindingCode::lines_without_pool);
}

TEST(PatientCost, parked_lines_take_their_share_so_that_no_patient_pays_it) {
    Month month = three_patients();
    add_line(month, {.encounter = 0, .item = kBedDay, .department = kU});
    month.parked_lines.push_back({.encounter = "X",
                                  .line = "1",
                                  .charged_on = {},
                                  .service_item = ServiceItemId(kBedDay),
                                  .executing = DepartmentId(kU),
                                  .quantity = Quantity::from_raw(30'000),
                                  .charge = fen(1)});
    const PatientCosting out = cost_patients(month, holding(month, kU, kPay, 1'000), serial);
    EXPECT_EQ(out.stays[0].month_cost, fen(250));
    Money parked;
    for (const Money cost : out.parked_cost) {
        parked += cost;
    }
    EXPECT_EQ(parked, fen(750));
    EXPECT_EQ(out.pools[0].entries, 1U);
}

TEST(PatientCost, a_pool_that_nobody_used_stays_unallocated) {
    const Month month = three_patients();
    const PatientCosting out = cost_patients(month, holding(month, kU, kPay, 1'000), serial);
    EXPECT_EQ(out.pools[0].unallocated(), fen(1'000));
    EXPECT_TRUE(out.month_costs.cost.empty());
    ASSERT_EQ(out.findings.size(), 1U);
    EXPECT_EQ(out.findings[0].code, FindingCode::pool_without_volume);
}

TEST(PatientCost, weights_that_overflow_stop) {
    Month month = three_patients();
    month.service_items[kScan].equivalent = Quantity::from_raw(10'000'000);
    for (std::size_t e = 0; e < 3; ++e) {
        add_line(month, {.encounter = e, .item = kScan, .department = kU, .quantity = 30'000'000});
    }
    const PatientCosting out = cost_patients(month, holding(month, kU, kPay, 1'000), serial);
    ASSERT_FALSE(out.findings.empty());
    EXPECT_EQ(out.findings[0].code, FindingCode::weight_overflow);
    EXPECT_EQ(out.findings[0].severity, Severity::stop);
}

TEST(ClosingCost, is_opening_and_month_of_stays_still_in_hospital) {
    Month month = empty_month();
    add_encounter(month, "E1", StayStatus::in_hospital);
    add_encounter(month, "E2", StayStatus::discharged);
    const Component staff{
        .category = CostCategory::staff, .fund = FundSource::basic, .origin = Origin::direct};
    month.opening_costs = {{.encounter = EncounterId(0U), .component = staff, .cost = fen(40)},
                           {.encounter = EncounterId(1U), .component = staff, .cost = fen(70)}};
    add_line(month, {.encounter = 0, .item = kBedDay, .department = kU});
    PatientCosting out = cost_patients(month, holding(month, kU, kPay, 60), serial);
    add_openings(month, out.stays);
    EXPECT_EQ(out.stays[0].cost(), fen(100));
    EXPECT_EQ(out.stays[1].cost(), fen(70));
    const auto closing = closing_costs(month, out.month_costs);
    ASSERT_EQ(closing.size(), 1U);
    EXPECT_EQ(closing[0].encounter, EncounterId(0U));
    EXPECT_EQ(closing[0].cost, fen(100));
}

TEST(Trace, shares_of_an_encounter_sum_to_its_month_cost) {
    Month month = three_patients();
    for (std::size_t e = 0; e < 3; ++e) {
        add_line(month, {.encounter = e, .item = kBedDay, .department = kU});
        add_line(month, {.encounter = e, .item = kPill, .department = kU, .charge_fen = 7});
    }
    Balances balances = holding(month, kU, kPay, 1'000);
    balances.at(DepartmentId(kU), {.cost_item = CostItemId(kDrug),
                                   .fund = FundSource::basic,
                                   .origin = Origin::direct}) = fen(500);
    const PatientCosting out = cost_patients(month, balances, serial);
    for (std::size_t e = 0; e < 3; ++e) {
        Money sum;
        const auto shares = trace_encounter(month, out.activities, EncounterId(e), serial);
        EXPECT_EQ(shares.size(), 2U);
        for (const PoolShare& share : shares) {
            sum += share.cost;
        }
        EXPECT_EQ(sum, out.stays[e].month_cost);
    }
}

}  // namespace
}  // namespace yuanliu::costing
