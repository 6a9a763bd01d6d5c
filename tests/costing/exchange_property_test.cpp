// Why this file: laws of all methods of allocation on random departments that serve each other:
// nothing is lost in any pass, and neither sign, order nor unit of the readings changes a fen.
#include <gtest/gtest.h>
// RapidCheck's header needs GoogleTest's before it.
#include <rapidcheck/gtest.h>

#include "network_month.hpp"

namespace yuanliu::costing {
namespace {

using namespace network_month;  // NOLINT(google-build-using-namespace): a test's own vocabulary

StageMethod any_method() {
    return static_cast<StageMethod>(*rc::gen::inRange(0, 7));
}

/// What a department holds of a cost item and fund source, over origins.
using Held = std::map<std::tuple<std::size_t, std::size_t, FundSource>, std::int64_t>;

Held summed(const Month& month, const Balances& balances) {
    Held held;
    for (std::size_t d = 0; d < month.departments.size(); ++d) {
        const auto cells = balances.of(DepartmentId(d));
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const CellKey key = Balances::key_at(i);
            held[{d, key.cost_item.index(), key.fund}] += cells[i].raw();
        }
    }
    return held;
}

RC_GTEST_PROP(Exchange, nothing_is_lost_and_senders_end_empty, ()) {
    const Network network = random_network();
    const StageMethod method = any_method();
    const bool self_service = method == StageMethod::reciprocal && *rc::gen::arbitrary<bool>();
    const Allocation out = run(network.month, one_stage(method, self_service));
    Held held = summed(network.month, out.direct);
    std::map<std::tuple<std::uint32_t, std::size_t, std::size_t, FundSource>, Money> moved;
    for (const TransferRow& row : out.transfers) {
        held[{row.sender.index(), row.cost_item.index(), row.fund}] -= row.cost.raw();
        held[{row.receiver.index(), row.cost_item.index(), row.fund}] += row.cost.raw();
        moved[{row.pass, row.sender.index(), row.cost_item.index(), row.fund}] += row.cost;
    }
    RC_ASSERT(held == summed(network.month, out.balances));
    for (const auto& [key, amount] : held) {
        RC_ASSERT(std::get<0>(key) >= network.senders || amount == 0);
    }
    for (const TransferRow& row : out.transfers) {
        const bool is_part = (method == StageMethod::mutual && row.pass == 1) || self_service;
        const Money passed = moved[{row.pass, row.sender.index(), row.cost_item.index(), row.fund}];
        RC_ASSERT(is_part || row.pool == passed);
        RC_ASSERT(row.receiver != row.sender && row.base.raw() > 0);
    }
    for (std::size_t d = 0; d < network.month.departments.size(); ++d) {
        const DepartmentId id(d);
        for (std::size_t i = 0; i < out.direct.of(id).size(); ++i) {
            RC_ASSERT(out.direct.of(id)[i] + out.received.of(id)[i] - out.sent.of(id)[i] ==
                      out.balances.of(id)[i]);
        }
    }
}

RC_GTEST_PROP(Exchange, a_reversal_cancels_its_original, ()) {
    const Network network = random_network();
    const AllocationPlan plan = one_stage(any_method());
    Month reversed = network.month;
    for (LedgerLine& line : reversed.ledger) {
        line.amount = -line.amount;
    }
    RC_ASSERT(rows_of(run(network.month, plan)) == rows_of(run(reversed, plan), true));
}

RC_GTEST_PROP(Exchange, order_and_unit_of_readings_change_nothing, ()) {
    const Network network = random_network();
    const AllocationPlan plan = one_stage(any_method());
    Month other = network.month;
    std::reverse(other.ledger.begin(), other.ledger.end());
    std::reverse(other.driver_readings.begin(), other.driver_readings.end());
    const auto factor = *rc::gen::inRange<std::int64_t>(2, 1000);
    for (DriverReading& reading : other.driver_readings) {
        reading.value = Quantity::from_raw(reading.value.raw() * factor);
    }
    const auto costs = rows_of(run(network.month, plan));
    RC_ASSERT(costs == rows_of(run(other, plan)));
}

/// By sender, receiver, cost item and fund source.
using Moved = std::map<std::tuple<std::size_t, std::size_t, std::size_t, FundSource>, std::int64_t>;

Moved moved_by(const Allocation& out) {
    Moved moved;
    for (const TransferRow& row : out.transfers) {
        moved[{row.sender.index(), row.receiver.index(), row.cost_item.index(), row.fund}] +=
            row.cost.raw();
    }
    return moved;
}

// Equations round all flows of a cell together, so each may be one fen from the direct one.
RC_GTEST_PROP(Exchange, without_services_among_senders_all_methods_are_direct, ()) {
    Network network = random_network();
    auto& readings = network.month.driver_readings;
    readings.erase(std::remove_if(readings.begin(), readings.end(),
                                  [&](const DriverReading& reading) {
                                      return reading.department.index() < network.senders;
                                  }),
                   readings.end());
    const StageMethod method = any_method();
    Moved direct = moved_by(run(network.month, one_stage(StageMethod::outward)));
    Moved other = moved_by(run(network.month, one_stage(method)));
    if (method != StageMethod::reciprocal) {
        RC_ASSERT(direct == other);
        return;
    }
    for (const auto& [key, cost] : other) {
        direct.try_emplace(key, 0);
    }
    for (const auto& [key, cost] : direct) {
        RC_ASSERT(std::abs(cost - other[key]) <= 1);
    }
}

}  // namespace
}  // namespace yuanliu::costing
