// Why this file: opens a patient's cost: the opening, then each department pool, activity by
// activity, by its weight, with the charge lines that were weighed; as a whole, for one cost
// category, or for one department.
#include <fmt/format.h>

#include <map>

#include "costing/patient/measuring.hpp"
#include "costing/patient/pools.hpp"
#include "costing/patient/trace.hpp"
#include "server/intake/charge_line_text.hpp"
#include "server/usecase/explain_cells.hpp"

namespace yuanliu::usecase {
namespace {

/// Which part of a patient's cost is opened.
struct PatientCell {
    EncounterId encounter;
    std::optional<CostCategory> category;
    std::optional<DepartmentId> department;
    [[nodiscard]] bool covers(Component component) const {
        return !department && (!category || component.category == *category);
    }
};

tl::expected<PatientCell, CellError> read_cell(const Month& month, std::string_view rest) {
    const auto encounter = find_head(month.encounters, CellNoun::encounter, rest);
    if (!encounter) {
        return tl::unexpected(encounter.error());
    }
    PatientCell cell;
    cell.encounter = EncounterId(encounter->index);
    const std::string_view by = first_part(encounter->rest);
    const std::string_view what = after_first(encounter->rest);
    if (by.empty()) {
        return cell;
    }
    if (by == "category" && !what.empty()) {
        const auto category = find_word<CostCategory>(CellNoun::cost_category, what);
        if (!category) {
            return tl::unexpected(category.error());
        }
        cell.category = *category;
        return cell;
    }
    if (by == "department" && !what.empty()) {
        const auto department = find_head(month.departments, CellNoun::department, what);
        if (!department) {
            return tl::unexpected(department.error());
        }
        cell.department = DepartmentId(department->index);
        return department->rest.empty() ? tl::expected<PatientCell, CellError>(cell)
                                        : tl::unexpected(CellError{});
    }
    return tl::unexpected(CellError{});
}

std::string weight_text(const ActivityResult& activity, std::int64_t weight) {
    return format_decimal_trimmed(weight, activity.kind == PoolKind::service ? 8 : 2);
}

/// What the stay brought along, by component.
std::optional<ExplanationNode> opening_of(const Month& month, const PatientCell& cell) {
    ExplanationNode node;
    node.kind = PartKind::opening;
    node.rule = Rule::opening_of_stay;
    for (const OpeningCost& opening : month.opening_costs) {
        if (opening.encounter == cell.encounter && cell.covers(opening.component)) {
            const auto& [category, fund, origin] = opening.component;
            node.amount += opening.cost;
            node.parts.push_back({.kind = PartKind::component,
                                  .label = {category, fund, origin},
                                  .rule = Rule::sum_of_parts,
                                  .quantities = {},
                                  .amount = opening.cost,
                                  .cell = {},
                                  .lines = {},
                                  .parts = {}});
        }
    }
    return node.parts.empty() ? std::nullopt : std::optional(std::move(node));
}

class PatientExplainer {
  public:
    PatientExplainer(const ExplainInput& input, const PatientCell& cell)
        : month_(input.outcome.loaded.month),
          activities_(input.outcome.result.costing.activities),
          measuring_(month_, activities_),
          cell_(cell),
          lines_(charge_lines_of(input, cell.encounter)) {}

    [[nodiscard]] std::optional<ExplanationNode> share_of(const costing::PoolShare& share) const {
        const ActivityResult& activity = activities_[share.activity];
        if (cell_.department && *cell_.department != activity.department) {
            return std::nullopt;
        }
        const Department& department = month_.departments[activity.department.index()];
        ExplanationNode node{
            .kind = PartKind::pool,
            .label = {department.name, activity.kind},
            .rule = cell_.category ? Rule::share_of_category : Rule::share_of_pool,
            .quantities = {{QuantityName::pool,
                            cell_.category ? of_category(activity) : activity.cost},
                           {QuantityName::weight, weight_text(activity, share.weight)},
                           {QuantityName::weight_total, weight_text(activity, activity.weight)}},
            .amount = cell_.category ? of_category(share) : share.cost,
            .cell = fmt::format("pool:{}:{}", department.code, word_of(activity.kind)),
            .lines = lines_of(share.activity),
            .parts = {}};
        if (cell_.category && node.amount.is_zero()) {
            return std::nullopt;
        }
        if (has_own_name(activity)) {
            for (Word& word : activity_words(activity)) {
                node.label.push_back(std::move(word));
            }
            for (NamedQuantity& quantity : activity_quantities(activity)) {
                node.quantities.push_back(std::move(quantity));
            }
        }
        return node;
    }

  private:
    [[nodiscard]] Money of_category(const costing::PoolShare& share) const {
        Money sum;
        for (std::size_t rank = 0; rank < kComponents; ++rank) {
            sum += cell_.covers(component_at(rank)) ? share.components[rank] : Money();
        }
        return sum;
    }
    [[nodiscard]] Money of_category(const ActivityResult& activity) const {
        Money sum;
        for (std::size_t k = 0; k < activity.component_ranks.size(); ++k) {
            sum += cell_.covers(component_at(activity.component_ranks[k]))
                       ? activity.component_costs[k]
                       : Money();
        }
        return sum;
    }
    /// The lines that the activity weighs by; one by days or visits weighs by none.
    [[nodiscard]] std::vector<SourceLine> lines_of(std::uint32_t index) const {
        const ActivityResult& activity = activities_[index];
        const ChargeLines& columns = month_.charge_lines;
        std::vector<SourceLine> found;
        for (const ChargeLineRef& line : lines_) {
            const ServiceItemId id = columns.service_item[line.row];
            const ServiceItem& item = month_.service_items[id.index()];
            if (columns.executing[line.row] != activity.department ||
                costing::pool_of(item.kind) != activity.kind || !measuring_.measures(index, id)) {
                continue;
            }
            found.push_back(source_line(month_, line));
            if (activity.kind == PoolKind::service && activity.measure == Measure::equivalent) {
                found.back().text += " × " + item.equivalent.trimmed();
            }
        }
        return found;
    }

    const Month& month_;
    const std::vector<ActivityResult>& activities_;
    costing::Measuring measuring_;
    const PatientCell& cell_;
    std::vector<ChargeLineRef> lines_;
};

/// The figure as the result's tables state it, not as the sum of the parts.
Money amount_of(const ExplainInput& input, const PatientCell& cell,
                const std::vector<ExplanationNode>& parts) {
    const CostingResult& costing = input.outcome.result.costing;
    const std::size_t e = cell.encounter.index();
    Money sum;
    if (cell.department) {  // no table has it
        for (const ExplanationNode& part : parts) {
            sum += part.amount;
        }
        return sum;
    }
    if (!cell.category) {
        return costing.stays[e].cost();
    }
    for (const OpeningCost& opening : input.outcome.loaded.month.opening_costs) {
        sum += opening.encounter == cell.encounter && cell.covers(opening.component) ? opening.cost
                                                                                     : Money();
    }
    for (std::size_t at = costing.month_costs.offset[e]; at < costing.month_costs.offset[e + 1];
         ++at) {
        sum += cell.covers(component_at(costing.month_costs.rank[at]))
                   ? costing.month_costs.cost[at]
                   : Money();
    }
    return sum;
}

}  // namespace

std::vector<ChargeLineRef> charge_lines_of(const ExplainInput& input, EncounterId encounter) {
    const ChargeLines& columns = input.outcome.loaded.month.charge_lines;
    std::vector<ChargeLineRef> lines;
    std::vector<std::uint32_t> source_rows;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns.encounter[i] == encounter) {
            lines.push_back({.code = {}, .row = i});
            source_rows.push_back(columns.source_row[i]);
        }
    }
    const auto codes = intake::line_codes(input.month_dir / "charge_lines.csv", source_rows);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        lines[i].code = codes[i];
    }
    std::sort(lines.begin(), lines.end(),
              [](const ChargeLineRef& left, const ChargeLineRef& right) {
                  return left.code < right.code;
              });
    return lines;
}

SourceLine source_line(const Month& month, const ChargeLineRef& line) {
    const ChargeLines& columns = month.charge_lines;
    const ServiceItem& item = month.service_items[columns.service_item[line.row].index()];
    return {.reference = line.code,
            .text = item.code + " " + item.name,
            .quantity = columns.quantity[line.row].trimmed(),
            .amount = columns.charge[line.row],
            .file = "charge_lines.csv",
            .row = columns.source_row[line.row]};
}

CellResult explain_patient(const ExplainInput& input, std::string_view rest) {
    const Month& month = input.outcome.loaded.month;
    const auto cell = read_cell(month, rest);
    if (!cell) {
        return tl::unexpected(cell.error());
    }
    const Encounter& encounter = month.encounters[cell->encounter.index()];
    Explanation out;
    out.root.kind = PartKind::cost;
    out.root.rule = cell->department ? Rule::month_cost_of_department : Rule::stay_cost;
    out.root.label = {encounter.code, month.departments[encounter.department.index()].name};
    if (cell->category) {
        out.root.label.emplace_back(*cell->category);
    }
    if (cell->department) {
        out.root.label.emplace_back(month.departments[cell->department->index()].name);
    }
    out.root.quantities = {{QuantityName::status, encounter.status}};
    if (auto opening = opening_of(month, *cell)) {
        out.root.parts.push_back(std::move(*opening));
    }
    const PatientExplainer explainer(input, *cell);
    for (const auto& share : costing::trace_encounter(
             month, input.outcome.result.costing.activities, cell->encounter, input.parallel_for)) {
        if (auto part = explainer.share_of(share)) {
            out.root.parts.push_back(std::move(*part));
        }
    }
    out.root.amount = amount_of(input, *cell, out.root.parts);
    return out;
}

}  // namespace yuanliu::usecase
