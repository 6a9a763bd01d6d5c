// Why this file: opens the bonus of a department: its share of what was released, less what gates
// withhold, with the indicators and gates that decided (docs/method.md §9).
#include <fmt/format.h>

#include "server/usecase/explain_cells.hpp"

namespace yuanliu::usecase {
namespace {

template <class Value>
std::string text_or_dash(const std::optional<Value>& value) {
    return value ? value->trimmed() : "-";
}

/// Indicators with their scores, gates with their outcome.
void add_judgements(const BonusResult& bonus, DepartmentId department, ExplanationNode& root) {
    for (const IndicatorRow& row : bonus.indicators) {
        if (row.department == department) {
            root.quantities.push_back(
                {QuantityName::indicator,
                 fmt::format("{} {} → {}", row.indicator, text_or_dash(row.value),
                             text_or_dash(row.score))});
        }
    }
    for (const GateRow& row : bonus.gates) {
        if (row.department == department) {
            root.quantities.push_back(
                {QuantityName::gate, fmt::format("{}: {} {} / {} × {}", row.gate, row.indicator,
                                                 text_or_dash(row.value), row.threshold.trimmed(),
                                                 row.factor.trimmed())});
        }
    }
}

Rate smallest_factor(const BonusResult& bonus, DepartmentId department) {
    Rate factor = Rate::from_raw(10'000);
    for (const GateRow& row : bonus.gates) {
        if (row.department == department) {
            factor = std::min(factor, row.factor);
        }
    }
    return factor;
}

}  // namespace

CellResult explain_bonus(const ExplainInput& input, std::string_view rest) {
    const Month& month = input.outcome.loaded.month;
    const BonusResult& bonus = input.outcome.result.bonus;
    const auto department = find_head(month.departments, CellNoun::department, rest);
    if (!department) {
        return tl::unexpected(department.error());
    }
    if (!department->rest.empty()) {
        return tl::unexpected(CellError{});
    }
    std::int64_t weights = 0;
    const BonusUnitRow* unit = nullptr;
    for (const BonusUnitRow& row : bonus.units) {
        weights += row.weight;
        unit = row.department.index() == department->index ? &row : unit;
    }
    const Department& named = month.departments[department->index];
    if (unit == nullptr) {
        return unknown(CellNoun::bonus, named.code, {});
    }
    Explanation out;
    out.root.kind = PartKind::share;
    out.root.rule = Rule::bonus_paid;
    out.root.amount = unit->paid;
    out.root.label = {named.name};
    out.root.quantities = {{QuantityName::index, unit->index.trimmed()},
                           {QuantityName::size, format_decimal_trimmed(unit->size, 8)}};
    add_judgements(bonus, unit->department, out.root);
    out.root.parts = {
        {.kind = PartKind::share,
         .label = {named.name},
         .rule = Rule::share_by_weight,
         .quantities = {{QuantityName::released, bonus.released},
                        {QuantityName::weight, format_decimal_trimmed(unit->weight, 12)},
                        {QuantityName::weight_total, format_decimal_trimmed(weights, 12)}},
         .amount = unit->share,
         .cell = {},
         .lines = {},
         .parts = {}},
        {.kind = PartKind::withheld,
         .label = {named.name},
         .rule = Rule::withheld_by_gates,
         .quantities = {{QuantityName::factor, smallest_factor(bonus, unit->department).trimmed()}},
         .amount = -unit->withheld,
         .cell = {},
         .lines = {},
         .parts = {}}};
    return out;
}

}  // namespace yuanliu::usecase
