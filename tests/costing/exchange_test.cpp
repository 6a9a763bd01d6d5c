// Why this file: every method of allocation by hand figures: A holds 100.00 and serves B 1, W 3; B
// holds 60.00 and serves A 1, W 2. Then the keys of rules, made drivers, closed loops.
#include "costing/allocate/exchange.hpp"

#include <gtest/gtest.h>

#include "cost_month.hpp"
#include "costing/allocate/form_rounding.hpp"
#include "costing/allocate/plan_check.hpp"
#include "costing/collect/direct_cost.hpp"

namespace yuanliu::costing {
namespace {

using namespace cost_month;  // NOLINT(google-build-using-namespace): a test's own vocabulary

constexpr std::size_t kW = kU;  // a ward

void serve(Month& month, std::size_t sender, std::size_t target, std::int64_t use) {
    read_driver(month, 0, target, use, DepartmentId(sender));
}

Month two_that_serve_each_other() {
    Month month = empty_month();
    book(month, kA, 1, 10'000);
    book(month, kB, 1, 6'000);
    serve(month, kA, kB, 1);
    serve(month, kA, kW, 3);
    serve(month, kB, kA, 1);
    serve(month, kB, kW, 2);
    return month;
}

AllocationPlan plan_of(StageMethod method) {
    AllocationPlan plan{.version = "t", .stages = {}};
    plan.stages.push_back(stage(Origin::auxiliary, {"A", "B"}, {"class:clinical"}));
    plan.stages[0].method = method;
    return plan;
}

Allocation allocated(const Month& month, const AllocationPlan& plan) {
    const ResolvedPlan resolved = resolve_plan(month, plan);
    EXPECT_TRUE(resolved.findings.empty());
    return allocate(month, resolved, collect_direct_cost(month).balances);
}

/// "pass SENDER>RECEIVER cost of pool", in the order of passing.
std::vector<std::string> told(const Month& month, const Allocation& out) {
    std::vector<std::string> rows;
    for (const TransferRow& row : out.transfers) {
        rows.push_back(std::to_string(row.pass) + " " + month.departments[row.sender.index()].code +
                       ">" + month.departments[row.receiver.index()].code + " " + row.cost.text() +
                       " of " + row.pool.text());
    }
    return rows;
}

struct MethodCase {
    StageMethod method;
    std::vector<std::string> rows;
};

TEST(Exchange, each_method_by_hand) {
    const std::vector<MethodCase> cases{
        {StageMethod::outward, {"1 A>U 100.00 of 100.00", "1 B>U 60.00 of 60.00"}},
        {StageMethod::sequential,
         {"1 A>B 25.00 of 100.00", "1 A>U 75.00 of 100.00", "1 B>U 85.00 of 85.00"}},
        {StageMethod::mutual,
         {"1 A>B 25.00 of 100.00", "1 B>A 20.00 of 60.00", "2 A>U 95.00 of 95.00",
          "2 B>U 65.00 of 65.00"}},
        {StageMethod::peer_first,
         {"1 A>B 100.00 of 100.00", "1 B>A 60.00 of 60.00", "2 A>U 60.00 of 60.00",
          "2 B>U 100.00 of 100.00"}},
        {StageMethod::twice,
         {"1 A>B 25.00 of 100.00", "1 A>U 75.00 of 100.00", "1 B>A 20.00 of 60.00",
          "1 B>U 40.00 of 60.00", "2 A>B 5.00 of 20.00", "2 A>U 15.00 of 20.00",
          "2 B>U 30.00 of 30.00"}},
        // A = 100 + B/3, B = 60 + A/4: A = 120/(11/12) = 130.909.., B = 92.7272..
        {StageMethod::reciprocal,
         {"1 A>B 32.73 of 130.91", "1 A>U 98.18 of 130.91", "1 B>A 30.91 of 92.73",
          "1 B>U 61.82 of 92.73"}}};
    const Month month = two_that_serve_each_other();
    for (const MethodCase& one : cases) {
        const Allocation out = allocated(month, plan_of(one.method));
        EXPECT_EQ(told(month, out), one.rows) << word_of(one.method);
        EXPECT_TRUE(out.findings.empty()) << word_of(one.method);
    }
}

TEST(Exchange, what_iteration_leaves_is_stated_and_then_goes_outward) {
    const Month month = two_that_serve_each_other();
    AllocationPlan plan = plan_of(StageMethod::iterative);
    plan.stages[0].passes = 1;
    const Allocation out = allocated(month, plan);
    EXPECT_EQ(told(month, out),
              (std::vector<std::string>{"1 A>B 25.00 of 100.00", "1 A>U 75.00 of 100.00",
                                        "1 B>A 20.00 of 60.00", "1 B>U 40.00 of 60.00",
                                        "2 A>U 20.00 of 20.00", "2 B>U 25.00 of 25.00"}));
    ASSERT_EQ(out.findings.size(), 1U);
    EXPECT_EQ(out.findings[0].code, FindingCode::iteration_residual);
    EXPECT_EQ(out.findings[0].severity, Severity::warn);
    EXPECT_EQ(out.findings[0].arguments, (std::vector<std::string>{"auxiliary", "45.00"}));
}

TEST(Exchange, the_order_of_a_sequence_is_the_order_written) {
    const Month month = two_that_serve_each_other();
    AllocationPlan plan = plan_of(StageMethod::sequential);
    plan.stages[0].senders = {"B", "class:auxiliary", "A"};
    EXPECT_EQ(told(month, allocated(month, plan)),
              (std::vector<std::string>{"1 B>A 20.00 of 60.00", "1 B>U 40.00 of 60.00",
                                        "1 A>U 120.00 of 120.00"}));
}

TEST(Exchange, a_negative_balance_may_be_kept) {
    Month month = two_that_serve_each_other();
    book(month, kA, 1, -30'000);
    AllocationPlan plan = plan_of(StageMethod::sequential);
    plan.negative_balances = NegativeBalances::keep;
    const Allocation out = allocated(month, plan);
    EXPECT_EQ(told(month, out), std::vector<std::string>{"1 B>U 60.00 of 60.00"});
    EXPECT_TRUE(std::equal(out.balances.of(DepartmentId(kA)).begin(),
                           out.balances.of(DepartmentId(kA)).end(),
                           out.direct.of(DepartmentId(kA)).begin()));
}

TEST(Exchange, a_stage_by_class_gives_each_sender_its_own_origin) {
    const Month month = two_that_serve_each_other();
    AllocationPlan plan = plan_of(StageMethod::outward);
    plan.stages[0].by_class = true;
    const Allocation out = allocated(month, plan);
    EXPECT_EQ(out.transfers[0].origin, Origin::administrative);
    EXPECT_EQ(out.transfers[1].origin, Origin::auxiliary);
}

TEST(Exchange, rules_may_name_items_funds_months_and_receivers) {
    Month month = empty_month();
    book(month, kA, 1, 1'000);
    book(month, kA, 2, 2'000);
    book(month, kA, 2, 3'000, FundSource::research);
    read_driver(month, 0, kU, 1);
    read_driver(month, 0, kV, 1);
    AllocationPlan plan = plan_of(StageMethod::outward);
    const StageRule general = plan.stages[0].rules[0];
    StageRule expired = general;
    expired.until = Period(2026, 8);
    expired.receivers = std::vector<std::string>{"V"};
    StageRule rent = general;
    rent.cost_items = {"rent"};
    rent.fund_sources = {"basic"};
    rent.from = Period(2026, 9);
    rent.except_receivers = {"U"};
    plan.stages[0].rules = {expired, rent, general};
    EXPECT_EQ(told(month, allocated(month, plan)),
              (std::vector<std::string>{"1 A>U 5.00 of 10.00", "1 A>V 5.00 of 10.00",
                                        "1 A>V 20.00 of 20.00", "1 A>U 15.00 of 30.00",
                                        "1 A>V 15.00 of 30.00"}));
}

// Shares of heads 1 : 3 and of packs 1 : 1: 0.6 x 0.25 + 0.4 x 0.5 = 0.35. Products: 2 x 1 x 5 and
// 2 x 3 x 5.
TEST(Exchange, drivers_may_be_made_of_others) {
    Month month = empty_month();
    book(month, kA, 1, 10'000);
    read_driver(month, 0, kU, 1);
    read_driver(month, 0, kV, 3);
    read_driver(month, 1, kU, 5);
    read_driver(month, 1, kV, 5);
    AllocationPlan plan = plan_of(StageMethod::outward);
    plan.stages[0].rules[0].drivers = {"made"};
    plan.made_drivers = {{.driver = "made",
                          .terms = {{Rate::from_raw(6'000), {"heads"}, true},
                                    {Rate::from_raw(4'000), {"packs"}, true}}}};
    const Allocation shares = allocated(month, plan);
    EXPECT_EQ(told(month, shares),
              (std::vector<std::string>{"1 A>U 35.00 of 100.00", "1 A>V 65.00 of 100.00"}));
    EXPECT_EQ(shares.transfers[0].base_total.trimmed(), "1000000000000");
    plan.made_drivers[0].terms = {{Rate::from_raw(20'000), {"heads", "packs"}, false}};
    const Allocation products = allocated(month, plan);
    EXPECT_EQ(told(month, products),
              (std::vector<std::string>{"1 A>U 25.00 of 100.00", "1 A>V 75.00 of 100.00"}));
    EXPECT_EQ(products.transfers[0].base.trimmed(), "10");
    plan.made_drivers[0].terms = {{Rate::from_raw(10'000), {"heads"}, true},
                                  {Rate::from_raw(10'000), {"packs"}, true}};
    for (DriverReading& reading : month.driver_readings) {
        reading.value = reading.driver == DriverId(std::size_t{1}) ? Quantity() : reading.value;
    }
    const Allocation one_left = allocated(month, plan);
    ASSERT_EQ(one_left.findings.size(), 1U);
    EXPECT_EQ(one_left.findings[0].code, FindingCode::driver_term_is_zero);
    EXPECT_EQ(one_left.findings[0].arguments,
              (std::vector<std::string>{"made", "packs", "A", "auxiliary"}));
}

TEST(Exchange, bases_that_no_split_can_carry_stop) {
    Month month = empty_month();
    book(month, kA, 1, 10'000);
    read_driver(month, 0, kU, 100'000'000'000);
    AllocationPlan plan = plan_of(StageMethod::outward);
    plan.stages[0].rules[0].drivers = {"made"};
    plan.made_drivers = {
        {.driver = "made", .terms = {{Rate::from_raw(10'000), {"heads", "heads"}, false}}}};
    const Allocation out = allocated(month, plan);
    ASSERT_EQ(out.findings.size(), 1U);
    EXPECT_EQ(out.findings[0].code, FindingCode::weight_overflow);
    EXPECT_EQ(out.findings[0].arguments, (std::vector<std::string>{"made", "A"}));
}

TEST(Reciprocal, a_loop_without_a_way_out_is_named_as_a_path) {
    Month month = empty_month();
    book(month, kA, 1, 10'000);
    serve(month, kA, kB, 1);
    serve(month, kB, kA, 1);
    const Allocation out = allocated(month, plan_of(StageMethod::reciprocal));
    ASSERT_EQ(out.findings.size(), 1U);
    EXPECT_EQ(out.findings[0].code, FindingCode::plan_loop_closed);
    EXPECT_EQ(out.findings[0].arguments, (std::vector<std::string>{"A → B → A", "staff"}));
    Month elsewhere = month;
    elsewhere.ledger.clear();
    book(elsewhere, kU, 1, 10'000);
    EXPECT_TRUE(allocated(elsewhere, plan_of(StageMethod::reciprocal)).findings.empty());
}

TEST(Reciprocal, totals_that_hardly_get_out_stop) {
    Month month = empty_month();
    book(month, kA, 1, 1'000'000);
    serve(month, kA, kB, 10'000'000'000);
    serve(month, kB, kA, 10'000'000'000);
    month.driver_readings.push_back({.driver = DriverId(0U),
                                     .sender = DepartmentId(kB),
                                     .department = DepartmentId(kU),
                                     .value = Quantity::from_raw(1)});
    const Allocation out = allocated(month, plan_of(StageMethod::reciprocal));
    ASSERT_EQ(out.findings.size(), 1U);
    EXPECT_EQ(out.findings[0].code, FindingCode::reciprocal_out_of_bounds);
}

// The first column: agency 34033 of the public cost reports; a tail of -1 goes to the largest base.
TEST(FormRounding, is_that_of_the_form) {
    const std::vector<Part> parts{{.weight = 9'910'000, .key = "16"},
                                  {.weight = 5'440'000, .key = "21"},
                                  {.weight = 4'250'000, .key = "24"},
                                  {.weight = 1'770'000, .key = "53"}};
    EXPECT_EQ(split_by_form(fen(5'300), parts),
              (std::vector<Money>{fen(2'500), fen(1'300), fen(1'100), fen(400)}));
    const std::vector<Part> equal{{.weight = 1, .key = "b"}, {.weight = 1, .key = "a"}};
    EXPECT_EQ(split_by_form(fen(100), equal), (std::vector<Money>{fen(100), fen(0)}));
    EXPECT_EQ(split_by_form(fen(-100), equal), (std::vector<Money>{fen(0), fen(-100)}));
}

TEST(PlanCheck, a_month_without_readings_is_told_before_a_run) {
    Month month = empty_month();
    book(month, kA, 1, 10'000);
    const ResolvedPlan plan = resolve_plan(month, plan_of(StageMethod::outward));
    const auto missing = missing_drivers(month, plan);
    ASSERT_EQ(missing.size(), 1U);
    EXPECT_EQ(missing[0].code, FindingCode::driver_missing_for_month);
    EXPECT_EQ(missing[0].severity, Severity::warn);
    EXPECT_EQ(missing[0].where.column, "stage[0].rule[0].drivers");
    EXPECT_EQ(missing[0].arguments, std::vector<std::string>{"heads"});
    const auto stuck = immovable_pools(month, plan);
    ASSERT_EQ(stuck.size(), 1U);
    EXPECT_EQ(stuck[0].code, FindingCode::plan_cannot_move);
    EXPECT_EQ(stuck[0].arguments, (std::vector<std::string>{"A", "staff", "heads"}));
}

TEST(PlanCheck, a_formula_with_a_fault_is_not_told_again) {
    Month month = empty_month();
    book(month, kA, 1, 10'000);
    AllocationPlan plan = plan_of(StageMethod::outward);
    plan.stages[0].rules[0].drivers = {"made"};
    for (const bool is_share : {false, true}) {
        plan.made_drivers = {{.driver = "made",
                              .terms = {{Rate::from_raw(10'000), {"heads"}, is_share},
                                        {Rate::from_raw(10'000), {"moon"}, is_share}}}};
        const ResolvedPlan resolved = resolve_plan(month, plan);
        ASSERT_EQ(resolved.findings.size(), 1U);
        EXPECT_EQ(resolved.findings[0].code, FindingCode::unknown_driver);
        EXPECT_EQ(resolved.findings[0].where.column, "driver[0].terms[1].drivers");
        EXPECT_EQ(missing_drivers(month, resolved).size(), 0U);
        EXPECT_EQ(immovable_pools(month, resolved).size(), 0U);
    }
}

}  // namespace
}  // namespace yuanliu::costing
