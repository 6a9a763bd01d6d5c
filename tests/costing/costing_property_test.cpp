// Why this file: laws of the costing chain on random small hospitals: nothing is lost, and neither
// the order of lines nor of work changes a fen.
#include <gtest/gtest.h>
// RapidCheck's header needs GoogleTest's before it.
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "cost_month.hpp"
#include "costing/run/run_costing.hpp"

namespace yuanliu::costing {
namespace {

using namespace cost_month;  // NOLINT(google-build-using-namespace): a test's own vocabulary

Month random_month() {
    Month month = empty_month();
    const auto ledger_lines = *rc::gen::inRange<std::size_t>(1, 12);
    for (std::size_t i = 0; i < ledger_lines; ++i) {
        book(month, *rc::gen::inRange<std::size_t>(0, 6), *rc::gen::inRange<std::size_t>(0, 4),
             *rc::gen::inRange<std::int64_t>(-50'000, 100'000),
             static_cast<FundSource>(*rc::gen::inRange(0, 5)));
    }
    for (std::size_t d = 0; d < month.departments.size(); ++d) {
        read_driver(month, 0, d, *rc::gen::inRange<std::int64_t>(d >= kU ? 1 : 0, 50));
    }
    const auto encounters = *rc::gen::inRange<std::size_t>(1, 9);
    for (std::size_t e = 0; e < encounters; ++e) {
        add_encounter(month, "E" + std::to_string(e),
                      static_cast<StayStatus>(*rc::gen::inRange(0, 4)));
    }
    const auto lines = *rc::gen::inRange<std::size_t>(0, 40);
    for (std::size_t i = 0; i < lines; ++i) {
        const auto quantity = *rc::gen::inRange<std::int64_t>(-2, 9);
        add_line(month, {.encounter = *rc::gen::inRange<std::size_t>(0, encounters),
                         .item = *rc::gen::inRange<std::size_t>(0, 3),
                         .department = *rc::gen::elementOf(std::vector<std::size_t>{kM, kU, kV}),
                         .quantity = quantity,
                         .charge_fen = quantity * *rc::gen::inRange<std::int64_t>(0, 9'999)});
    }
    const auto parked = *rc::gen::inRange<std::size_t>(0, 5);
    for (std::size_t i = 0; i < parked; ++i) {
        month.parked_lines.push_back(
            {.encounter = "X" + std::to_string(i / 2),
             .line = std::to_string(i),
             .charged_on = {},
             .service_item = ServiceItemId(*rc::gen::inRange<std::size_t>(0, 3)),
             .executing = DepartmentId(*rc::gen::elementOf(std::vector<std::size_t>{kM, kU, kV})),
             .quantity = Quantity::from_raw(*rc::gen::inRange<std::int64_t>(-20'000, 50'000)),
             .charge = fen(*rc::gen::inRange<std::int64_t>(-9'999, 9'999))});
    }
    return month;
}

Money sum_of(const std::vector<Money>& amounts) {
    Money sum;
    for (const Money amount : amounts) {
        sum += amount;
    }
    return sum;
}

/// Everything that a department's figures rest on, as text: transfers, department cells, pools and
/// their items.
std::vector<std::string> texts_of(const CostingResult& result) {
    std::vector<std::string> texts;
    for (const TransferRow& row : result.transfers) {
        texts.push_back(std::to_string(row.stage) + "/" + std::to_string(row.sender.value()) + "/" +
                        std::to_string(row.receiver.value()) + "/" + row.base.text() + "/" +
                        row.pool.text() + "/" + row.cost.text());
    }
    for (const DepartmentCostRow& row : result.department_costs) {
        texts.push_back(std::to_string(row.department.value()) + "/" +
                        std::string(word_of(row.kind)) + "/" + row.cost.text());
    }
    for (const PoolResult& pool : result.pools) {
        texts.push_back(pool.cost.text() + "/" + std::to_string(pool.weight));
        for (const ServiceItemCost& item : pool.items) {
            texts.push_back(std::to_string(item.weight) + "/" + item.cost.text());
        }
    }
    return texts;
}

RC_GTEST_PROP(Costing, direct_cost_is_with_patients_parked_or_unallocated, ()) {
    const Month month = random_month();
    const CostingOutcome out = run_costing(month, three_levels(), serial);
    RC_ASSERT(!has_stop(out.findings));
    Money unallocated;
    Money pools;
    for (const PoolResult& pool : out.result.pools) {
        unallocated += pool.unallocated();
        pools += pool.cost;
    }
    RC_ASSERT(pools == out.result.direct_total);
    Money parked;
    for (const Money cost : out.result.parked_cost) {
        parked += cost;
    }
    RC_ASSERT(sum_of(out.result.month_costs.cost) + parked + unallocated ==
              out.result.direct_total);
    RC_ASSERT(out.result.ledger_total == out.result.direct_total + out.result.excluded_total);
    for (const Money after : out.result.total_after_stage) {
        RC_ASSERT(after == out.result.direct_total);
    }
}

RC_GTEST_PROP(Costing, every_item_and_fund_source_is_conserved, ()) {
    const Month month = random_month();
    const CostingOutcome out = run_costing(month, three_levels(), serial);
    for (std::size_t item = 0; item < month.cost_items.size(); ++item) {
        for (std::size_t fund = 0; fund < kFundSources; ++fund) {
            Money direct;
            Money full;
            for (const DepartmentCostRow& row : out.result.department_costs) {
                if (row.cost_item.index() == item && static_cast<std::size_t>(row.fund) == fund) {
                    direct += row.kind == CostKind::direct ? row.cost : Money();
                    full += row.kind == CostKind::full ? row.cost : Money();
                }
            }
            RC_ASSERT(direct == full);
        }
    }
}

RC_GTEST_PROP(Costing, order_of_lines_and_of_work_changes_nothing, ()) {
    const Month month = random_month();
    Month reversed = month;
    std::reverse(reversed.ledger.begin(), reversed.ledger.end());
    std::reverse(reversed.driver_readings.begin(), reversed.driver_readings.end());
    ChargeLines& lines = reversed.charge_lines;
    std::reverse(lines.encounter.begin(), lines.encounter.end());
    std::reverse(lines.service_item.begin(), lines.service_item.end());
    std::reverse(lines.executing.begin(), lines.executing.end());
    std::reverse(lines.quantity.begin(), lines.quantity.end());
    std::reverse(lines.charge.begin(), lines.charge.end());
    const CostingOutcome one = run_costing(month, three_levels(), serial);
    const CostingOutcome two = run_costing(reversed, three_levels(), backwards);
    RC_ASSERT(one.result.month_costs.cost == two.result.month_costs.cost);
    RC_ASSERT(one.result.month_costs.rank == two.result.month_costs.rank);
    RC_ASSERT(one.result.parked_cost == two.result.parked_cost);
    RC_ASSERT(texts_of(one.result) == texts_of(two.result));
}

RC_GTEST_PROP(Costing, a_stay_sums_its_components, ()) {
    const Month month = random_month();
    const CostingOutcome out = run_costing(month, three_levels(), serial);
    const EncounterCosts& costs = out.result.month_costs;
    for (std::size_t e = 0; e < month.encounters.size(); ++e) {
        Money sum;
        for (std::size_t at = costs.offset[e]; at < costs.offset[e + 1]; ++at) {
            sum += costs.cost[at];
        }
        RC_ASSERT(sum == out.result.stays[e].month_cost);
    }
}

}  // namespace
}  // namespace yuanliu::costing
