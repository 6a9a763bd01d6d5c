// Why this file: laws of divided pools on random small hospitals, refunds and negative bookings
// included: every component of a pool is with patients, parked, idle or unallocated; items, days,
// visits, idle and unallocated give the pool again; neither the order of rows nor of work changes a
// fen.
#include <gtest/gtest.h>
// RapidCheck's header needs GoogleTest's before it.
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "cost_month.hpp"
#include "costing/run/run_costing.hpp"

namespace yuanliu::costing {
namespace {

using namespace cost_month;  // NOLINT(google-build-using-namespace): a test's own vocabulary

constexpr std::size_t kItems = 3;

void add_use(Month& month) {
    const auto encounters = *rc::gen::inRange<std::size_t>(1, 9);
    for (std::size_t e = 0; e < encounters; ++e) {
        add_encounter(month, "E" + std::to_string(e),
                      static_cast<StayStatus>(*rc::gen::inRange(0, 4)));
        if (month.encounters.back().kind == EncounterKind::inpatient) {
            for (const std::size_t department : {kU, kV}) {
                month.ward_stays.push_back(
                    {.encounter = EncounterId(e),
                     .department = DepartmentId(department),
                     .days = Quantity::from_raw(*rc::gen::inRange<std::int64_t>(1, 300'000))});
            }
        }
    }
    const auto lines = *rc::gen::inRange<std::size_t>(0, 40);
    for (std::size_t i = 0; i < lines; ++i) {
        const auto quantity = *rc::gen::inRange<std::int64_t>(-2, 9);
        add_line(month, {.encounter = *rc::gen::inRange<std::size_t>(0, encounters),
                         .item = *rc::gen::inRange<std::size_t>(0, kItems),
                         .department = *rc::gen::elementOf(std::vector<std::size_t>{kM, kU, kV}),
                         .quantity = quantity,
                         .charge_fen = quantity * *rc::gen::inRange<std::int64_t>(0, 9'999)});
    }
    if (*rc::gen::arbitrary<bool>()) {
        month.parked_lines.push_back({.encounter = "X",
                                      .line = "1",
                                      .charged_on = {},
                                      .service_item = ServiceItemId(kBedDay),
                                      .executing = DepartmentId(kU),
                                      .quantity = Quantity::from_raw(15'000),
                                      .charge = fen(700)});
    }
}

void add_activities(Month& month) {
    for (const std::size_t item : {kBedDay, kScan}) {
        month.item_drivers.push_back(
            {.item_driver = "minutes",
             .department = {},
             .service_item = ServiceItemId(item),
             .value = Quantity::from_raw(*rc::gen::inRange<std::int64_t>(0, 99'999))});
    }
    for (const std::size_t department : {kM, kU, kV}) {
        const auto count = *rc::gen::inRange(1, 4);
        for (int i = 0; i < count; ++i) {
            const std::string code = "a" + std::to_string(i);
            const auto measure = static_cast<Measure>(*rc::gen::inRange(0, 5));
            DeclaredActivity activity{.department = DepartmentId(department),
                                      .code = code,
                                      .name = code,
                                      .measure = measure,
                                      .item_driver = {}};
            activity.item_driver = measure == Measure::item_driver ? "minutes" : "";
            if (*rc::gen::arbitrary<bool>()) {
                activity.capacity =
                    Quantity::from_raw(*rc::gen::inRange<std::int64_t>(1, 2'000'000));
            }
            month.activities.push_back(activity);
            month.activity_readings.push_back(
                {.department = DepartmentId(department),
                 .resource_driver = "area",
                 .activity = code,
                 .value = Quantity::from_raw(*rc::gen::inRange<std::int64_t>(1, 99'999))});
        }
    }
}

Month random_items_month() {
    Month month = empty_month();
    const auto ledger_lines = *rc::gen::inRange<std::size_t>(1, 14);
    for (std::size_t i = 0; i < ledger_lines; ++i) {
        book(month, *rc::gen::inRange<std::size_t>(0, 6), *rc::gen::inRange<std::size_t>(0, 4),
             *rc::gen::inRange<std::int64_t>(-50'000, 100'000),
             static_cast<FundSource>(*rc::gen::inRange(0, 5)));
    }
    for (std::size_t d = 0; d < month.departments.size(); ++d) {
        read_driver(month, 0, d, *rc::gen::inRange<std::int64_t>(d >= kU ? 1 : 0, 50));
    }
    // Enough direct cost for what is traced, whatever the lines above booked.
    book(month, kU, 1, 900'000);
    month.traced_costs.push_back({.department = DepartmentId(kU),
                                  .cost_item = CostItemId(kPay),
                                  .fund = FundSource::basic,
                                  .service_item = ServiceItemId(kScan),
                                  .amount = fen(*rc::gen::inRange<std::int64_t>(1, 200'000))});
    add_use(month);
    add_activities(month);
    return month;
}

CostingSettings random_settings() {
    CostingSettings settings;
    for (const char* department : {"M", "U", "V"}) {
        settings.methods.push_back({.departments = {department},
                                    .method = static_cast<ItemMethod>(*rc::gen::inRange(0, 7)),
                                    .item_driver = "minutes"});
        // A chain for activities; service units go by their charges.
        if (settings.methods.back().method == ItemMethod::activity) {
            settings.resources.push_back({.departments = {department},
                                          .cost_categories = {"*"},
                                          .cost_items = {"*"},
                                          .resource_drivers = {"none", "area"}});
        }
    }
    return settings;
}

using Sums = std::array<Money, kComponents>;

RC_GTEST_PROP(Items, every_component_is_used_parked_idle_or_unallocated, ()) {
    const Month month = random_items_month();
    const CostingOutcome out = run_costing(month, three_levels(), serial, random_settings());
    RC_ASSERT(!has_stop(out.findings));
    const CostingResult& result = out.result;
    Sums left{};
    for (const PoolResult& pool : result.pools) {
        for (std::size_t k = 0; k < pool.component_ranks.size(); ++k) {
            left[pool.component_ranks[k]] += pool.component_costs[k];
        }
    }
    for (const ActivityResult& activity : result.activities) {
        for (std::size_t k = 0; k < activity.component_ranks.size(); ++k) {
            const Money gone = activity.weight == 0          ? activity.component_costs[k]
                               : activity.idle_costs.empty() ? Money()
                                                             : activity.idle_costs[k];
            left[activity.component_ranks[k]] -= gone;
        }
    }
    for (std::size_t i = 0; i < result.month_costs.cost.size(); ++i) {
        left[result.month_costs.rank[i]] -= result.month_costs.cost[i];
    }
    RC_ASSERT(left == result.parked_cost);
}

RC_GTEST_PROP(Items, activities_give_the_pool_and_items_what_was_used, ()) {
    const Month month = random_items_month();
    const CostingOutcome out = run_costing(month, three_levels(), serial, random_settings());
    for (const PoolResult& pool : out.result.pools) {
        Money activities;
        Money idle_and_unallocated;
        for (const ActivityResult& activity : out.result.activities) {
            if (activity.department == pool.department && activity.kind == pool.kind) {
                activities += activity.cost;
                idle_and_unallocated += activity.idle_cost + activity.unallocated();
                RC_ASSERT(activity.used_cost() + activity.idle_cost + activity.unallocated() ==
                          activity.cost);
            }
        }
        RC_ASSERT(activities == pool.cost);
        RC_ASSERT(idle_and_unallocated == pool.unallocated());
        Money items;
        for (const ServiceItemCost& item : pool.items) {
            items += item.cost;
        }
        RC_ASSERT(items + idle_and_unallocated == pool.cost);
    }
}

std::vector<std::string> texts_of_items(const CostingResult& result) {
    std::vector<std::string> texts;
    for (const ActivityResult& activity : result.activities) {
        texts.push_back(activity.code + "/" + activity.cost.text() + "/" +
                        std::to_string(activity.use) + "/" + activity.idle_cost.text());
    }
    for (const PoolResult& pool : result.pools) {
        texts.push_back(std::to_string(pool.entries) + "/" + std::to_string(pool.weight));
        for (const ServiceItemCost& item : pool.items) {
            texts.push_back(item.cost.text() + "/" + item.quantity.text());
        }
    }
    for (const HospitalItemCost& item : result.hospital_items) {
        texts.push_back(item.cost.text() + "/" + item.quantity.text());
    }
    return texts;
}

RC_GTEST_PROP(Items, order_of_lines_and_of_work_changes_nothing, ()) {
    const Month month = random_items_month();
    const CostingSettings settings = random_settings();
    Month reversed = month;
    ChargeLines& lines = reversed.charge_lines;
    std::reverse(lines.encounter.begin(), lines.encounter.end());
    std::reverse(lines.service_item.begin(), lines.service_item.end());
    std::reverse(lines.executing.begin(), lines.executing.end());
    std::reverse(lines.quantity.begin(), lines.quantity.end());
    std::reverse(lines.charge.begin(), lines.charge.end());
    std::reverse(reversed.activity_readings.begin(), reversed.activity_readings.end());
    std::reverse(reversed.ledger.begin(), reversed.ledger.end());
    const CostingOutcome one = run_costing(month, three_levels(), serial, settings);
    const CostingOutcome two = run_costing(reversed, three_levels(), backwards, settings);
    RC_ASSERT(one.result.month_costs.cost == two.result.month_costs.cost);
    RC_ASSERT(one.result.month_costs.rank == two.result.month_costs.rank);
    RC_ASSERT(one.result.parked_cost == two.result.parked_cost);
    RC_ASSERT(texts_of_items(one.result) == texts_of_items(two.result));
}

RC_GTEST_PROP(Items, equivalents_by_rule_are_equivalents_without_a_rule, ()) {
    const Month month = random_items_month();
    CostingSettings settings;
    settings.methods = {
        {.departments = {"*"}, .method = ItemMethod::equivalent, .item_driver = {}}};
    const CostingOutcome one = run_costing(month, three_levels(), serial);
    const CostingOutcome two = run_costing(month, three_levels(), serial, settings);
    RC_ASSERT(one.result.month_costs.cost == two.result.month_costs.cost);
    RC_ASSERT(one.result.parked_cost == two.result.parked_cost);
    RC_ASSERT(one.result.hospital_items.empty());
}

}  // namespace
}  // namespace yuanliu::costing
