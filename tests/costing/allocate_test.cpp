// Why this file: collection and step-down by hand figures, and every fault that a plan can have.
#include "costing/allocate/allocate.hpp"

#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "cost_month.hpp"
#include "costing/collect/direct_cost.hpp"

namespace yuanliu::costing {
namespace {

using namespace cost_month;  // NOLINT(google-build-using-namespace): a test's own vocabulary

Allocation allocate(const Month& month, const AllocationPlan& plan) {
    const ResolvedPlan resolved = resolve_plan(month, plan);
    EXPECT_TRUE(resolved.findings.empty());
    return costing::allocate(month, resolved, collect_direct_cost(month).balances);
}

Money held(const Allocation& allocation, std::size_t department, std::size_t item, Origin origin) {
    Balances balances = allocation.balances;
    return balances.at(
        DepartmentId(department),
        {.cost_item = CostItemId(item), .fund = FundSource::basic, .origin = origin});
}

TEST(DirectCost, excluded_accounts_are_listed_and_nothing_is_lost) {
    Month month = empty_month();
    book(month, kU, 1, 10'000);
    book(month, kU, 3, 2'500);
    book(month, kU, 1, -1'000);
    const DirectCost direct = collect_direct_cost(month);
    EXPECT_EQ(direct.ledger_total, fen(11'500));
    EXPECT_EQ(direct.excluded_total, fen(2'500));
    EXPECT_EQ(direct.balances.total(), fen(9'000));
    ASSERT_EQ(direct.excluded.size(), 1U);
    EXPECT_EQ(direct.excluded[0].ledger_row, 1U);
    EXPECT_TRUE(direct.excluded[0].by_account);
}

TEST(DirectCost, excluded_departments_are_kept_out) {
    Month month = empty_month();
    month.departments[kB].department_class = DepartmentClass::excluded;
    book(month, kB, 1, 700);
    const DirectCost direct = collect_direct_cost(month);
    EXPECT_EQ(direct.excluded_total, fen(700));
    EXPECT_TRUE(direct.balances.total().is_zero());
    EXPECT_FALSE(direct.excluded[0].by_account);
}

// Administration 100.00 of pay over heads B 10, M 10, U 20, V 20 -> B 16.67, M 16.67, U 33.33,
// V 33.33 (quotas 16.666.., 33.333..; two fen left go to the larger remainders, B and M). B then
// sends its 16.67 over M 10, U 20, V 20: 3.334, 6.668, 6.668 -> M 3.33, U 6.67, V 6.67. M: 16.67
// + 3.33 = 20.00 over U 20, V 20 -> 10.00 each. So U = 33.33 + 6.67 + 10.00 = 50.00 and V the same.
TEST(Allocate, three_levels_by_hand) {
    Month month = empty_month();
    book(month, kA, 1, 10'000);
    read_driver(month, 0, kB, 10);
    read_driver(month, 0, kM, 10);
    read_driver(month, 0, kU, 20);
    read_driver(month, 0, kV, 20);
    const Allocation out = allocate(month, three_levels());
    EXPECT_TRUE(out.findings.empty());
    EXPECT_EQ(held(out, kU, kPay, Origin::administrative), fen(5'000));
    EXPECT_EQ(held(out, kV, kPay, Origin::administrative), fen(5'000));
    EXPECT_FALSE(out.balances.holds_cost(DepartmentId(kA)));
    EXPECT_FALSE(out.balances.holds_cost(DepartmentId(kB)));
    EXPECT_FALSE(out.balances.holds_cost(DepartmentId(kM)));
    Balances items = out.for_items;
    EXPECT_EQ(items.at(DepartmentId(kM), {.cost_item = CostItemId(kPay),
                                          .fund = FundSource::basic,
                                          .origin = Origin::administrative}),
              fen(2'000));
    ASSERT_EQ(out.transfers.size(), 9U);
    EXPECT_EQ(out.transfers[0].cost, fen(1'667));
    EXPECT_EQ(out.transfers[0].base, Quantity::from_raw(100'000));
    EXPECT_EQ(out.transfers[0].base_total, Quantity::from_raw(600'000));
    EXPECT_EQ(out.transfers[0].pool, fen(10'000));
}

TEST(Allocate, public_cost_is_part_of_direct_cost_and_changes_origin_when_passed_on) {
    Month month = empty_month();
    book(month, kP, 2, 900);
    read_driver(month, 0, kA, 1);
    read_driver(month, 0, kU, 2);
    AllocationPlan plan = three_levels();
    const Allocation out = allocate(month, plan);
    EXPECT_EQ(held(out, kU, kRent, Origin::public_cost), fen(600));
    EXPECT_EQ(held(out, kU, kRent, Origin::administrative), fen(300));
}

TEST(Allocate, readings_that_name_the_sender_come_before_general_ones) {
    Month month = empty_month();
    book(month, kA, 1, 1'000);
    book(month, kB, 1, 1'000);
    read_driver(month, 0, kU, 1);
    read_driver(month, 0, kV, 1);
    read_driver(month, 0, kV, 5, DepartmentId(kB));
    const Allocation out = allocate(month, three_levels());
    EXPECT_EQ(held(out, kU, kPay, Origin::administrative), fen(500));
    EXPECT_EQ(held(out, kU, kPay, Origin::auxiliary), fen(0));
    EXPECT_EQ(held(out, kV, kPay, Origin::auxiliary), fen(1'000));
}

TEST(Allocate, a_driver_that_is_zero_falls_back_and_says_so) {
    Month month = empty_month();
    book(month, kA, 1, 1'000);
    read_driver(month, 0, kU, 1);
    AllocationPlan plan = three_levels();
    plan.stages[1].rules[0].drivers = {"packs", "heads"};
    const Allocation out = allocate(month, plan);
    ASSERT_EQ(out.findings.size(), 1U);
    EXPECT_EQ(out.findings[0].code, FindingCode::driver_fell_back);
    EXPECT_EQ(out.findings[0].severity, Severity::warn);
    EXPECT_EQ(out.findings[0].arguments,
              (std::vector<std::string>{"A", "staff", "administrative", "packs", "heads"}));
}

TEST(Allocate, a_chain_of_zero_drivers_stops) {
    Month month = empty_month();
    book(month, kA, 1, 1'000);
    AllocationPlan plan = three_levels();
    plan.stages[1].rules[0].drivers = {"packs", "heads"};
    const Allocation out = allocate(month, plan);
    ASSERT_FALSE(out.findings.empty());
    EXPECT_EQ(out.findings[0].code, FindingCode::driver_total_is_zero);
    EXPECT_EQ(out.findings[0].severity, Severity::stop);
    EXPECT_EQ(out.findings[0].arguments[3], "packs, heads");
}

TEST(Allocate, a_category_without_a_rule_stops) {
    Month month = empty_month();
    book(month, kA, 1, 1'000);
    read_driver(month, 0, kU, 1);
    AllocationPlan plan = three_levels();
    plan.stages[1].rules[0].cost_categories = {"drugs"};
    const Allocation out = allocate(month, plan);
    ASSERT_FALSE(out.findings.empty());
    EXPECT_EQ(out.findings[0].code, FindingCode::plan_rule_missing);
}

TEST(Allocate, a_supporting_department_that_the_plan_forgot_stops) {
    Month month = empty_month();
    book(month, kA, 1, 1'000);
    read_driver(month, 0, kU, 1);
    AllocationPlan plan = three_levels();
    plan.stages[1].senders = {};
    const Allocation out = allocate(month, plan);
    ASSERT_EQ(out.findings.size(), 1U);
    EXPECT_EQ(out.findings[0].code, FindingCode::plan_does_not_close);
    EXPECT_EQ(out.findings[0].arguments, (std::vector<std::string>{"A", "administrative"}));
}

TEST(Allocate, a_negative_pool_is_the_mirror_of_a_positive_one) {
    Month plus = empty_month();
    for (std::size_t d : {kB, kM, kU, kV}) {
        read_driver(plus, 0, d, static_cast<std::int64_t>(d + 1));
    }
    Month minus = plus;
    book(plus, kA, 1, 10'001);
    book(minus, kA, 1, -10'001);
    const Allocation up = allocate(plus, three_levels());
    const Allocation down = allocate(minus, three_levels());
    ASSERT_EQ(up.transfers.size(), down.transfers.size());
    for (std::size_t i = 0; i < up.transfers.size(); ++i) {
        EXPECT_EQ(up.transfers[i].cost, -down.transfers[i].cost);
    }
}

struct PlanFault {
    const char* name;
    FindingCode code;
    void (*spoil)(AllocationPlan&);
};

void expect_each(const std::vector<PlanFault>& faults) {
    const Month month = empty_month();
    for (const PlanFault& fault : faults) {
        AllocationPlan plan = three_levels();
        fault.spoil(plan);
        const ResolvedPlan resolved = resolve_plan(month, plan);
        ASSERT_FALSE(resolved.findings.empty()) << fault.name;
        EXPECT_EQ(resolved.findings[0].code, fault.code) << fault.name;
        EXPECT_EQ(resolved.findings[0].severity, Severity::stop) << fault.name;
    }
}

TEST(Plan, every_fault_is_named) {
    const std::vector<PlanFault> faults{
        {"unknown department", FindingCode::unknown_department,
         [](AllocationPlan& plan) { plan.stages[0].senders = {"nobody"}; }},
        {"unknown class", FindingCode::unknown_department,
         [](AllocationPlan& plan) { plan.stages[0].receivers.push_back("class:excluded"); }},
        {"unknown driver", FindingCode::unknown_driver,
         [](AllocationPlan& plan) { plan.stages[0].rules[0].drivers = {"moon"}; }},
        {"no receiver", FindingCode::plan_receivers_empty,
         [](AllocationPlan& plan) { plan.stages[3].receivers = {}; }},
        {"closed receiver", FindingCode::plan_receiver_is_closed,
         [](AllocationPlan& plan) { plan.stages[2].receivers.push_back("A"); }},
        {"sends to itself", FindingCode::plan_receiver_is_closed,
         [](AllocationPlan& plan) { plan.stages[2].receivers.push_back("B"); }},
        {"sends twice", FindingCode::plan_sender_twice,
         [](AllocationPlan& plan) { plan.stages[2].senders.push_back("A"); }},
        {"view stage first", FindingCode::plan_stage_order,
         [](AllocationPlan& plan) { plan.stages[0].before_items = false; }}};
    expect_each(faults);
}

TEST(Plan, every_fault_of_methods_and_drivers_is_named) {
    const std::vector<PlanFault> faults{
        {"named twice", FindingCode::plan_sender_twice,
         [](AllocationPlan& plan) {
             plan.stages[1].senders = {"A", "A"};
         }},
        {"unknown item", FindingCode::unknown_cost_item,
         [](AllocationPlan& plan) { plan.stages[0].rules[0].cost_items = {"gold"}; }},
        {"rule without targets", FindingCode::plan_receivers_empty,
         [](AllocationPlan& plan) {
             plan.stages[3].rules[0].receivers = std::vector<std::string>{"A"};
         }},
        {"passes alone", FindingCode::plan_method_invalid,
         [](AllocationPlan& plan) { plan.stages[0].passes = 3; }},
        {"iterative alone", FindingCode::plan_method_invalid,
         [](AllocationPlan& plan) { plan.stages[0].method = StageMethod::iterative; }},
        {"self service alone", FindingCode::plan_method_invalid,
         [](AllocationPlan& plan) { plan.stages[0].self_service = true; }},
        {"keep with mutual", FindingCode::plan_method_invalid,
         [](AllocationPlan& plan) {
             plan.negative_balances = NegativeBalances::keep;
             plan.stages[0].method = StageMethod::mutual;
         }},
        {"by class with a clinical sender", FindingCode::plan_method_invalid,
         [](AllocationPlan& plan) {
             plan.stages[3].by_class = true;
             plan.stages[3].senders = {"U"};
             plan.stages[3].receivers = {"V"};
         }},
        {"form with reciprocal", FindingCode::plan_rounding_needs_step,
         [](AllocationPlan& plan) {
             plan.rounding = PlanRounding::cms_form;
             plan.stages[0].method = StageMethod::reciprocal;
         }},
        {"made driver of a taken code", FindingCode::driver_formula_invalid,
         [](AllocationPlan& plan) {
             plan.made_drivers = {{.driver = "heads", .terms = {{Rate(), {"packs"}, false}}}};
         }},
        {"made driver of unlike terms", FindingCode::driver_formula_invalid,
         [](AllocationPlan& plan) {
             plan.made_drivers = {
                 {.driver = "x", .terms = {{Rate(), {"packs"}, false}, {Rate(), {"packs"}, true}}}};
         }},
        {"made driver with a negative factor", FindingCode::driver_formula_invalid,
         [](AllocationPlan& plan) {
             plan.made_drivers = {
                 {.driver = "x", .terms = {{Rate::from_raw(-1), {"packs"}, false}}}};
         }},
        {"made driver of a made one", FindingCode::driver_formula_invalid,
         [](AllocationPlan& plan) {
             plan.made_drivers = {{.driver = "x", .terms = {{Rate(), {"packs"}, false}}},
                                  {.driver = "y", .terms = {{Rate(), {"x"}, false}}}};
         }},
        {"made driver of an unknown one", FindingCode::unknown_driver, [](AllocationPlan& plan) {
             plan.made_drivers = {{.driver = "x", .terms = {{Rate(), {"moon"}, false}}}};
         }}};
    expect_each(faults);
}

}  // namespace
}  // namespace yuanliu::costing
