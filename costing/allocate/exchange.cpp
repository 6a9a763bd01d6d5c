// Why this file: each method is a few lines over two moves: one sender after the other, or all at
// once from what they held when the pass began.
#include "costing/allocate/exchange.hpp"

#include <numeric>

#include "costing/allocate/form_rounding.hpp"

namespace yuanliu::costing {
namespace {

/// Whom a sender of a pass sends to, by which driver; nothing = it keeps the pool in this pass.
using Choose = std::function<const DriverChoice*(const PoolKey&)>;

class Exchange {
  public:
    Exchange(const ResolvedPlan& plan, DriverChooser& chooser, CostMover& mover)
        : plan_(plan), chooser_(chooser), mover_(mover), stage_(mover.stage()) {}

    void run() {
        for (const DepartmentId sender : stage_.senders) {
            mover_.relabel(sender);
        }
        switch (stage_.method) {
            case StageMethod::outward:
                in_turn(1, TargetScope::receivers);
                break;
            case StageMethod::sequential:
                in_turn(1, TargetScope::later);
                break;
            case StageMethod::mutual:
                all_at_once(1, need(TargetScope::both),
                            [&](DepartmentId target) { return stage_.sends(target); });
                all_at_once(2, over_receivers());
                break;
            case StageMethod::peer_first:
                all_at_once(1, [&](const PoolKey& pool) {
                    return chooser_.find(pool, TargetScope::peers);
                });
                all_at_once(2, need(TargetScope::receivers));
                break;
            case StageMethod::twice:
                all_at_once(1, need(TargetScope::both));
                in_turn(2, TargetScope::later);
                break;
            case StageMethod::iterative:
                iterate();
                break;
            case StageMethod::reciprocal:
                YUANLIU_CHECK(false);
        }
    }

  private:
    [[nodiscard]] Choose need(TargetScope scope) {
        return [this, scope](const PoolKey& pool) { return chooser_.need(pool, scope); };
    }
    [[nodiscard]] Choose over_receivers() {
        return [this](const PoolKey& pool) { return chooser_.need_over_receivers(pool); };
    }

    /// One sender after the other, in the order written; each passes what it then holds.
    void in_turn(std::uint32_t pass, TargetScope scope) {
        const Choose choose = need(scope);
        for (const DepartmentId sender : stage_.order) {
            if (plan_.keeps_negative && whole_balance(sender) < 0) {
                mover_.restore(sender);
                continue;
            }
            const auto held = mover_.held(sender);
            send(pass, sender, std::vector<Money>(held.begin(), held.end()), choose, {});
        }
    }

    /// All senders pass what they held when the pass began.
    void all_at_once(std::uint32_t pass, const Choose& choose,
                     const std::function<bool(DepartmentId)>& moves = {}) {
        std::vector<std::vector<Money>> held;
        for (const DepartmentId sender : stage_.senders) {
            const auto cells = mover_.held(sender);
            held.emplace_back(cells.begin(), cells.end());
        }
        for (std::size_t i = 0; i < held.size(); ++i) {
            send(pass, stage_.senders[i], held[i], choose, moves);
        }
    }

    void send(std::uint32_t pass, DepartmentId sender, const std::vector<Money>& cells,
              const Choose& choose, const std::function<bool(DepartmentId)>& moves) {
        for_each_pool(sender, cells, [&](const PoolKey& pool, std::span<const Money> by_origin) {
            const DriverChoice* choice = choose(pool);
            for (std::size_t origin = 0; origin < kOrigins && choice != nullptr; ++origin) {
                const Money amount = by_origin[origin];
                if (!amount.is_zero()) {
                    const CellKey cell{.cost_item = pool.cost_item,
                                       .fund = pool.fund,
                                       .origin = static_cast<Origin>(origin)};
                    mover_.pass_on({.sender = sender, .cell = cell, .pass = pass, .pool = amount},
                                   *choice, split(amount, *choice), moves);
                }
            }
        });
    }

    [[nodiscard]] std::vector<Money> split(Money amount, const DriverChoice& choice) const {
        if (plan_.by_form) {
            return split_by_form(amount, choice.parts);
        }
        auto shares = apportion(amount, choice.parts);
        YUANLIU_CHECK(shares.has_value());
        return std::move(*shares);
    }

    [[nodiscard]] std::int64_t whole_balance(DepartmentId sender) const {
        const auto cells = mover_.held(sender);
        return narrowed(std::accumulate(cells.begin(), cells.end(), Int128{0},
                                        [](Int128 sum, Money cell) { return sum + cell.raw(); }));
    }

    [[nodiscard]] Money absolute_sum() const {
        Int128 sum = 0;
        for (const DepartmentId sender : stage_.senders) {
            for (const Money cell : mover_.held(sender)) {
                sum += cell.raw() < 0 ? -Int128{cell.raw()} : Int128{cell.raw()};
            }
        }
        return Money::from_raw(narrowed(sum));
    }

    void iterate() {
        const auto passes = static_cast<std::uint32_t>(stage_.passes);
        for (std::uint32_t pass = 1; pass <= passes && !absolute_sum().is_zero(); ++pass) {
            all_at_once(pass, need(TargetScope::both));
        }
        const Money left = absolute_sum();
        if (!left.is_zero()) {
            mover_.report(FindingCode::iteration_residual, Severity::warn,
                          {stage_.name, left.text()});
            all_at_once(passes + 1, over_receivers());
        }
    }

    const ResolvedPlan& plan_;
    DriverChooser& chooser_;
    CostMover& mover_;
    const ResolvedStage& stage_;
};

}  // namespace

void run_exchange(const ResolvedPlan& plan, DriverChooser& chooser, CostMover& mover) {
    Exchange(plan, chooser, mover).run();
}

}  // namespace yuanliu::costing
