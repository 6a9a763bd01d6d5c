// Why this file: opens a department's cost cell: direct lines by voucher, what was received from
// whom by which base, what was sent on. The parts printed sum to the cell exactly, and the sum is
// printed to prove it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "server/cli/explanation.hpp"
#include "server/cli/summary.hpp"

namespace yuanliu::cli {
namespace {

/// What is opened: a department, or one item or fund source of it; below the first level, only what
/// a sender passed on under one origin in one stage, so that the parts printed are exactly the pool
/// that was shared out.
struct Cell {
    DepartmentId department;
    std::optional<CostItemId> cost_item;
    std::optional<FundSource> fund;
    std::array<bool, kOrigins> origins{true, true, true, true, true};
    std::uint32_t before_stage = 0xFFFFFFFFU;
    [[nodiscard]] bool covers(CostItemId item, FundSource source) const {
        return (!cost_item || *cost_item == item) && (!fund || *fund == source);
    }
    [[nodiscard]] bool has(Origin origin) const {
        return origins[static_cast<std::size_t>(origin)];
    }
};

class DepartmentExplainer {
  public:
    DepartmentExplainer(const usecase::ComputeOutcome& outcome, Language language)
        : month_(outcome.loaded.month),
          costing_(outcome.result.costing),
          stages_(outcome.rules.rules.allocation.stages),
          language_(language) {}

    /// Prints the cell and everything below it; returns the sum of what was printed at this level.
    Money print(const Cell& cell, int depth, std::size_t indent) const {
        Money sum = print_direct(cell, indent);
        sum += print_received(cell, depth, indent);
        return sum;
    }

    [[nodiscard]] Money sum_of(const Cell& cell, CostKind kind) const {
        Money sum;
        for (const DepartmentCostRow& row : costing_.department_costs) {
            if (row.department == cell.department && row.kind == kind &&
                cell.covers(row.cost_item, row.fund)) {
                sum += row.cost;
            }
        }
        return sum;
    }

  private:
    [[nodiscard]] bool is_direct(const LedgerLine& line, const Cell& cell) const {
        const Account& account = month_.accounts[line.account.index()];
        return cell.has(Origin::direct) && line.department == cell.department &&
               account.treatment == MapTreatment::cost && cell.covers(account.cost_item, line.fund);
    }

    Money print_direct(const Cell& cell, std::size_t indent) const {
        Money sum;
        for (const LedgerLine& line : month_.ledger) {
            if (!is_direct(line, cell)) {
                continue;
            }
            const Account& account = month_.accounts[line.account.index()];
            fmt::print("{:{}}{:>16}  {} {}/{} {} {} {} {} {}\n", "", indent, yuan(line.amount),
                       say(language_, "ledger", "凭证"), line.voucher, line.line, account.code,
                       month_.cost_items[account.cost_item.index()].code, word_of(line.fund),
                       line.attribution_period.text(), line.summary);
            sum += line.amount;
        }
        return sum;
    }

    /// The sender's cell that made up the pool of a transfer (docs/method.md §3: direct and public
    /// cost take the stage's name).
    [[nodiscard]] Cell pool_of(const TransferRow& row) const {
        Cell cell{.department = row.sender,
                  .cost_item = row.cost_item,
                  .fund = row.fund,
                  .origins = {},
                  .before_stage = row.stage};
        cell.origins[static_cast<std::size_t>(row.origin)] = true;
        if (stages_[row.stage - 1].name == row.origin) {
            cell.origins[static_cast<std::size_t>(Origin::direct)] = true;
            cell.origins[static_cast<std::size_t>(Origin::public_cost)] = true;
        }
        return cell;
    }

    Money print_received(const Cell& cell, int depth, std::size_t indent) const {
        Money sum;
        for (const TransferRow& row : costing_.transfers) {
            if (row.receiver != cell.department || !cell.covers(row.cost_item, row.fund) ||
                !cell.has(row.origin) || row.stage >= cell.before_stage) {
                continue;
            }
            sum += row.cost;
            const Department& sender = month_.departments[row.sender.index()];
            fmt::print("{:{}}{:>16}  {} {} {} ({}, {}, {}): {} × {} {} / {}, {} {}\n", "", indent,
                       yuan(row.cost), say(language_, "from", "来自"), sender.code, sender.name,
                       month_.cost_items[row.cost_item.index()].code, word_of(row.fund),
                       word_of(row.origin), yuan(row.pool), month_.drivers[row.driver.index()].name,
                       row.base.trimmed(), row.base_total.trimmed(),
                       say(language_, "stage", "阶段"), row.stage);
            if (depth > 1) {
                YUANLIU_CHECK(print(pool_of(row), depth - 1, indent + 4) == row.pool);
            }
        }
        return sum;
    }

    const Month& month_;
    const CostingResult& costing_;
    const std::vector<Stage>& stages_;
    Language language_;
};

template <class Rows>
std::optional<std::size_t> find_code(const Rows& rows, const std::string& code) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.code == code; });
    return found == rows.end() ? std::nullopt
                               : std::optional(static_cast<std::size_t>(found - rows.begin()));
}

int unknown(const std::string& what, const std::string& code) {
    fmt::print(stderr, "error: there is no {} {} in this month\n", what, code);
    return kUsage;
}

}  // namespace

int explain_department(const usecase::ComputeOutcome& outcome,
                       const std::vector<std::string>& parts, int depth, Language language) {
    const Month& month = outcome.loaded.month;
    const auto department = find_code(month.departments, parts[1]);
    if (!department) {
        return unknown("department", parts[1]);
    }
    Cell cell;
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
    const DepartmentExplainer explainer(outcome, language);
    fmt::print("{} {} {}\n", outcome.loaded.month.period.text(),
               month.departments[*department].code, month.departments[*department].name);
    const Money printed = explainer.print(cell, depth, 2);
    const Money direct = explainer.sum_of(cell, CostKind::direct);
    const Money received = explainer.sum_of(cell, CostKind::received);
    const Money sent = explainer.sum_of(cell, CostKind::sent);
    YUANLIU_CHECK(printed == direct + received);
    fmt::print("  {} {} + {} {} + {} {} = {} {}\n", say(language, "direct", "直接"), yuan(direct),
               say(language, "received", "转入"), yuan(received), say(language, "sent", "转出"),
               yuan(sent), say(language, "full", "全成本"),
               yuan(explainer.sum_of(cell, CostKind::full)));
    return kDone;
}

}  // namespace yuanliu::cli
