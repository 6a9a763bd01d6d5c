// Why this file: opens a department's cost cell, or the pool of it that patients shared: direct
// lines by voucher, what was received from whom by which base, what was sent on. The parts printed
// sum to the cell exactly, and the sum is printed to prove it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "server/cli/explanation.hpp"
#include "server/cli/summary.hpp"
#include "server/cli/vocabulary.hpp"

namespace yuanliu::cli {
namespace {

/// What is opened: a department, or one item or fund source of it; below the first level, only what
/// a sender passed on under one origin in one stage, so that the parts printed are exactly the pool
/// that was shared out.
struct Cell {
    DepartmentId department;
    std::optional<CostItemId> cost_item;
    std::optional<FundSource> fund;
    std::optional<PoolKind> pool;  ///< only cost items traced to it
    std::array<bool, kOrigins> origins{true, true, true, true, true};
    std::uint32_t before_stage = 0xFFFFFFFFU;
    [[nodiscard]] bool has(Origin origin) const {
        return origins[static_cast<std::size_t>(origin)];
    }
};

using ByOrigin = std::array<Money, kOrigins>;

Money total(const ByOrigin& sums) {
    return std::accumulate(sums.begin(), sums.end(), Money());
}

class DepartmentExplainer {
  public:
    DepartmentExplainer(const usecase::ComputeOutcome& outcome, Language language)
        : month_(outcome.loaded.month),
          costing_(outcome.result.costing),
          stages_(outcome.rules.rules.allocation.stages),
          language_(language) {}

    /// Prints the cell and everything below it; returns what was printed at this level, by origin.
    ByOrigin print(const Cell& cell, int depth, std::size_t indent) const {
        ByOrigin sums{};
        print_direct(cell, indent, sums);
        print_received(cell, depth, indent, sums);
        return sums;
    }

    /// What was printed, by origin: whose cost it was.
    void print_origins(const ByOrigin& sums) const {
        std::string text;
        for (std::size_t i = 0; i < kOrigins; ++i) {
            text += fmt::format("{}{} {}", i == 0 ? "" : " + ",
                                name_in(language_, static_cast<Origin>(i)), yuan(sums[i]));
        }
        fmt::print("  {}: {} = {}\n", say(language_, "by origin", "按来源"), text,
                   yuan(total(sums)));
    }

    [[nodiscard]] Money sum_of(const Cell& cell, CostKind kind) const {
        Money sum;
        for (const DepartmentCostRow& row : costing_.department_costs) {
            if (row.department == cell.department && row.kind == kind &&
                covers(cell, row.cost_item, row.fund)) {
                sum += row.cost;
            }
        }
        return sum;
    }

  private:
    [[nodiscard]] bool covers(const Cell& cell, CostItemId item, FundSource fund) const {
        return (!cell.cost_item || *cell.cost_item == item) && (!cell.fund || *cell.fund == fund) &&
               (!cell.pool || month_.cost_items[item.index()].traced_to == *cell.pool);
    }

    [[nodiscard]] bool is_direct(const LedgerLine& line, const Cell& cell) const {
        const Account& account = month_.accounts[line.account.index()];
        return cell.has(Origin::direct) && line.department == cell.department &&
               account.treatment == MapTreatment::cost &&
               month_.departments[line.department.index()].department_class !=
                   DepartmentClass::excluded &&
               covers(cell, account.cost_item, line.fund);
    }

    void print_direct(const Cell& cell, std::size_t indent, ByOrigin& sums) const {
        for (const LedgerLine& line : month_.ledger) {
            if (!is_direct(line, cell)) {
                continue;
            }
            const Account& account = month_.accounts[line.account.index()];
            fmt::print("{:{}}{:>16}  {} {}/{} {} {} {} {} {}\n", "", indent, yuan(line.amount),
                       say(language_, "ledger", "凭证"), line.voucher, line.line, account.code,
                       month_.cost_items[account.cost_item.index()].code,
                       name_in(language_, line.fund), line.attribution_period.text(), line.summary);
            sums[static_cast<std::size_t>(Origin::direct)] += line.amount;
        }
    }

    /// The sender's cell that made up the pool of a transfer (docs/method.md §3: direct and public
    /// cost take the stage's name).
    [[nodiscard]] Cell pool_of(const TransferRow& row) const {
        Cell cell{.department = row.sender,
                  .cost_item = row.cost_item,
                  .fund = row.fund,
                  .pool = {},
                  .origins = {},
                  .before_stage = row.stage};
        cell.origins[static_cast<std::size_t>(row.origin)] = true;
        if (stages_[row.stage - 1].name == row.origin) {
            cell.origins[static_cast<std::size_t>(Origin::direct)] = true;
            cell.origins[static_cast<std::size_t>(Origin::public_cost)] = true;
        }
        return cell;
    }

    void print_received(const Cell& cell, int depth, std::size_t indent, ByOrigin& sums) const {
        for (const TransferRow& row : costing_.transfers) {
            if (row.receiver != cell.department || !covers(cell, row.cost_item, row.fund) ||
                !cell.has(row.origin) || row.stage >= cell.before_stage) {
                continue;
            }
            sums[static_cast<std::size_t>(row.origin)] += row.cost;
            const Department& sender = month_.departments[row.sender.index()];
            fmt::print("{:{}}{:>16}  {} {} {} ({}, {}, {}): {} × {} {} / {}, {} {}\n", "", indent,
                       yuan(row.cost), say(language_, "from", "来自"), sender.code, sender.name,
                       month_.cost_items[row.cost_item.index()].code, name_in(language_, row.fund),
                       name_in(language_, row.origin), yuan(row.pool),
                       month_.drivers[row.driver.index()].name, row.base.trimmed(),
                       row.base_total.trimmed(), say(language_, "stage", "阶段"), row.stage);
            if (depth > 1) {
                YUANLIU_CHECK(total(print(pool_of(row), depth - 1, indent + 4)) == row.pool);
            }
        }
    }

    const Month& month_;
    const CostingResult& costing_;
    const std::vector<Stage>& stages_;
    Language language_;
};

/// A known code at the head of `text` and what follows its colon. Codes may hold colons: the
/// longest that fits is taken.
struct Head {
    std::size_t index = 0;
    std::string_view rest;  ///< blank = nothing follows
};

template <class Rows>
std::optional<Head> known_head(const Rows& rows, std::string_view text) {
    std::optional<Head> best;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string& code = rows[i].code;
        const bool fits =
            text.starts_with(code) && (text.size() == code.size() || text[code.size()] == ':');
        if (fits && (!best || code.size() > rows[best->index].code.size())) {
            best = Head{.index = i, .rest = text.substr(std::min(text.size(), code.size() + 1))};
        }
    }
    return best;
}

std::string_view first_part(std::string_view text) {
    return text.substr(0, text.find(':'));
}

/// The cell of CODE[:COST_ITEM[:FUND_SOURCE]]; none when it is said what is unknown.
std::optional<Cell> parse_cell(const Month& month, std::string_view text, Language language) {
    const auto department = known_head(month.departments, text);
    if (!department) {
        say_unknown(language, "department", "科室", first_part(text));
        return std::nullopt;
    }
    Cell cell;
    cell.department = DepartmentId(department->index);
    if (department->rest.empty()) {
        return cell;
    }
    const auto item = known_head(month.cost_items, department->rest);
    if (!item) {
        say_unknown(language, "cost item", "成本项目", first_part(department->rest));
        return std::nullopt;
    }
    cell.cost_item = CostItemId(item->index);
    if (!item->rest.empty()) {
        cell.fund = parse_word<FundSource>(item->rest);
        if (!cell.fund) {
            say_unknown(language, "fund source", "资金来源", item->rest);
            return std::nullopt;
        }
    }
    return cell;
}

/// The number of the first stage after patients have shared.
std::uint32_t stage_after_items(const std::vector<Stage>& stages) {
    const auto first = std::find_if(stages.begin(), stages.end(),
                                    [](const Stage& stage) { return !stage.before_items; });
    return static_cast<std::uint32_t>(first - stages.begin()) + 1;
}

}  // namespace

int explain_department(const usecase::ComputeOutcome& outcome, std::string_view cell_name,
                       const ExplainRequest& request) {
    const Month& month = outcome.loaded.month;
    const Language language = request.language;
    const auto cell = parse_cell(month, cell_name, language);
    if (!cell) {
        return kUsage;
    }
    const Department& department = month.departments[cell->department.index()];
    const DepartmentExplainer explainer(outcome, language);
    fmt::print("{} {} {}\n", month.period.text(), department.code, department.name);
    if (department.department_class == DepartmentClass::excluded) {
        fmt::print("  {}\n", say(language,
                                 "The ledger lines of this department are kept out of cost (its "
                                 "class is excluded); they stand in excluded.csv.",
                                 "本科室类别为不计入成本, 其凭证不计成本, 列于 excluded.csv。"));
    }
    const ByOrigin printed = explainer.print(*cell, request.depth, 2);
    const Money direct = explainer.sum_of(*cell, CostKind::direct);
    const Money received = explainer.sum_of(*cell, CostKind::received);
    const Money sent = explainer.sum_of(*cell, CostKind::sent);
    YUANLIU_CHECK(total(printed) == direct + received);
    explainer.print_origins(printed);
    fmt::print("  {} {} + {} {} + {} {} = {} {}\n", say(language, "direct", "直接"), yuan(direct),
               say(language, "received", "转入"), yuan(received), say(language, "sent", "转出"),
               yuan(sent), say(language, "full", cell->fund ? "合计" : "医院全成本 (全部资金来源)"),
               yuan(explainer.sum_of(*cell, CostKind::full)));
    return kDone;
}

int explain_pool(const usecase::ComputeOutcome& outcome, std::string_view cell_name,
                 const ExplainRequest& request) {
    const Month& month = outcome.loaded.month;
    const Language language = request.language;
    const std::size_t colon = std::min(cell_name.rfind(':'), cell_name.size());
    const std::string_view kind_word = cell_name.substr(std::min(colon + 1, cell_name.size()));
    const auto department = known_head(month.departments, cell_name.substr(0, colon));
    if (!department || !department->rest.empty()) {
        return say_unknown(language, "department", "科室", cell_name.substr(0, colon));
    }
    const auto kind = parse_word<PoolKind>(kind_word);
    const auto& pools = outcome.result.costing.pools;
    const auto pool = std::find_if(pools.begin(), pools.end(), [&](const PoolResult& row) {
        return row.department.index() == department->index && kind && row.kind == *kind;
    });
    if (pool == pools.end()) {
        return say_unknown(language, "pool (KIND is drug, material or service)",
                           "成本池 (类别为 drug、material、service)", cell_name);
    }
    Cell cell;
    cell.department = pool->department;
    cell.pool = pool->kind;
    cell.before_stage = stage_after_items(outcome.rules.rules.allocation.stages);
    const DepartmentExplainer explainer(outcome, language);
    fmt::print("{} {} {} · {} · {} {}\n", month.period.text(),
               month.departments[department->index].code, month.departments[department->index].name,
               say(language, "cost that patients shared", "由患者分担的成本"),
               say(language, "pool", "成本池"), name_in(language, pool->kind));
    const ByOrigin printed = explainer.print(cell, request.depth, 2);
    YUANLIU_CHECK(total(printed) == pool->cost);
    explainer.print_origins(printed);
    fmt::print("  {} {}: {} {} · {} {}\n", say(language, "pool", "成本池"), yuan(pool->cost),
               say(language, "encounters", "就诊"), pool->entries,
               say(language, "unallocated", "未分配"), yuan(pool->unallocated()));
    print_activities(outcome.result.costing, *pool, language);
    return kDone;
}

}  // namespace yuanliu::cli
