// Why this file: builds the graph of services and finds what no way leads out of.
#include "costing/allocate/reciprocal_network.hpp"

#include <algorithm>
#include <deque>

namespace yuanliu::costing {
namespace {

std::uint32_t node_in(const std::vector<DepartmentId>& departments, DepartmentId department) {
    return static_cast<std::uint32_t>(
        std::lower_bound(departments.begin(), departments.end(), department) - departments.begin());
}

struct Edge {
    std::uint32_t target = 0;
    std::int64_t share = 0;
};

/// Shares of one sender by node order; its own goes to `own`.
std::vector<Edge> edges_of(const ResolvedStage& stage, const DriverChoice& choice,
                           DepartmentId sender, std::int64_t& own) {
    const auto shares = apportion(Money::from_raw(kWholeShare), choice.parts);
    YUANLIU_CHECK(shares.has_value());
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < choice.targets.size(); ++i) {
        const DepartmentId target = choice.targets[i];
        const std::int64_t share = (*shares)[i].raw();
        if (target == sender) {
            own = share;
        } else if (share > 0) {
            const bool is_peer = stage.sends(target);
            const auto base = static_cast<std::uint32_t>(is_peer ? 0 : stage.senders.size());
            edges.push_back(
                {.target = base + node_in(is_peer ? stage.senders : stage.receivers, target),
                 .share = share});
        }
    }
    std::sort(edges.begin(), edges.end(),
              [](const Edge& one, const Edge& other) { return one.target < other.target; });
    return edges;
}

/// Breadth first from the receivers, against the edges.
void find_ways_out(ServiceNetwork& network) {
    std::vector<std::vector<std::uint32_t>> served_by(network.nodes);
    for (std::uint32_t s = 0; s < network.senders; ++s) {
        for (std::size_t e = network.first_edge[s]; e < network.first_edge[s + 1]; ++e) {
            served_by[network.target[e]].push_back(s);
        }
    }
    network.distance.assign(network.nodes, ServiceNetwork::kNoWay);
    std::deque<std::uint32_t> next;
    for (std::size_t node = network.senders; node < network.nodes; ++node) {
        network.distance[node] = 0;
        next.push_back(static_cast<std::uint32_t>(node));
    }
    for (; !next.empty(); next.pop_front()) {
        for (const std::uint32_t sender : served_by[next.front()]) {
            if (network.distance[sender] == ServiceNetwork::kNoWay) {
                network.distance[sender] = network.distance[next.front()] + 1;
                next.push_back(sender);
            }
        }
    }
    network.way_out.assign(network.senders, 0);
    for (std::size_t s = 0; s < network.senders; ++s) {
        std::int64_t largest = 0;
        for (std::size_t e = network.first_edge[s]; e < network.first_edge[s + 1]; ++e) {
            const bool is_nearer = network.distance[network.target[e]] + 1 == network.distance[s];
            if (is_nearer && network.share[e] > largest) {
                largest = network.share[e];
                network.way_out[s] = e;
            }
        }
    }
}

}  // namespace

ServiceNetwork service_network(const ResolvedStage& stage,
                               const std::vector<const DriverChoice*>& choices) {
    ServiceNetwork network;
    network.senders = stage.senders.size();
    network.nodes = stage.senders.size() + stage.receivers.size();
    network.department = stage.senders;
    network.department.insert(network.department.end(), stage.receivers.begin(),
                              stage.receivers.end());
    network.own_share.assign(network.senders, 0);
    for (std::size_t s = 0; s < network.senders; ++s) {
        network.first_edge.push_back(network.target.size());
        if (choices[s] == nullptr) {
            continue;
        }
        for (const Edge& edge :
             edges_of(stage, *choices[s], stage.senders[s], network.own_share[s])) {
            network.target.push_back(edge.target);
            network.share.push_back(edge.share);
        }
    }
    network.first_edge.push_back(network.target.size());
    find_ways_out(network);
    return network;
}

std::vector<bool> reached_from(const ServiceNetwork& network, std::vector<bool> holders) {
    std::deque<std::size_t> next;
    for (std::size_t s = 0; s < holders.size(); ++s) {
        if (holders[s]) {
            next.push_back(s);
        }
    }
    for (; !next.empty(); next.pop_front()) {
        const std::size_t s = next.front();
        for (std::size_t e = network.first_edge[s]; e < network.first_edge[s + 1]; ++e) {
            const std::uint32_t target = network.target[e];
            if (target < network.senders && !holders[target]) {
                holders[target] = true;
                next.push_back(target);
            }
        }
    }
    return holders;
}

std::vector<DepartmentId> closed_loop(const ServiceNetwork& network,
                                      const std::vector<bool>& reached) {
    std::size_t at = 0;
    while (at < network.senders &&
           (!reached[at] || network.distance[at] != ServiceNetwork::kNoWay)) {
        ++at;
    }
    std::vector<DepartmentId> path;
    std::vector<bool> seen(network.senders);
    while (at < network.senders && !seen[at]) {
        seen[at] = true;
        path.push_back(network.department[at]);
        // All that a closed sender serves is closed; one that serves only itself is a loop of one.
        if (network.first_edge[at] < network.first_edge[at + 1]) {
            at = network.target[network.first_edge[at]];
        }
    }
    if (at < network.senders) {
        path.erase(path.begin(), std::find(path.begin(), path.end(), network.department[at]));
        path.push_back(network.department[at]);
    }
    return path;
}

}  // namespace yuanliu::costing
