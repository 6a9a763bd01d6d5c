// Why this file: direct cost that moves made (docs/collection.md): each way in and out is a part,
// with its base and the voucher lines that it was of.
#include <map>
#include <tuple>

#include "server/usecase/explain_cells.hpp"

namespace yuanliu::usecase {
namespace {

/// Rows of one move between the same two places are one part.
using Way = std::tuple<std::uint32_t, DepartmentId, CostItemId, FundSource, DepartmentId,
                       CostItemId, FundSource, std::string_view>;

Way way_of(const MoveRow& row) {
    return {row.rule,          row.department,   row.cost_item, row.fund,
            row.to_department, row.to_cost_item, row.to_fund,   row.reason};
}

class MoveParts {
  public:
    MoveParts(const Month& month, const CollectionResult& collection)
        : month_(month), collection_(collection) {}

    void add(std::map<Way, ExplanationNode>& parts, const MoveRow& row, bool is_in) {
        const auto [at, is_new] = parts.try_emplace(way_of(row));
        ExplanationNode& node = at->second;
        if (is_new) {
            node = is_in ? moved_in(row) : moved_out(row);
        }
        const Money amount = is_in ? row.amount : -row.amount;
        node.amount += amount;
        if (is_in) {
            node.quantities[0].value = std::get<Money>(node.quantities[0].value) + row.pool;
        }
        SourceLine line = ledger_source(month_, month_.ledger[row.ledger_row]);
        line.amount = amount;
        node.lines.push_back(std::move(line));
    }

  private:
    [[nodiscard]] std::vector<Word> label(DepartmentId department, CostItemId item,
                                          FundSource fund) const {
        std::vector<Word> words{month_.departments[department.index()].name,
                                month_.cost_items[item.index()].name};
        if (fund != FundSource::basic) {
            words.emplace_back(fund);
        }
        return words;
    }
    [[nodiscard]] std::string cell(DepartmentId department, CostItemId item,
                                   FundSource fund) const {
        return "department:" + month_.departments[department.index()].code + ":" +
               month_.cost_items[item.index()].code + ":" + std::string(word_of(fund));
    }
    [[nodiscard]] Word divided_by(const MoveRow& row) const {
        return row.driver.is_valid() ? Word(month_.drivers[row.driver.index()].name) : Word(row.by);
    }

    [[nodiscard]] ExplanationNode moved_in(const MoveRow& row) const {
        return {.kind = PartKind::moved_in,
                .label = label(row.department, row.cost_item, row.fund),
                .rule = Rule::share_by_move,
                .quantities = {{QuantityName::pool, Money()},
                               {QuantityName::divided_by, divided_by(row)},
                               {QuantityName::base, row.base.trimmed()},
                               {QuantityName::base_total, row.base_total.trimmed()},
                               {QuantityName::move, collection_.rule_names[row.rule - 1]},
                               {QuantityName::cost_item,
                                month_.cost_items[row.to_cost_item.index()].code},
                               {QuantityName::fund_source, row.to_fund}},
                .amount = {},
                .cell = cell(row.department, row.cost_item, row.fund),
                .lines = {},
                .parts = {}};
    }

    [[nodiscard]] ExplanationNode moved_out(const MoveRow& row) const {
        const bool is_out = !row.to_department.is_valid();
        return {
            .kind = PartKind::moved_out,
            .label = is_out ? std::vector<Word>{row.reason}
                            : label(row.to_department, row.to_cost_item, row.to_fund),
            .rule = Rule::moved_away,
            .quantities = {{QuantityName::move, collection_.rule_names[row.rule - 1]},
                           {QuantityName::cost_item, month_.cost_items[row.cost_item.index()].code},
                           {QuantityName::fund_source, row.fund}},
            .amount = {},
            .cell = is_out ? std::string() : cell(row.to_department, row.to_cost_item, row.to_fund),
            .lines = {},
            .parts = {}};
    }

    const Month& month_;
    const CollectionResult& collection_;
};

}  // namespace

SourceLine ledger_source(const Month& month, const LedgerLine& line) {
    const Account& account = month.accounts[line.account.index()];
    std::string text = account.code + " " + account.name;
    text += line.summary.empty() ? "" : " " + line.summary;
    text += line.attribution_period == month.period ? "" : " " + line.attribution_period.text();
    return {.reference = line.voucher + "/" + line.line,
            .text = std::move(text),
            .quantity = {},
            .amount = line.amount,
            .file = line.is_reversal ? "prior/estimates.csv" : "ledger.csv",
            .row = line.source_row};
}

std::vector<ExplanationNode> moved_parts(const Month& month, const CollectionResult& collection,
                                         const CoversCell& covers) {
    MoveParts made(month, collection);
    std::map<Way, ExplanationNode> in;
    std::map<Way, ExplanationNode> out;
    for (const MoveRow& row : collection.moves) {
        const bool from = covers(row.department, row.cost_item, row.fund);
        const bool to = row.to_department.is_valid() &&
                        covers(row.to_department, row.to_cost_item, row.to_fund);
        if (from == to) {
            continue;  // it never left what is explained, or was never there
        }
        made.add(to ? in : out, row, to);
    }
    std::vector<ExplanationNode> parts;
    for (auto* ways : {&in, &out}) {
        for (auto& [way, node] : *ways) {
            parts.push_back(std::move(node));
        }
    }
    return parts;
}

}  // namespace yuanliu::usecase
