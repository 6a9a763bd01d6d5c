// Why this file: the one hand that moves cost. Whatever a method decides, balances, received, sent
// and the list of transfers change together, so that they can't disagree.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <vector>

#include "costing/allocate/allocate.hpp"
#include "costing/allocate/driver_choice.hpp"

namespace yuanliu::costing {

/// What one sender passes on of one cell in one pass.
struct Passing {
    DepartmentId sender;
    CellKey cell;
    std::uint32_t pass = 1;
    Money pool;  ///< what was split; may be more than what moves
};

class CostMover {
  public:
    CostMover(const Month& month, const ResolvedStage& stage, std::size_t stage_index,
              Allocation& out)
        : month_(month), stage_(stage), stage_index_(stage_index), out_(out) {}

    /// Brings a sender's cells to the origin that is passed on; equal cells are added. What it sent
    /// is still told under the origin it was held with.
    void relabel(DepartmentId sender);
    /// Takes relabel back, for a sender that keeps what it holds.
    void restore(DepartmentId sender);
    /// Moves shares[i] to targets[i] of the choice; zero shares leave no trace. Where `moves` is
    /// given, only the shares that it allows move.
    void pass_on(const Passing& passing, const DriverChoice& choice, std::span<const Money> shares,
                 const std::function<bool(DepartmentId)>& moves = {});

    [[nodiscard]] std::span<const Money> held(DepartmentId sender) const {
        return std::as_const(out_.balances).of(sender);
    }
    [[nodiscard]] const ResolvedStage& stage() const { return stage_; }
    void report(FindingCode code, Severity severity, std::vector<std::string> arguments);

  private:
    struct Relabelled {
        DepartmentId sender;
        std::size_t from = 0;
        std::size_t to = 0;
        Money amount;
    };
    void move_within(const Relabelled& move);

    const Month& month_;
    const ResolvedStage& stage_;
    std::size_t stage_index_;
    Allocation& out_;
    std::vector<Relabelled> relabelled_;
};

/// Calls `visit(pool, cells of it by origin)` for every cost item and fund source of which `cells`,
/// a department's, hold anything.
template <class Visit>
void for_each_pool(DepartmentId sender, std::span<const Money> cells, const Visit& visit) {
    for (std::size_t at = 0; at < cells.size(); at += kOrigins) {
        const auto by_origin = cells.subspan(at, kOrigins);
        for (const Money held : by_origin) {
            if (!held.is_zero()) {
                const CellKey key = Balances::key_at(at);
                visit(PoolKey{.sender = sender, .cost_item = key.cost_item, .fund = key.fund},
                      by_origin);
                break;
            }
        }
    }
}

}  // namespace yuanliu::costing
