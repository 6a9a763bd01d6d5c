// Why this file: collects direct cost, [RULE COST-002].
#include "costing/collect/direct_cost.hpp"

#include "costing/collect/moves.hpp"

namespace yuanliu::costing {
namespace {

/// The lines that are cost, as pieces; the others are listed.
std::vector<CostPiece> take_ledger(const Month& month, DirectCost& direct) {
    std::vector<CostPiece> pieces;
    for (std::size_t i = 0; i < month.ledger.size(); ++i) {
        const LedgerLine& line = month.ledger[i];
        const Account& account = month.accounts[line.account.index()];
        const bool by_account = account.treatment == MapTreatment::excluded;
        const bool by_department = month.departments[line.department.index()].department_class ==
                                   DepartmentClass::excluded;
        direct.ledger_total += line.amount;
        if (by_account || by_department) {
            direct.excluded.push_back(
                {.ledger_row = static_cast<std::uint32_t>(i), .by_account = by_account});
            direct.excluded_total += line.amount;
            continue;
        }
        pieces.push_back({.ledger_row = static_cast<std::uint32_t>(i),
                          .entry = CostEntry::direct,
                          .department = line.department,
                          .cost_item = account.cost_item,
                          .fund = line.fund,
                          .amount = line.amount});
    }
    return pieces;
}

}  // namespace

DirectCost collect_direct_cost(const Month& month, const std::optional<CollectionRules>& rules) {
    DirectCost direct{.balances = Balances(month.departments.size(), month.cost_items.size()),
                      .excluded = {},
                      .collection = {},
                      .ledger_total = {},
                      .excluded_total = {},
                      .findings = {}};
    std::vector<CostPiece> pieces = take_ledger(month, direct);
    if (rules) {
        MovedCost moved = move_cost(month, *rules, std::move(pieces));
        direct.excluded_total += moved.out;
        direct.collection = std::move(moved.result);
        direct.findings = std::move(moved.findings);
        pieces = direct.collection.pieces;
    }
    for (const CostPiece& piece : pieces) {
        direct.balances.at(piece.department, {.cost_item = piece.cost_item,
                                              .fund = piece.fund,
                                              .origin = Origin::direct}) += piece.amount;
    }
    YUANLIU_CHECK(has_stop(direct.findings) ||
                  direct.ledger_total == direct.excluded_total + direct.balances.total());
    return direct;
}

}  // namespace yuanliu::costing
