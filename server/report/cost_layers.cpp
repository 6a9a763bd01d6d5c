// Why this file: see cost_layers.hpp. Every transfer is split over what its sender holds of that
// origin by path, receivers by code, each share taken from what is left, so that a sender gives
// exactly what it holds and a receiver gets exactly its transfer. Example: a laboratory holds 40.00
// of administration, 30.00 straight and 10.00 by way of the sterile supply, and passes 30.00 to
// C01, 10.00 to C02: C01 gets 22.50 and 7.50, C02 the rest, 7.50 and 2.50.
#include "server/report/cost_layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "costing/base/apportion.hpp"

namespace yuanliu::report {
namespace {

using ByDepartment = std::map<std::string, PathAmounts>;
using Moves = std::vector<const Transfer*>;
using SentByCell = std::map<std::pair<std::string, Origin>, Moves>;

constexpr std::uint8_t bit_of(DepartmentClass department_class) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(department_class));
}
/// Classes and origins stand in the same order, origins behind `direct`.
constexpr Origin origin_of_class(DepartmentClass department_class) {
    return static_cast<Origin>(static_cast<std::size_t>(department_class) + 1);
}

void add_to_path(PathAmounts& amounts, const Path& path, Money amount) {
    Money& sum = amounts[path];
    sum += amount;
    if (sum.is_zero()) {
        amounts.erase(path);
    }
}

bool has_one_sign(const std::vector<std::pair<Path, Money>>& parts, Money total) {
    return std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
        return part.second.is_zero() || (part.second.raw() < 0) == (total.raw() < 0);
    });
}

/// The share of one transfer in each part of what is left, all of one sign.
std::vector<Money> take_share(Money amount, const std::vector<std::pair<Path, Money>>& left) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < left.size(); ++i) {
        keys.push_back(fmt::format("{:03}", i));
    }
    std::vector<Part> parts;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const std::int64_t size = left[i].second.raw();
        parts.push_back({.weight = size < 0 ? -size : size, .key = keys[i]});
    }
    const auto shares = apportion(amount, parts);
    // More than there is: the layers won't be the full cost, and that is said.
    return shares ? *shares : std::vector<Money>(left.size());
}

/// Parts of both signs: nested prefixes (as in costing/base/cumulative_split.hpp) over what is
/// passed on so far and over the parts so far; both sums are exact.
std::vector<Money> prefix_share(Money before, Money after,
                                const std::vector<std::pair<Path, Money>>& parts, Money total) {
    std::vector<Money> shares;
    Int128 sum = 0;
    std::int64_t last = 0;
    for (const auto& [path, amount] : parts) {
        sum += amount.raw();
        const std::int64_t here = rounded_half_away(sum * after.raw(), total.raw()) -
                                  rounded_half_away(sum * before.raw(), total.raw());
        shares.push_back(Money::from_raw(here - last));
        last = here;
    }
    return shares;
}

class LayerWalk {
  public:
    LayerWalk(const Month& month, const AllocationPlan& plan) : plan_(plan) {
        for (const Department& department : month.departments) {
            classes_[department.code] = department.department_class;
        }
    }

    void start(const DepartmentCost& row) {
        add_to_path(held_[row.department], {.origin = row.origin}, row.cost);
    }
    /// All transfers of a stage of one cost item and fund source.
    void run_stage(std::uint32_t stage, const Moves& moves) {
        stage_ = &plan_.stages.at(stage - 1);
        std::map<std::uint32_t, Moves> passes;
        for (const Transfer* move : moves) {
            passes[move->pass].push_back(move);
        }
        relabel(moves);
        for (const auto& [pass, rows] : passes) {
            const bool is_stepwise = stage_->method == StageMethod::sequential ||
                                     (stage_->method == StageMethod::twice && pass > 1);
            if (stage_->method == StageMethod::reciprocal) {
                pass_by_equations(rows);
            } else if (is_stepwise) {
                pass_stepwise(rows);
            } else {
                pass_at_once(rows);
            }
        }
    }
    [[nodiscard]] ByDepartment& held() { return held_; }

  private:
    [[nodiscard]] Origin stage_origin(const std::string& sender) const {
        return stage_->by_class ? origin_of_class(classes_.at(sender)) : stage_->name;
    }
    /// Senders' own and public cost takes the name of the stage.
    void relabel(const Moves& moves) {
        std::set<std::string> senders;
        for (const Transfer* move : moves) {
            senders.insert(move->sender);
        }
        for (const std::string& sender : senders) {
            PathAmounts kept;
            for (const auto& [path, amount] : held_[sender]) {
                const bool is_own =
                    path.origin == Origin::direct || path.origin == Origin::public_cost;
                add_to_path(kept, is_own ? Path{.origin = stage_origin(sender)} : path, amount);
            }
            held_[sender] = std::move(kept);
        }
    }
    /// The path of what a sender passes on.
    [[nodiscard]] Path carried(const Path& path, const std::string& sender) const {
        const DepartmentClass carrier = classes_.at(sender);
        const bool is_own =
            path.origin == stage_origin(sender) || path.origin == origin_of_class(carrier);
        return {
            .origin = path.origin,
            .carriers = static_cast<std::uint8_t>(path.carriers | (is_own ? 0U : bit_of(carrier)))};
    }
    /// Takes the moves out of `from` and adds them, one step further, to what receivers hold in
    /// `to`; a receiver in `closed` gets nothing.
    void pass_cell(const Moves& moves, PathAmounts& from, ByDepartment& to,
                   const std::set<std::string>& closed = {}) const {
        const Origin origin = moves.front()->origin;
        std::vector<std::pair<Path, Money>> left;
        Money total;
        for (const auto& [path, amount] : from) {
            if (path.origin == origin) {
                left.emplace_back(path, amount);
                total += amount;
            }
        }
        if (total.is_zero()) {
            return;  // what cancels is no layer; a gap where something was moved all the same
        }
        const auto whole = left;
        const bool is_plain = has_one_sign(whole, total);
        Money passed;
        for (const Transfer* move : moves) {
            const auto shares = is_plain ? take_share(move->cost, left)
                                         : prefix_share(passed, passed + move->cost, whole, total);
            passed += move->cost;
            for (std::size_t i = 0; i < left.size(); ++i) {
                left[i].second -= shares[i];
                add_to_path(from, left[i].first, -shares[i]);
                if (!closed.contains(move->receiver)) {
                    add_to_path(to[move->receiver], carried(left[i].first, move->sender),
                                shares[i]);
                }
            }
        }
    }
    [[nodiscard]] static SentByCell by_sender_and_origin(const Moves& moves) {
        SentByCell cells;
        for (const Transfer* move : moves) {
            cells[{move->sender, move->origin}].push_back(move);
        }
        for (auto& [cell, rows] : cells) {
            std::stable_sort(rows.begin(), rows.end(), [](const Transfer* a, const Transfer* b) {
                return a->receiver < b->receiver;
            });
        }
        return cells;
    }
    void pass_at_once(const Moves& moves) {
        ByDepartment arrived;
        for (const auto& [cell, rows] : by_sender_and_origin(moves)) {
            pass_cell(rows, held_[cell.first], arrived);
        }
        for (const auto& [department, amounts] : arrived) {
            for (const auto& [path, amount] : amounts) {
                add_to_path(held_[department], path, amount);
            }
        }
    }
    /// A sender's turn comes when all that send to it are done.
    void pass_stepwise(const Moves& moves) {
        std::map<std::string, std::set<std::string>> waits_for;
        for (const Transfer* move : moves) {
            waits_for[move->sender];
        }
        for (const Transfer* move : moves) {
            if (const auto found = waits_for.find(move->receiver); found != waits_for.end()) {
                found->second.insert(move->sender);
            }
        }
        const SentByCell cells = by_sender_and_origin(moves);
        while (!waits_for.empty()) {
            const auto next = std::find_if(waits_for.begin(), waits_for.end(),
                                           [](const auto& entry) { return entry.second.empty(); });
            if (next == waits_for.end()) {
                return;  // no order: the layers won't be the full cost, and that is said
            }
            const std::string sender = next->first;
            waits_for.erase(next);
            for (auto& [other, before] : waits_for) {
                before.erase(sender);
            }
            for (auto cell = cells.lower_bound({sender, Origin::direct});
                 cell != cells.end() && cell->first.first == sender; ++cell) {
                pass_cell(cell->second, held_[sender], held_);
            }
        }
    }
    /// All flows are at once and may go in circles: what came from a sender counts as carried by
    /// it, whatever other ways it took in this stage; senders hold nothing in the end.
    void pass_by_equations(const Moves& moves) {
        const SentByCell cells = by_sender_and_origin(moves);
        std::set<std::string> senders;
        for (const auto& [cell, rows] : cells) {
            senders.insert(cell.first);
        }
        ByDepartment gross = held_;
        for (const Transfer* move : moves) {
            if (senders.contains(move->receiver)) {
                add_to_path(gross[move->receiver], carried({.origin = move->origin}, move->sender),
                            move->cost);
            }
        }
        for (const auto& [cell, rows] : cells) {
            pass_cell(rows, gross[cell.first], held_, senders);
        }
        for (const std::string& sender : senders) {
            held_[sender] = gross[sender];
        }
    }

    const AllocationPlan& plan_;
    const Stage* stage_ = nullptr;
    std::map<std::string, DepartmentClass> classes_;
    ByDepartment held_;
};

using ItemAndFund = std::pair<std::string, FundSource>;
using FullByOrigin = std::map<std::string, std::map<Origin, Money>>;

/// Keeps what closes; what cancels at a department that holds nothing is no layer.
void settle_layers(const ItemAndFund& cell, ByDepartment& held, FullByOrigin full,
                   CostLayers& layers) {
    for (auto& [department, amounts] : held) {
        std::map<Origin, Money> by_origin;
        Money total;
        for (const auto& [path, amount] : amounts) {
            by_origin[path.origin] += amount;
            total += amount;
        }
        auto& expected = full[department];
        if (expected.empty() && total.is_zero()) {
            amounts.clear();
            by_origin.clear();
        }
        for (const auto& [origin, amount] : by_origin) {
            expected[origin] -= amount;
        }
        if (!amounts.empty()) {
            layers.held[department][cell] = std::move(amounts);
        }
    }
    for (const auto& [department, rest] : full) {
        for (const auto& [origin, amount] : rest) {
            if (!amount.is_zero()) {
                layers.gaps.push_back(
                    {.claim = fmt::format("layers = full: {} {} {} {}", department, cell.first,
                                          word_of(cell.second), word_of(origin)),
                     .left = amount,
                     .right = Money()});
            }
        }
    }
}

}  // namespace

CostLayers follow_layers(const Month& month, const AllocationPlan& plan, const ResultBook& book) {
    struct CellRows {
        std::vector<const DepartmentCost*> direct;
        FullByOrigin full;
        std::map<std::uint32_t, Moves> stages;
    };
    std::map<ItemAndFund, CellRows> cells;
    for (const DepartmentCost& row : book.costs) {
        if (row.kind == CostKind::direct) {
            cells[{row.cost_item, row.fund}].direct.push_back(&row);
        } else if (row.kind == CostKind::full) {
            cells[{row.cost_item, row.fund}].full[row.department][row.origin] += row.cost;
        }
    }
    for (const Transfer& row : book.transfers) {
        cells[{row.cost_item, row.fund}].stages[row.stage].push_back(&row);
    }
    CostLayers layers;
    for (const auto& [cell, rows] : cells) {
        LayerWalk walk(month, plan);
        for (const DepartmentCost* row : rows.direct) {
            walk.start(*row);
        }
        for (const auto& [stage, moves] : rows.stages) {
            walk.run_stage(stage, moves);
        }
        settle_layers(cell, walk.held(), rows.full, layers);
    }
    return layers;
}

}  // namespace yuanliu::report
