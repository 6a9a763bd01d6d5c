// Why this file: each base and each finding of moves of direct cost (docs/collection.md), by
// arithmetic that stands beside it.
#include <gtest/gtest.h>

#include "cost_month.hpp"
#include "costing/collect/direct_cost.hpp"

namespace yuanliu::costing {
namespace {

using namespace cost_month;  // NOLINT(google-build-using-namespace): a test's own vocabulary

using Texts = std::vector<std::string>;

MoveRule move_of(const char* name, std::vector<std::string> from) {
    MoveRule rule;
    rule.name = name;
    rule.departments = std::move(from);
    return rule;
}

MoveRule by_heads(std::vector<std::string> receivers) {
    MoveRule rule = move_of("heads", {"P"});
    rule.entry = CostEntry::calculated;
    rule.drivers = MoveDrivers{.chain = {"heads"}, .receivers = std::move(receivers)};
    return rule;
}

MoveRule by_table(MoveTable table) {
    MoveRule rule = move_of("table", {"P"});
    rule.table = MoveByTable{.table = table};
    return rule;
}

DirectCost collect(const Month& month, std::vector<MoveRule> moves) {
    return collect_direct_cost(month, CollectionRules{.version = "t", .moves = std::move(moves)});
}

/// "U pay basic 1.00", of every cell that holds cost.
Texts held(const Month& month, const DirectCost& direct) {
    Texts texts;
    for (std::size_t d = 0; d < month.departments.size(); ++d) {
        const auto cells = direct.balances.of(DepartmentId(d));
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!cells[i].is_zero()) {
                const CellKey key = Balances::key_at(i);
                texts.push_back(month.departments[d].code + " " +
                                month.cost_items[key.cost_item.index()].code + " " +
                                std::string(word_of(key.fund)) + " " + cells[i].text());
            }
        }
    }
    return texts;
}

Texts said(const DirectCost& direct) {
    Texts texts;
    for (const Finding& finding : direct.findings) {
        texts.push_back(std::string(name_of(finding.severity)) + " " +
                        std::string(name_of(finding.code)) + " " + finding.where.column);
        for (const std::string& argument : finding.arguments) {
            texts.back() += " [" + argument + "]";
        }
    }
    return texts;
}

/// 100.00 of rent on P; U has a meter that says 60, B has 30 heads, M 40, U 1000.
Month month_with_meter() {
    Month month = empty_month();
    month.drivers.insert(month.drivers.begin() + 1,
                         {.code = "meter", .name = "meter", .unit = "kWh"});
    book(month, kP, 2, 10'000);
    read_driver(month, 0, kB, 30);
    read_driver(month, 0, kM, 40);
    read_driver(month, 0, kU, 1000);
    read_driver(month, 1, kU, 60);
    return month;
}

MoveRule metered(std::int64_t tariff_e4) {
    MoveRule rule = by_heads({"B", "M", "U"});
    rule.drivers->metered = "meter";
    rule.drivers->tariff = Rate::from_raw(tariff_e4);
    return rule;
}

TEST(Collection, metered_users_pay_their_meter_and_the_others_share_the_rest) {
    const Month month = month_with_meter();
    const DirectCost direct = collect(month, {metered(5'000)});  // 60 x 0.50 = 30.00
    EXPECT_EQ(held(month, direct),
              (Texts{"B rent basic 30.00", "M rent basic 40.00", "U rent basic 30.00"}));
    ASSERT_EQ(direct.collection.moves.size(), 3U);
    EXPECT_EQ(direct.collection.moves[2].base.trimmed(), "30");
    EXPECT_EQ(direct.collection.moves[2].base_total.trimmed(), "100");
    EXPECT_EQ(direct.collection.collected[0].calculated.text(), "30.00");
    EXPECT_TRUE(direct.findings.empty());
}

TEST(Collection, a_bill_below_the_meters_is_divided_in_their_proportion_and_said) {
    const Month month = month_with_meter();
    const DirectCost direct = collect(month, {metered(20'000)});  // 60 x 2 = 120.00
    EXPECT_EQ(held(month, direct), (Texts{"U rent basic 100.00"}));
    EXPECT_EQ(said(direct),
              (Texts{"warn metered_above_bill move[0] [heads] [P] [100.00] [120.00]"}));
}

TEST(Collection, pay_follows_the_persons_time_and_teaching_its_fund_source) {
    Month month = empty_month();
    book(month, kP, 1, 450'000);
    month.payroll = {{"N1", DepartmentId(kU), "base", FundSource::basic, fen(900'000)}};
    month.staff_time = {
        {TimeUnit::staff, "N1", DepartmentId(kU), TimeActivity::ward, Quantity::from_raw(3600)},
        {TimeUnit::staff, "N1", DepartmentId(kV), TimeActivity::teaching,
         Quantity::from_raw(1800)}};
    MoveRule rule = by_table(MoveTable::payroll);
    rule.table->by_time = true;
    const DirectCost direct = collect(month, {rule});
    EXPECT_EQ(held(month, direct), (Texts{"U pay basic 3000.00", "V pay teaching 1500.00"}));
    EXPECT_EQ(said(direct), (Texts{"warn move_base_differs move[0] [table] [4500.00] [9000.00] "
                                   "[-4500.00]"}));
}

TEST(Collection, depreciation_inherits_what_paid_for_the_asset) {
    Month month = empty_month();
    book(month, kP, 2, 10'001);
    Asset asset{.code = "A1",
                .department = DepartmentId(kM),
                .kind = AssetKind::special,
                .depreciation = fen(10'001)};
    asset.paid = {fen(100), fen(200)};  // 1 : 2 -> 33.336.. and 66.673..; the fen left to the first
    month.assets = {asset};
    const DirectCost direct = collect(month, {by_table(MoveTable::assets)});
    EXPECT_EQ(held(month, direct), (Texts{"M rent basic 33.34", "M rent fiscal_project 66.67"}));
    EXPECT_TRUE(direct.findings.empty());
}

TEST(Collection, a_later_move_takes_what_an_earlier_one_put_and_never_its_own) {
    Month month = empty_month();
    book(month, kP, 2, 900);
    MoveRule first = move_of("first", {"P"});
    first.to = {{.department = "U", .share = Rate::from_raw(6'000)},
                {.out = "GCP", .share = Rate::from_raw(4'000)}};
    MoveRule second = move_of("second", {"U", "V"});
    second.to = {{.department = "V"}};
    second.share = Rate::from_raw(5'000);
    const DirectCost direct = collect(month, {first, second});
    EXPECT_EQ(held(month, direct), (Texts{"U rent basic 2.70", "V rent basic 2.70"}));
    EXPECT_EQ(direct.excluded_total.text(), "3.60");
    EXPECT_EQ(direct.collection.pieces[0].entry, CostEntry::direct);
}

TEST(Collection, a_reversal_cancels_its_original_in_every_department) {
    Month month = empty_month();
    for (const std::int64_t amount : {10'001, -10'001}) {
        book(month, kP, 2, amount);
    }
    read_driver(month, 0, kU, 1);
    read_driver(month, 0, kV, 2);
    const DirectCost direct = collect(month, {by_heads({"class:clinical"})});
    EXPECT_TRUE(held(month, direct).empty());
    EXPECT_EQ(direct.collection.moves.size(), 4U);
}

TEST(Collection, without_moves_nothing_changes_and_nothing_is_shown) {
    Month month = empty_month();
    book(month, kU, 1, 500);
    EXPECT_FALSE(collect_direct_cost(month).collection.has_rules);
    const DirectCost direct = collect(month, {});
    EXPECT_TRUE(direct.collection.has_rules);
    EXPECT_EQ(held(month, direct), (Texts{"U pay basic 5.00"}));
    EXPECT_EQ(direct.collection.collected.size(), 1U);
}

struct Fault {
    const char* name;
    std::function<void(Month&, MoveRule&)> plant;
    const char* expected;
};

TEST(Collection, every_fault_of_a_move_is_named_with_its_key) {
    const std::vector<Fault> faults{
        {"unknown sender", [](Month&, MoveRule& r) { r.departments = {"Z"}; },
         "stop unknown_department move[0].departments [Z]"},
        {"unknown account", [](Month&, MoveRule& r) { r.accounts = {"77"}; },
         "stop unknown_account move[0].accounts [77]"},
        {"unknown item", [](Month&, MoveRule& r) { r.cost_items = {"tea"}; },
         "stop unknown_cost_item move[0].cost_items [tea]"},
        {"unknown driver", [](Month&, MoveRule& r) { r.drivers->chain = {"x"}; },
         "stop unknown_driver move[0].drivers [x]"},
        {"closed receiver", [](Month& m, MoveRule&) { m.departments[kU].usable = false; },
         "stop move_target_invalid move[0].receivers [heads] [U]"},
        {"excluded receiver",
         [](Month& m, MoveRule&) {
             m.departments[kU].department_class = DepartmentClass::excluded;
         },
         "stop move_target_invalid move[0].receivers [heads] [U]"},
        {"no receiver", [](Month&, MoveRule& r) { r.drivers->except_receivers = {"U"}; },
         "stop move_receivers_empty move[0].receivers [heads]"},
        {"shares above one",
         [](Month&, MoveRule& r) {
             r.drivers.reset();
             r.to = {{.department = "U"}, {.department = "V", .share = Rate::from_raw(1)}};
         },
         "stop move_shares_not_one move[0].to [heads] [1.0001]"},
        {"no base", [](Month& m, MoveRule&) { m.driver_readings.clear(); },
         "stop move_base_is_zero move[0] [heads] [P] [heads]"},
        {"fell back",
         [](Month&, MoveRule& r) {
             r.drivers->chain = {"packs", "heads"};
         },
         "warn move_fell_back move[0] [heads] [P] [heads]"},
        {"matches nothing", [](Month&, MoveRule& r) { r.accounts = {"1"}; },
         "warn move_matches_nothing move[0] [heads]"},
        {"bases too large",
         [](Month& m, MoveRule&) {
             for (DriverReading& reading : m.driver_readings) {
                 reading.value = Quantity::from_raw(std::int64_t{1} << 62);
             }
             read_driver(m, 0, kV, 1);
         },
         nullptr},
    };
    for (const Fault& fault : faults) {
        Month month = empty_month();
        book(month, kP, 2, 900);
        read_driver(month, 0, kU, 1);
        MoveRule rule = by_heads({"U"});
        if (fault.expected == nullptr) {
            rule = by_heads({"U", "V"});
        }
        fault.plant(month, rule);
        const Texts expected{fault.expected != nullptr
                                 ? fault.expected
                                 : "stop move_base_too_large move[0] [heads] [heads]"};
        EXPECT_EQ(said(collect(month, {rule})).front(), expected.front()) << fault.name;
    }
}

TEST(Collection, a_move_of_another_time_may_name_departments_of_another_time) {
    Month month = empty_month();
    book(month, kP, 2, 900);
    month.departments[kU].usable = false;
    MoveRule rule = by_heads({"U"});
    rule.until = Period(2026, 8);
    const DirectCost direct = collect(month, {rule});
    EXPECT_TRUE(direct.findings.empty());
    EXPECT_EQ(held(month, direct), (Texts{"P rent basic 9.00"}));
}

TEST(Collection, a_person_without_time_keeps_the_pay_where_it_is_and_is_named) {
    Month month = empty_month();
    book(month, kP, 1, 700);
    month.payroll = {{"N1", DepartmentId(kU), "base", FundSource::basic, fen(700)}};
    MoveRule rule = by_table(MoveTable::payroll);
    rule.table->by_time = true;
    const DirectCost direct = collect(month, {rule});
    EXPECT_EQ(held(month, direct), (Texts{"U pay basic 7.00"}));
    EXPECT_EQ(said(direct), (Texts{"warn staff_without_time move[0] [table] [N1]"}));
}

}  // namespace
}  // namespace yuanliu::costing
