// Why this file: opens what a department held: its full cost, the pool of it that patients shared,
// or the amount that it split in its stage. Each is made of ledger lines and of what was received
// from whom by which base.
#include <fmt/format.h>

#include <map>
#include <numeric>
#include <set>

#include "server/report/cost_layers.hpp"
#include "server/usecase/explain_cells.hpp"

namespace yuanliu::usecase {
namespace {

/// Which part of what a department held is opened.
struct Holding {
    DepartmentId department;
    std::optional<CostItemId> cost_item;
    std::optional<FundSource> fund;
    std::optional<PoolKind> pool;  ///< only cost items traced to it
    std::array<bool, kOrigins> origins{true, true, true, true, true};
    std::uint32_t before_stage = 0xFFFFFFFFU;
    [[nodiscard]] bool has(Origin origin) const {
        return origins[static_cast<std::size_t>(origin)];
    }
    [[nodiscard]] bool is_whole() const { return !cost_item && !pool; }
};

class DepartmentExplainer {
  public:
    DepartmentExplainer(const ExplainInput& input, const Holding& holding)
        : month_(input.outcome.loaded.month),
          costing_(input.outcome.result.costing),
          holding_(holding) {}

    /// Everything booked and received.
    void add_sources() {
        add_ledger();
        add_moved();
        add_received();
    }

    /// One part for each reason: what was booked, and less the same again.
    void add_excluded() {
        std::map<std::pair<bool, std::string>, ExplanationNode> by_reason;
        for (const ExcludedLine& excluded : costing_.excluded) {
            const LedgerLine& line = month_.ledger[excluded.ledger_row];
            const Account& account = month_.accounts[line.account.index()];
            const bool inside = account.treatment == MapTreatment::cost
                                    ? covers(account.cost_item, line.fund)
                                    : holding_.is_whole();
            if (line.department != holding_.department || !inside) {
                continue;
            }
            const std::string reason = excluded.by_account ? account.reason : std::string();
            ExplanationNode& node = by_reason[{excluded.by_account, reason}];
            node.amount += line.amount;
            node.lines.push_back(ledger_source(month_, line));
        }
        for (auto& [key, booked] : by_reason) {
            const auto& [by_account, reason] = key;
            const Word why = by_account ? Word(reason) : Word(DepartmentClass::excluded);
            booked.kind = PartKind::excluded;
            booked.rule = Rule::ledger_lines;
            booked.label = {why};
            ExplanationNode less = booked;
            less.lines.clear();
            less.amount = -booked.amount;
            less.rule = by_account ? Rule::kept_out_by_account : Rule::kept_out_by_department;
            less.quantities = {{QuantityName::reason, why}};
            root_.parts.push_back(std::move(booked));
            root_.parts.push_back(std::move(less));
        }
    }

    void add_sent() {
        std::map<DepartmentId, Money> by_receiver;
        for (const TransferRow& row : costing_.transfers) {
            if (row.sender == holding_.department && covers(row.cost_item, row.fund)) {
                by_receiver[row.receiver] -= row.cost;
            }
        }
        for (const auto& [receiver, amount] : by_receiver) {
            const Department& department = month_.departments[receiver.index()];
            root_.parts.push_back({.kind = PartKind::sent,
                                   .label = {department.name},
                                   .rule = Rule::passed_on,
                                   .quantities = {},
                                   .amount = amount,
                                   .cell = "department:" + department.code,
                                   .lines = {},
                                   .parts = {}});
        }
    }

    [[nodiscard]] Explanation finish(Rule rule, Money amount, std::vector<Word> label) {
        root_.kind = PartKind::cost;
        root_.rule = rule;
        root_.amount = amount;
        root_.label = std::move(label);
        return {.root = std::move(root_), .by_origin = by_origin_};
    }
    [[nodiscard]] Money sum() const {
        return std::accumulate(by_origin_.begin(), by_origin_.end(), Money());
    }
    ExplanationNode& root() { return root_; }

  private:
    [[nodiscard]] bool covers(CostItemId item, FundSource fund) const {
        return (!holding_.cost_item || *holding_.cost_item == item) &&
               (!holding_.fund || *holding_.fund == fund) &&
               (!holding_.pool || month_.cost_items[item.index()].traced_to == *holding_.pool);
    }

    [[nodiscard]] bool is_direct(const LedgerLine& line) const {
        const Account& account = month_.accounts[line.account.index()];
        return holding_.has(Origin::direct) && line.department == holding_.department &&
               account.treatment == MapTreatment::cost &&
               month_.departments[line.department.index()].department_class !=
                   DepartmentClass::excluded &&
               covers(account.cost_item, line.fund);
    }

    /// One part for each cost item and fund source, with its vouchers.
    void add_ledger() {
        std::map<std::pair<CostItemId, FundSource>, ExplanationNode> cells;
        for (const LedgerLine& line : month_.ledger) {
            if (!is_direct(line)) {
                continue;
            }
            ExplanationNode& node =
                cells[{month_.accounts[line.account.index()].cost_item, line.fund}];
            node.amount += line.amount;
            node.lines.push_back(ledger_source(month_, line));
            by_origin_[static_cast<std::size_t>(Origin::direct)] += line.amount;
        }
        for (auto& [key, node] : cells) {
            const CostItem& item = month_.cost_items[key.first.index()];
            node.kind = PartKind::ledger;
            node.rule = Rule::ledger_lines;
            node.label = {item.name};
            if (key.second != FundSource::basic) {
                node.label.emplace_back(key.second);
            }
            node.quantities = {{QuantityName::cost_item, item.code},
                               {QuantityName::fund_source, key.second}};
            root_.parts.push_back(std::move(node));
        }
    }

    /// Moves change direct cost only.
    void add_moved() {
        if (!holding_.has(Origin::direct)) {
            return;
        }
        for (ExplanationNode& node :
             moved_parts(month_, costing_.collection,
                         [&](DepartmentId department, CostItemId item, FundSource fund) {
                             return department == holding_.department && covers(item, fund);
                         })) {
            by_origin_[static_cast<std::size_t>(Origin::direct)] += node.amount;
            root_.parts.push_back(std::move(node));
        }
    }

    void add_received() {
        for (const TransferRow& row : costing_.transfers) {
            if (row.receiver != holding_.department || !covers(row.cost_item, row.fund) ||
                !holding_.has(row.origin) || row.stage >= holding_.before_stage) {
                continue;
            }
            by_origin_[static_cast<std::size_t>(row.origin)] += row.cost;
            root_.parts.push_back(received(row));
        }
    }

    [[nodiscard]] ExplanationNode received(const TransferRow& row) const {
        const Department& sender = month_.departments[row.sender.index()];
        const CostItem& item = month_.cost_items[row.cost_item.index()];
        std::vector<Word> label{sender.name, item.name};
        if (row.fund != FundSource::basic) {
            label.emplace_back(row.fund);
        }
        return {.kind = PartKind::transfer,
                .label = std::move(label),
                .rule = Rule::share_by_driver,
                .quantities = {{QuantityName::pool, row.pool},
                               {QuantityName::driver, driver_of(month_, costing_, row.driver).name},
                               {QuantityName::base, row.base.trimmed()},
                               {QuantityName::base_total, row.base_total.trimmed()},
                               {QuantityName::origin, row.origin},
                               {QuantityName::stage, std::to_string(row.stage)},
                               {QuantityName::cost_item, item.code},
                               {QuantityName::fund_source, row.fund}},
                .amount = row.cost,
                .cell = fmt::format("transfer:{}:{}:{}:{}", sender.code, item.code,
                                    word_of(row.fund), word_of(row.origin)),
                .lines = {},
                .parts = {}};
    }

    const Month& month_;
    const CostingResult& costing_;
    const Holding& holding_;
    ExplanationNode root_;
    std::array<Money, kOrigins> by_origin_{};
};

Money full_cost(const CostingResult& costing, const Holding& cell) {
    Money sum;
    for (const DepartmentCostRow& row : costing.department_costs) {
        if (row.department == cell.department && row.kind == CostKind::full &&
            (!cell.cost_item || row.cost_item == *cell.cost_item) &&
            (!cell.fund || row.fund == *cell.fund)) {
            sum += row.cost;
        }
    }
    return sum;
}

/// The holding of CODE[:COST_ITEM[:FUND_SOURCE]] and what follows it.
tl::expected<std::pair<Holding, std::string_view>, CellError> read_holding(const Month& month,
                                                                           std::string_view rest) {
    Holding cell;
    const auto department = find_head(month.departments, CellNoun::department, rest);
    if (!department) {
        return tl::unexpected(department.error());
    }
    cell.department = DepartmentId(department->index);
    if (department->rest.empty()) {
        return std::pair(cell, std::string_view());
    }
    const auto item = find_head(month.cost_items, CellNoun::cost_item, department->rest);
    if (!item) {
        return tl::unexpected(item.error());
    }
    cell.cost_item = CostItemId(item->index);
    if (item->rest.empty()) {
        return std::pair(cell, std::string_view());
    }
    const auto fund = find_word<FundSource>(CellNoun::fund_source, first_part(item->rest));
    if (!fund) {
        return tl::unexpected(fund.error());
    }
    cell.fund = *fund;
    return std::pair(cell, after_first(item->rest));
}

/// What the holding is called: department, cost item, fund source.
std::vector<Word> label_of(const Month& month, const Holding& cell) {
    std::vector<Word> label{month.departments[cell.department.index()].name};
    if (cell.cost_item) {
        label.emplace_back(month.cost_items[cell.cost_item->index()].name);
    }
    if (cell.fund) {
        label.emplace_back(*cell.fund);
    }
    return label;
}

/// The number of the first stage after patients have shared.
std::uint32_t stage_after_items(const std::vector<Stage>& stages) {
    const auto first = std::find_if(stages.begin(), stages.end(),
                                    [](const Stage& stage) { return !stage.before_items; });
    return static_cast<std::uint32_t>(first - stages.begin()) + 1;
}

/// The origins under which a sender did pass the cell on.
std::vector<std::string> origins_sent(const std::vector<TransferRow>& transfers,
                                      const Holding& cell) {
    std::set<Origin> origins;
    for (const TransferRow& row : transfers) {
        if (row.sender == cell.department && row.cost_item == *cell.cost_item &&
            row.fund == *cell.fund) {
            origins.insert(row.origin);
        }
    }
    std::vector<std::string> words;
    for (const Origin origin : origins) {
        words.emplace_back(word_of(origin));
    }
    return words;
}

/// Direct and public cost are passed on under the stage's name, or the sender's class
/// (docs/allocation.md §1).
bool takes_own_cost(const Month& month, const Stage& stage, DepartmentId sender, Origin origin) {
    return stage.by_class
               ? word_of(origin) == word_of(month.departments[sender.index()].department_class)
               : stage.name == origin;
}

/// What layers follow: direct and full cost, and what was moved.
report::ResultBook moving_rows(const Month& month, const CostingResult& costing) {
    report::ResultBook book{};
    const auto code = [&](DepartmentId id) { return month.departments[id.index()].code; };
    for (const DepartmentCostRow& row : costing.department_costs) {
        book.costs.push_back({.department = code(row.department),
                              .kind = row.kind,
                              .cost_item = month.cost_items[row.cost_item.index()].code,
                              .fund = row.fund,
                              .origin = row.origin,
                              .cost = row.cost});
    }
    for (const TransferRow& row : costing.transfers) {
        report::Transfer& move = book.transfers.emplace_back();
        move.stage = row.stage;
        move.sender = code(row.sender);
        move.receiver = code(row.receiver);
        move.cost_item = month.cost_items[row.cost_item.index()].code;
        move.fund = row.fund;
        move.origin = row.origin;
        move.cost = row.cost;
        move.pass = row.pass;
    }
    return book;
}

/// Whose cost it first was, then the classes that passed it on.
ExplanationNode layer_part(const report::Path& path, Money amount) {
    ExplanationNode node{.kind = PartKind::component,
                         .label = {path.origin},
                         .rule = Rule::sum_of_parts,
                         .quantities = {{QuantityName::origin, path.origin}},
                         .amount = amount,
                         .cell = {},
                         .lines = {},
                         .parts = {}};
    for (std::size_t c = 0; c < WordsOf<DepartmentClass>::kWords.size(); ++c) {
        if ((path.carriers >> c & 1U) != 0) {
            node.label.emplace_back(static_cast<DepartmentClass>(c));
        }
    }
    return node;
}

}  // namespace

CellResult explain_department(const ExplainInput& input, std::string_view rest) {
    const Month& month = input.outcome.loaded.month;
    const auto read = read_holding(month, rest);
    if (!read) {
        return tl::unexpected(read.error());
    }
    const Holding& cell = read->first;
    if (!read->second.empty()) {
        return tl::unexpected(CellError{});
    }
    DepartmentExplainer explainer(input, cell);
    explainer.add_sources();
    explainer.add_excluded();
    explainer.add_sent();
    return explainer.finish(Rule::full_cost, full_cost(input.outcome.result.costing, cell),
                            label_of(month, cell));
}

CellResult explain_layers(const ExplainInput& input, std::string_view rest) {
    const Month& month = input.outcome.loaded.month;
    const CostingResult& costing = input.outcome.result.costing;
    const auto read = read_holding(month, rest);
    if (!read) {
        return tl::unexpected(read.error());
    }
    const Holding& cell = read->first;
    if (!read->second.empty()) {
        return tl::unexpected(CellError{});
    }
    const auto layers = report::follow_layers(month, input.outcome.rules.rules.allocation,
                                              moving_rows(month, costing));
    report::PathAmounts sums;
    const auto held = layers.held.find(month.departments[cell.department.index()].code);
    if (held != layers.held.end()) {
        for (const auto& [key, amounts] : held->second) {
            const bool is_inside =
                (!cell.cost_item || month.cost_items[cell.cost_item->index()].code == key.first) &&
                (!cell.fund || *cell.fund == key.second);
            for (const auto& [path, amount] : amounts) {
                sums[path] += is_inside ? amount : Money();
            }
        }
    }
    Explanation out{.root = {.kind = PartKind::cost,
                             .label = label_of(month, cell),
                             .rule = Rule::sum_of_parts,
                             .quantities = {},
                             .amount = full_cost(costing, cell),
                             .cell = {},
                             .lines = {},
                             .parts = {}},
                    .by_origin = std::array<Money, kOrigins>{}};
    for (const auto& [path, amount] : sums) {
        (*out.by_origin)[static_cast<std::size_t>(path.origin)] += amount;
        if (!amount.is_zero()) {
            out.root.parts.push_back(layer_part(path, amount));
        }
    }
    return out;
}

CellResult explain_transfer(const ExplainInput& input, std::string_view rest) {
    const Month& month = input.outcome.loaded.month;
    const auto read = read_holding(month, rest);
    if (!read) {
        return tl::unexpected(read.error());
    }
    Holding cell = read->first;
    const std::string_view origin_word = read->second;
    if (!cell.fund || origin_word.empty()) {
        return tl::unexpected(CellError{});
    }
    const auto origin = find_word<Origin>(CellNoun::origin, origin_word);
    if (!origin) {
        return tl::unexpected(origin.error());
    }
    const auto& transfers = input.outcome.result.costing.transfers;
    // A department sends in one stage only. After it the cell is empty, whatever the method: what
    // it held before the stage and what came during it is what it sent, in all passes together.
    std::uint32_t stage_number = 0;
    Money sent;
    for (const TransferRow& row : transfers) {
        if (row.sender == cell.department && row.cost_item == *cell.cost_item &&
            row.fund == *cell.fund && row.origin == *origin) {
            stage_number = row.stage;
            sent += row.cost;
        }
    }
    if (stage_number == 0) {
        return unknown(CellNoun::transfer, rest, origins_sent(transfers, cell));
    }
    const Stage& stage = input.outcome.rules.rules.allocation.stages[stage_number - 1];
    cell.origins = {};
    cell.origins[static_cast<std::size_t>(*origin)] = true;
    if (takes_own_cost(month, stage, cell.department, *origin)) {
        cell.origins[static_cast<std::size_t>(Origin::direct)] = true;
        cell.origins[static_cast<std::size_t>(Origin::public_cost)] = true;
    }
    cell.before_stage = stage_number + 1;
    DepartmentExplainer explainer(input, cell);
    explainer.add_sources();
    explainer.root().quantities = {{QuantityName::stage, std::to_string(stage_number)},
                                   {QuantityName::origin, *origin}};
    return explainer.finish(Rule::what_was_split, sent, label_of(month, cell));
}

CellResult explain_pool(const ExplainInput& input, std::string_view rest) {
    const Month& month = input.outcome.loaded.month;
    const auto department = find_head(month.departments, CellNoun::department, rest);
    if (!department) {
        return tl::unexpected(department.error());
    }
    if (department->rest.empty()) {
        return tl::unexpected(CellError{});
    }
    const auto kind = find_word<PoolKind>(CellNoun::pool, department->rest);
    if (!kind) {
        return tl::unexpected(kind.error());
    }
    const auto& pools = input.outcome.result.costing.pools;
    const auto is_here = [&](const PoolResult& row) {
        return row.department.index() == department->index;
    };
    const auto pool = std::find_if(pools.begin(), pools.end(), [&](const PoolResult& row) {
        return is_here(row) && row.kind == *kind;
    });
    if (pool == pools.end()) {
        std::vector<std::string> near;
        for (const PoolResult& row : pools) {
            if (is_here(row)) {
                near.emplace_back(word_of(row.kind));
            }
        }
        return unknown(CellNoun::pool, rest, std::move(near));
    }
    Holding cell;
    cell.department = pool->department;
    cell.pool = pool->kind;
    cell.before_stage = stage_after_items(input.outcome.rules.rules.allocation.stages);
    DepartmentExplainer explainer(input, cell);
    explainer.add_sources();
    explainer.root().quantities = {{QuantityName::entries, std::to_string(pool->entries)},
                                   {QuantityName::unallocated, pool->unallocated()}};
    Explanation out = explainer.finish(Rule::cost_that_patients_shared, pool->cost,
                                       {month.departments[department->index].name, pool->kind});
    out.activities = activities_of(input.outcome.result.costing, *pool);
    return out;
}

}  // namespace yuanliu::usecase
