// Why this file: see moves.hpp. [RULE COST-022] The ledger line is kept; what it becomes are pieces
// of it, and every step is a row. Example: line V1/1 of 90.00 on P001, move 1 by heads 1 : 2 over
// C001, C002 -> rows (1, V1, 1, P001 -> C001, 30.00), (1, V1, 1, P001 -> C002, 60.00).
#include "costing/collect/moves.hpp"

#include <algorithm>
#include <tuple>

#include "costing/base/apportion.hpp"
#include "costing/collect/move_bases.hpp"

namespace yuanliu::costing {
namespace {

using Cell = std::tuple<DepartmentId, CostItemId, FundSource>;

Cell cell_of(const CostPiece& piece) {
    return {piece.department, piece.cost_item, piece.fund};
}

auto key_of(const CostPiece& piece) {
    return std::tuple(piece.ledger_row, piece.entry, cell_of(piece));
}

/// Adds equal pieces together; pieces of zero are gone.
void merge(std::vector<CostPiece>& pieces) {
    std::sort(pieces.begin(), pieces.end(),
              [](const CostPiece& a, const CostPiece& b) { return key_of(a) < key_of(b); });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (kept > 0 && key_of(pieces[kept - 1]) == key_of(pieces[i])) {
            pieces[kept - 1].amount += pieces[i].amount;
            continue;
        }
        if (kept > 0 && pieces[kept - 1].amount.is_zero()) {
            --kept;
        }
        pieces[kept++] = pieces[i];
    }
    if (kept > 0 && pieces[kept - 1].amount.is_zero()) {
        --kept;
    }
    pieces.resize(kept);
}

/// One move at work.
class Mover {
  public:
    Mover(const Month& month, const ResolvedMove& move, std::size_t at, MovedCost& out)
        : month_(month),
          move_(move),
          number_(static_cast<std::uint32_t>(at + 1)),
          out_(out),
          findings_(month, *move.rule, at, out.findings),
          bases_(month, move, findings_) {}

    void run(std::vector<CostPiece>& pieces) {
        std::vector<std::pair<std::size_t, Money>> taken;  // piece, amount
        std::map<DepartmentId, Money> bills;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const Money amount = fits(pieces[i]) ? share_of(pieces[i].amount) : Money();
            if (!amount.is_zero()) {
                taken.emplace_back(i, amount);
                bills[pieces[i].department] += amount;
            }
        }
        if (taken.empty()) {
            findings_.warn(FindingCode::move_matches_nothing, {});
            return;
        }
        std::vector<CostPiece> put;
        for (const auto& [at, amount] : taken) {
            const CostPiece from = pieces[at];
            pieces[at].amount -= amount;
            divide(from, amount, bills[from.department], put);
        }
        pieces.insert(pieces.end(), put.begin(), put.end());
        merge(pieces);
        compare(bills);
    }

  private:
    [[nodiscard]] bool fits(const CostPiece& piece) const {
        const LedgerLine& line = month_.ledger[piece.ledger_row];
        const auto& vouchers = move_.rule->vouchers;
        return move_.departments[piece.department.index()] &&
               move_.accounts[line.account.index()] && move_.cost_items[piece.cost_item.index()] &&
               move_.funds[static_cast<std::size_t>(piece.fund)] &&
               std::any_of(vouchers.begin(), vouchers.end(), [&](const std::string& pattern) {
                   return fits_pattern(pattern, line.voucher);
               });
    }

    [[nodiscard]] Money share_of(Money amount) const {
        return Money::from_raw(
            rounded_half_away(Int128{amount.raw()} * move_.rule->share.raw(), 10'000));
    }

    const MoveBases& bases_for(const CostPiece& piece, Money bill) {
        const auto found = known_.find(cell_of(piece));
        if (found != known_.end()) {
            return found->second;
        }
        MoveBases made = bases_.of({piece.department, piece.cost_item, piece.fund, bill});
        return known_.emplace(cell_of(piece), std::move(made)).first->second;
    }

    void divide(const CostPiece& from, Money amount, Money bill, std::vector<CostPiece>& put) {
        const MoveBases& bases = bases_for(from, bill);
        const std::vector<std::string> keys = keys_in_order(bases.places.size());
        std::vector<Part> parts;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            parts.push_back({.weight = bases.bases[i], .key = keys[i]});
        }
        const auto shares = apportion(amount, parts);
        if (!shares) {
            return;  // there is a finding, and the month stops
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if ((*shares)[i].is_zero()) {
                continue;
            }
            add_row(from, amount, bases, i, (*shares)[i]);
            const Place& place = bases.places[i];
            if (!place.department.is_valid()) {
                out_.out += (*shares)[i];
                continue;
            }
            const bool is_calculated = move_.rule->entry == CostEntry::calculated;
            put.push_back({.ledger_row = from.ledger_row,
                           .entry = is_calculated ? CostEntry::calculated : from.entry,
                           .department = place.department,
                           .cost_item = place.cost_item,
                           .fund = place.fund,
                           .amount = (*shares)[i]});
        }
    }

    void add_row(const CostPiece& from, Money pool, const MoveBases& bases, std::size_t at,
                 Money amount) {
        const Place& place = bases.places[at];
        out_.result.moves.push_back({.rule = number_,
                                     .ledger_row = from.ledger_row,
                                     .entry = from.entry,
                                     .department = from.department,
                                     .cost_item = from.cost_item,
                                     .fund = from.fund,
                                     .to_department = place.department,
                                     .to_cost_item = place.cost_item,
                                     .to_fund = place.fund,
                                     .reason = place.reason,
                                     .by = bases.by,
                                     .driver = bases.driver,
                                     .base = Quantity::from_raw(bases.bases[at]),
                                     .base_total = Quantity::from_raw(bases.total),
                                     .pool = pool,
                                     .amount = amount});
    }

    /// Payroll and asset cards are amounts: what was moved by them should be what they say.
    void compare(const std::map<DepartmentId, Money>& bills) {
        if (!move_.rule->table || move_.rule->table->table == MoveTable::staff_time) {
            return;
        }
        Money all;
        for (const auto& [department, amount] : bills) {
            all += amount;
        }
        if (all != bases_.served()) {
            findings_.warn(FindingCode::move_base_differs,
                           {all.text(), bases_.served().text(), (all - bases_.served()).text()});
        }
    }

    const Month& month_;
    const ResolvedMove& move_;
    std::uint32_t number_;
    MovedCost& out_;
    MoveFindings findings_;
    BaseMaker bases_;
    std::map<Cell, MoveBases> known_;
};

/// What every department's cell had, lost and got.
std::vector<CollectedRow> collected_rows(const std::vector<CostPiece>& booked,
                                         const CollectionResult& result) {
    std::map<Cell, CollectedRow> cells;
    const auto at = [&](const Cell& cell) -> CollectedRow& {
        CollectedRow& row = cells[cell];
        std::tie(row.department, row.cost_item, row.fund) = cell;
        return row;
    };
    for (const CostPiece& piece : booked) {
        at(cell_of(piece)).booked += piece.amount;
    }
    for (const MoveRow& row : result.moves) {
        at({row.department, row.cost_item, row.fund}).moved_out -= row.amount;
        if (row.to_department.is_valid()) {
            at({row.to_department, row.to_cost_item, row.to_fund}).moved_in += row.amount;
        }
    }
    for (const CostPiece& piece : result.pieces) {
        CollectedRow& row = at(cell_of(piece));
        row.direct += piece.amount;
        row.calculated += piece.entry == CostEntry::calculated ? piece.amount : Money();
    }
    std::vector<CollectedRow> rows;
    for (auto& [cell, row] : cells) {
        YUANLIU_CHECK(row.booked + row.moved_out + row.moved_in == row.direct);
        if (!row.booked.is_zero() || !row.moved_out.is_zero() || !row.moved_in.is_zero() ||
            !row.calculated.is_zero()) {
            rows.push_back(row);
        }
    }
    return rows;
}

}  // namespace

MovedCost move_cost(const Month& month, const CollectionRules& rules,
                    std::vector<CostPiece> pieces) {
    MovedCost out;
    out.result.has_rules = true;
    const MovePlan plan = resolve_moves(month, rules);
    out.findings = plan.findings;
    for (const MoveRule& rule : rules.moves) {
        out.result.rule_names.push_back(rule.name);
    }
    if (has_stop(out.findings)) {
        return out;
    }
    const std::vector<CostPiece> booked = pieces;
    merge(pieces);
    for (std::size_t i = 0; i < plan.moves.size(); ++i) {
        if (plan.moves[i].holds) {
            Mover(month, plan.moves[i], i, out).run(pieces);
        }
    }
    out.result.pieces = std::move(pieces);
    if (!has_stop(out.findings)) {
        out.result.collected = collected_rows(booked, out.result);
    }
    return out;
}

}  // namespace yuanliu::costing
