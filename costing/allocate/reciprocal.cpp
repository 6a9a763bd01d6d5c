// Why this file: gathers the cells that go by the same drivers, so that one factorisation serves
// them all, and writes the whole flows down as transfers.
#include "costing/allocate/reciprocal.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "costing/allocate/reciprocal_flow.hpp"

namespace yuanliu::costing {
namespace {

using Choices = std::vector<const DriverChoice*>;  ///< by sender

/// Cost items and fund sources that go by the same choices, with the cells held of them.
struct Group {
    std::vector<CellKey> pools;  ///< origin means nothing
    std::vector<CellKey> cells;
    std::vector<FenColumn> held;  ///< by cell
};

class ReciprocalStage {
  public:
    ReciprocalStage(const Month& month, DriverChooser& chooser, CostMover& mover)
        : month_(month), chooser_(chooser), mover_(mover), stage_(mover.stage()) {}

    void run() {
        for (const DepartmentId sender : stage_.senders) {
            mover_.relabel(sender);
        }
        std::map<Choices, Group> groups;
        for (std::size_t item = 0; item < month_.cost_items.size(); ++item) {
            for (std::size_t fund = 0; fund < kFundSources; ++fund) {
                gather({.cost_item = CostItemId(item),
                        .fund = static_cast<FundSource>(fund),
                        .origin = Origin::direct},
                       groups);
            }
        }
        // Not in the order of the map's keys, which are addresses: in that of cost items.
        std::vector<std::pair<const Choices, Group>*> in_order;
        in_order.reserve(groups.size());
        for (auto& entry : groups) {
            in_order.push_back(&entry);
        }
        std::sort(in_order.begin(), in_order.end(), [](const auto* one, const auto* other) {
            const CellKey& left = one->second.pools.front();
            const CellKey& right = other->second.pools.front();
            return std::pair(left.cost_item, left.fund) < std::pair(right.cost_item, right.fund);
        });
        for (const auto* entry : in_order) {
            settle(entry->first, entry->second);
        }
    }

  private:
    [[nodiscard]] TargetScope scope() const {
        return stage_.self_service ? TargetScope::network : TargetScope::both;
    }

    /// Puts the cells of a cost item and fund source, if any is held, to those of the same choices.
    void gather(CellKey pool, std::map<Choices, Group>& groups) {
        std::vector<CellKey> cells;
        std::vector<FenColumn> columns;
        for (std::size_t origin = 0; origin < kOrigins; ++origin) {
            pool.origin = static_cast<Origin>(origin);
            FenColumn column;
            for (const DepartmentId sender : stage_.senders) {
                column.push_back(mover_.held(sender)[Balances::index_of(pool)].raw());
            }
            if (std::any_of(column.begin(), column.end(), [](std::int64_t h) { return h != 0; })) {
                cells.push_back(pool);
                columns.push_back(std::move(column));
            }
        }
        if (cells.empty()) {
            return;
        }
        Choices choices;
        for (const DepartmentId sender : stage_.senders) {
            choices.push_back(chooser_.peek(
                {.sender = sender, .cost_item = pool.cost_item, .fund = pool.fund}, scope()));
        }
        Group& group = groups[std::move(choices)];
        group.pools.push_back(pool);
        group.cells.insert(group.cells.end(), cells.begin(), cells.end());
        std::move(columns.begin(), columns.end(), std::back_inserter(group.held));
    }

    void settle(const Choices& choices, const Group& group) {
        const ServiceNetwork network = service_network(stage_, choices);
        const auto active = reached_by(network, group);
        if (!active) {
            return;
        }
        const auto totals = gross_totals(network, *active, group.held);
        if (!totals) {
            mover_.report(FindingCode::reciprocal_out_of_bounds, Severity::stop, {stage_.name});
            return;
        }
        const Meetings meetings(network);
        for (std::size_t c = 0; c < group.cells.size(); ++c) {
            pass_on(network, meetings, choices, group, c, (*totals)[c]);
        }
    }

    /// The senders that any cost of the group reaches; nothing, and findings, if some of it can't
    /// get out.
    std::optional<std::vector<bool>> reached_by(const ServiceNetwork& network, const Group& group) {
        std::vector<bool> active(network.senders);
        bool gets_out = true;
        for (const CellKey& pool : group.pools) {
            std::vector<bool> holders(network.senders);
            for (std::size_t c = 0; c < group.cells.size(); ++c) {
                for (std::size_t s = 0; s < network.senders; ++s) {
                    holders[s] =
                        holders[s] || (group.cells[c].cost_item == pool.cost_item &&
                                       group.cells[c].fund == pool.fund && group.held[c][s] != 0);
                }
            }
            const std::vector<bool> reached = reached_from(network, std::move(holders));
            gets_out = can_leave(network, pool, reached) && gets_out;
            for (std::size_t s = 0; s < network.senders; ++s) {
                active[s] = active[s] || reached[s];
            }
        }
        return gets_out ? std::optional(std::move(active)) : std::nullopt;
    }

    /// Whether every sender that cost reaches has a driver and a way out; findings if not.
    bool can_leave(const ServiceNetwork& network, const CellKey& pool,
                   const std::vector<bool>& reached) {
        bool all_go = true;
        for (std::size_t s = 0; s < network.senders; ++s) {
            all_go =
                (!reached[s] ||
                 chooser_.need(
                     {.sender = stage_.senders[s], .cost_item = pool.cost_item, .fund = pool.fund},
                     scope()) != nullptr) &&
                all_go;
        }
        if (!all_go) {
            return false;
        }
        std::string loop;
        for (const DepartmentId department : closed_loop(network, reached)) {
            loop += loop.empty() ? "" : " → ";
            loop += month_.departments[department.index()].code;
        }
        const std::string category(word_of(month_.cost_items[pool.cost_item.index()].category));
        if (!loop.empty() && reported_loops_.emplace(loop, category).second) {
            mover_.report(FindingCode::plan_loop_closed, Severity::stop, {loop, category});
        }
        return loop.empty();
    }

    /// Writes down one cell's flows. What a sender uses itself counts in its pool, but moves
    /// nothing.
    void pass_on(const ServiceNetwork& network, const Meetings& meetings, const Choices& choices,
                 const Group& group, std::size_t cell, const FineColumn& gross) {
        const FenColumn& held = group.held[cell];
        FineColumn own;
        const FineColumn fine = fine_flows(network, held, gross, own);
        const auto first =
            std::find_if(held.begin(), held.end(), [](std::int64_t h) { return h != 0; });
        const auto flows = whole_flows(network, meetings, fine, *first > 0);
        for (std::size_t s = 0; s < network.senders; ++s) {
            if (choices[s] == nullptr) {
                continue;
            }
            std::map<DepartmentId, Money> by_target;
            Money pool = Money::from_raw(rounded_half_away(own[s], Int128{1} << kFineBits));
            for (std::size_t e = network.first_edge[s]; e < network.first_edge[s + 1]; ++e) {
                by_target[network.department[network.target[e]]] = Money::from_raw(flows[e]);
                pool += Money::from_raw(flows[e]);
            }
            std::vector<Money> shares;
            for (const DepartmentId target : choices[s]->targets) {
                shares.push_back(by_target[target]);
            }
            mover_.pass_on(
                {.sender = stage_.senders[s], .cell = group.cells[cell], .pass = 1, .pool = pool},
                *choices[s], shares);
        }
        for (const DepartmentId sender : stage_.senders) {
            YUANLIU_CHECK(mover_.held(sender)[Balances::index_of(group.cells[cell])].is_zero());
        }
    }

    const Month& month_;
    DriverChooser& chooser_;
    CostMover& mover_;
    const ResolvedStage& stage_;
    std::set<std::pair<std::string, std::string>> reported_loops_;
};

}  // namespace

void solve_stage(const Month& month, DriverChooser& chooser, CostMover& mover) {
    ReciprocalStage(month, chooser, mover).run();
}

}  // namespace yuanliu::costing
