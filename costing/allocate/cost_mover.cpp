// Why this file: keeps direct + received - sent = balance for every department and cell, always.
#include "costing/allocate/cost_mover.hpp"

namespace yuanliu::costing {

void CostMover::move_within(const Relabelled& move) {
    out_.balances.of(move.sender)[move.from] -= move.amount;
    out_.balances.of(move.sender)[move.to] += move.amount;
    out_.sent.of(move.sender)[move.from] += move.amount;
    out_.sent.of(move.sender)[move.to] -= move.amount;
}

void CostMover::relabel(DepartmentId sender) {
    const auto cells = held(sender);
    for (std::size_t at = 0; at < cells.size(); ++at) {
        CellKey key = Balances::key_at(at);
        key.origin = passed_origin(month_, stage_, sender, key.origin);
        const std::size_t to = Balances::index_of(key);
        if (to != at && !cells[at].is_zero()) {
            relabelled_.push_back({.sender = sender, .from = at, .to = to, .amount = cells[at]});
            move_within(relabelled_.back());
        }
    }
}

void CostMover::restore(DepartmentId sender) {
    for (const Relabelled& move : relabelled_) {
        if (move.sender == sender) {
            move_within(
                {.sender = sender, .from = move.to, .to = move.from, .amount = move.amount});
        }
    }
}

void CostMover::pass_on(const Passing& passing, const DriverChoice& choice,
                        std::span<const Money> shares,
                        const std::function<bool(DepartmentId)>& moves) {
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const DepartmentId receiver = choice.targets[i];
        if (shares[i].is_zero() || (moves && !moves(receiver))) {
            continue;
        }
        out_.balances.at(passing.sender, passing.cell) -= shares[i];
        out_.sent.at(passing.sender, passing.cell) += shares[i];
        out_.balances.at(receiver, passing.cell) += shares[i];
        out_.received.at(receiver, passing.cell) += shares[i];
        out_.transfers.push_back({.stage = static_cast<std::uint32_t>(stage_index_ + 1),
                                  .sender = passing.sender,
                                  .receiver = receiver,
                                  .cost_item = passing.cell.cost_item,
                                  .fund = passing.cell.fund,
                                  .origin = passing.cell.origin,
                                  .driver = choice.driver,
                                  .base = Quantity::from_raw(choice.parts[i].weight),
                                  .base_total = choice.base_total,
                                  .pool = passing.pool,
                                  .cost = shares[i],
                                  .pass = passing.pass});
    }
}

void CostMover::report(FindingCode code, Severity severity, std::vector<std::string> arguments) {
    out_.findings.push_back({.code = code,
                             .severity = severity,
                             .where = {.file = "allocation.toml",
                                       .row = 0,
                                       .column = "stage[" + std::to_string(stage_index_) + "]"},
                             .arguments = std::move(arguments)});
}

}  // namespace yuanliu::costing
