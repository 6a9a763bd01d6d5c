// Why this file: opens a department's cost: ledger lines by cost item, what came from whom by which
// base, and what was sent on, which is negative; together the full cost.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "server/usecase/explain_cells.hpp"

namespace yuanliu::usecase {
namespace {

struct Cell {
    DepartmentId department;
    std::optional<CostItemId> cost_item;
    std::optional<FundSource> fund;
    [[nodiscard]] bool covers(CostItemId item, FundSource source) const {
        return (!cost_item || *cost_item == item) && (!fund || *fund == source);
    }
};

template <class Rows>
std::optional<std::size_t> find_code(const Rows& rows, const std::string& code) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.code == code; });
    return found == rows.end() ? std::nullopt
                               : std::optional(static_cast<std::size_t>(found - rows.begin()));
}

tl::unexpected<CellError> unknown(std::string what, const std::string& code) {
    return tl::unexpected(
        CellError{.kind = CellError::Kind::unknown, .what = std::move(what), .code = code});
}

tl::expected<Cell, CellError> read_cell(const Month& month, const std::vector<std::string>& parts) {
    Cell cell;
    const auto department = find_code(month.departments, parts[1]);
    if (!department) {
        return unknown("department", parts[1]);
    }
    cell.department = DepartmentId(*department);
    if (parts.size() > 2) {
        const auto item = find_code(month.cost_items, parts[2]);
        if (!item) {
            return unknown("cost item", parts[2]);
        }
        cell.cost_item = CostItemId(*item);
    }
    if (parts.size() > 3) {
        cell.fund = parse_word<FundSource>(parts[3]);
        if (!cell.fund) {
            return unknown("fund source", parts[3]);
        }
    }
    return cell;
}

/// One part for each cost item, with its vouchers.
void add_ledger(const Month& month, const Cell& cell, std::vector<ExplanationPart>& parts) {
    std::map<std::size_t, ExplanationPart> by_item;
    for (const LedgerLine& line : month.ledger) {
        const Account& account = month.accounts[line.account.index()];
        if (line.department != cell.department || account.treatment != MapTreatment::cost ||
            !cell.covers(account.cost_item, line.fund)) {
            continue;
        }
        ExplanationPart& part = by_item[account.cost_item.index()];
        part.amount += line.amount;
        part.lines.push_back({.reference = line.voucher + "/" + line.line,
                              .text = account.code + " " + line.summary,
                              .quantity = {},
                              .amount = line.amount});
    }
    for (auto& [item, part] : by_item) {
        part.kind = PartKind::ledger;
        part.label = month.cost_items[item].name;
        parts.push_back(std::move(part));
    }
}

void add_received(const Month& month, const CostingResult& costing, const Cell& cell,
                  std::vector<ExplanationPart>& parts) {
    for (const TransferRow& row : costing.transfers) {
        if (row.receiver != cell.department || !cell.covers(row.cost_item, row.fund)) {
            continue;
        }
        const Department& sender = month.departments[row.sender.index()];
        const CostItem& item = month.cost_items[row.cost_item.index()];
        parts.push_back(
            {.amount = row.cost,
             .kind = PartKind::transfer,
             .label = sender.name + " · " + item.name,
             .formula = fmt::format("{} × {} {} / {}", grouped_yuan(row.pool),
                                    driver_of(month, costing, row.driver).name, row.base.trimmed(),
                                    row.base_total.trimmed()),
             .cell = fmt::format("department:{}:{}:{}", sender.code, item.code, word_of(row.fund)),
             .lines = {}});
    }
}

void add_sent(const Month& month, const CostingResult& costing, const Cell& cell,
              std::vector<ExplanationPart>& parts) {
    std::map<std::size_t, Money> by_receiver;
    for (const TransferRow& row : costing.transfers) {
        if (row.sender == cell.department && cell.covers(row.cost_item, row.fund)) {
            by_receiver[row.receiver.index()] -= row.cost;
        }
    }
    for (const auto& [receiver, amount] : by_receiver) {
        parts.push_back({.amount = amount,
                         .kind = PartKind::sent,
                         .label = fmt::format("→ {}", month.departments[receiver].name),
                         .formula = {},
                         .cell = fmt::format("department:{}", month.departments[receiver].code),
                         .lines = {}});
    }
}

Money full_cost(const CostingResult& costing, const Cell& cell) {
    Money sum;
    for (const DepartmentCostRow& row : costing.department_costs) {
        if (row.department == cell.department && row.kind == CostKind::full &&
            cell.covers(row.cost_item, row.fund)) {
            sum += row.cost;
        }
    }
    return sum;
}

}  // namespace

tl::expected<Explanation, CellError> explain_department_cell(
    const ExplainInput& input, const std::vector<std::string>& parts) {
    const Month& month = input.outcome.loaded.month;
    const CostingResult& costing = input.outcome.result.costing;
    const auto cell = read_cell(month, parts);
    if (!cell) {
        return tl::unexpected(cell.error());
    }
    Explanation out{.title = month.departments[cell->department.index()].name,
                    .total = full_cost(costing, *cell),
                    .parts = {}};
    if (cell->cost_item) {
        out.title += " · " + month.cost_items[cell->cost_item->index()].name;
    }
    add_ledger(month, *cell, out.parts);
    add_received(month, costing, *cell, out.parts);
    add_sent(month, costing, *cell, out.parts);
    return out;
}

}  // namespace yuanliu::usecase
