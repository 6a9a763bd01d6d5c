// Why this file: tests of methods need departments that serve each other at random: senders S0, S1
// … that use each other and themselves, receivers W0, W1 …, two cost items, three fund sources.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "cost_month.hpp"
#include "costing/allocate/allocate.hpp"
#include "costing/collect/direct_cost.hpp"

namespace yuanliu::network_month {

struct Network {
    Month month;
    std::size_t senders = 0;
    std::size_t receivers = 0;
};

inline Network bare_network(std::size_t senders, std::size_t receivers) {
    Network network{.month = cost_month::empty_month(), .senders = senders, .receivers = receivers};
    network.month.departments.clear();
    for (std::size_t i = 0; i < senders + receivers; ++i) {
        Department department = cost_month::department(
            "", i < senders ? DepartmentClass::auxiliary : DepartmentClass::clinical);
        department.code = (i < senders ? "S" : "W") + std::to_string(i < senders ? i : i - senders);
        department.name = department.code;
        network.month.departments.push_back(department);
    }
    return network;
}

/// A reading of driver 0 that names the sender.
inline void serve(Network& network, std::size_t sender, std::size_t target, std::int64_t value) {
    cost_month::read_driver(network.month, 0, target, value, DepartmentId(sender));
}

/// Every sender serves at least one receiver, so nothing is closed; most serve each other.
inline Network random_network(std::int64_t most_use = 60) {
    Network network =
        bare_network(*rc::gen::inRange<std::size_t>(1, 6), *rc::gen::inRange<std::size_t>(1, 4));
    for (std::size_t s = 0; s < network.senders; ++s) {
        const auto sure = network.senders + *rc::gen::inRange<std::size_t>(0, network.receivers);
        for (std::size_t t = 0; t < network.senders + network.receivers; ++t) {
            const auto use = *rc::gen::inRange<std::int64_t>(-most_use / 2, most_use);
            serve(network, s, t,
                  t == sure ? 1 + std::max<std::int64_t>(use, 0) : std::max<std::int64_t>(use, 0));
        }
    }
    const auto lines = *rc::gen::inRange<std::size_t>(1, 9);
    for (std::size_t i = 0; i < lines; ++i) {
        cost_month::book(network.month,
                         *rc::gen::inRange<std::size_t>(0, network.senders + network.receivers),
                         *rc::gen::inRange<std::size_t>(1, 3),
                         *rc::gen::inRange<std::int64_t>(-500'000, 2'000'000),
                         static_cast<FundSource>(*rc::gen::inRange(0, 3)));
    }
    return network;
}

/// One stage of all senders.
inline AllocationPlan one_stage(StageMethod method, bool self_service = false) {
    AllocationPlan plan{.version = "t", .stages = {}};
    Stage stage = cost_month::stage(Origin::auxiliary, {"class:auxiliary"}, {"class:clinical"});
    stage.method = method;
    stage.self_service = self_service;
    if (method == StageMethod::iterative) {
        stage.passes = 7;
    }
    plan.stages.push_back(std::move(stage));
    return plan;
}

inline costing::Allocation run(const Month& month, const AllocationPlan& plan) {
    const costing::ResolvedPlan resolved = costing::resolve_plan(month, plan);
    RC_ASSERT(resolved.findings.empty());
    return costing::allocate(month, resolved, costing::collect_direct_cost(month).balances);
}

/// Every transfer as text, in one order.
inline std::vector<std::string> rows_of(const costing::Allocation& out, bool negated = false) {
    std::vector<std::string> rows;
    for (const TransferRow& row : out.transfers) {
        const auto sign = [&](Money amount) { return (negated ? -amount : amount).text(); };
        rows.push_back(
            std::to_string(row.pass) + "/" + std::to_string(row.sender.value()) + "/" +
            std::to_string(row.receiver.value()) + "/" + std::to_string(row.cost_item.value()) +
            "/" + std::string(word_of(row.fund)) + "/" + sign(row.pool) + "/" + sign(row.cost));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

}  // namespace yuanliu::network_month
