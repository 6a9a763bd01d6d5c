// Why this file: opens a patient's cost: the opening, then each department pool by its weight, with
// the charge lines that say why.
#include <fmt/format.h>

#include <algorithm>

#include "costing/patient/pools.hpp"
#include "costing/patient/trace.hpp"
#include "server/intake/charge_line_text.hpp"
#include "server/usecase/explain_cells.hpp"

namespace yuanliu::usecase {
namespace {

struct Line {
    std::string code;
    std::size_t row = 0;  ///< index into the columns
};

std::vector<Line> lines_of(const ExplainInput& input, EncounterId encounter) {
    const ChargeLines& columns = input.outcome.loaded.month.charge_lines;
    std::vector<Line> lines;
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
              [](const Line& left, const Line& right) { return left.code < right.code; });
    return lines;
}

std::vector<SourceLine> lines_of_pool(const Month& month, const std::vector<Line>& lines,
                                      const ActivityResult& pool) {
    const ChargeLines& columns = month.charge_lines;
    std::vector<SourceLine> found;
    for (const Line& line : lines) {
        const ServiceItem& item = month.service_items[columns.service_item[line.row].index()];
        if (columns.executing[line.row] == pool.department &&
            costing::pool_of(item.kind) == pool.kind) {
            found.push_back({.reference = line.code,
                             .text = item.code + " " + item.name,
                             .quantity = columns.quantity[line.row].trimmed(),
                             .amount = columns.charge[line.row]});
        }
    }
    return found;
}

std::string weight_text(const ActivityResult& pool, std::int64_t weight) {
    return format_decimal_trimmed(weight, pool.kind == PoolKind::service ? 8 : 2);
}

std::string pool_word(PoolKind kind, bool chinese) {
    switch (kind) {
        case PoolKind::service:
            return chinese ? "服务" : "service";
        case PoolKind::drug:
            return chinese ? "药品" : "drugs";
        case PoolKind::material:
            return chinese ? "材料" : "materials";
    }
    return {};
}

}  // namespace

tl::expected<Explanation, CellError> explain_patient_cell(const ExplainInput& input,
                                                          const std::string& encounter) {
    const Month& month = input.outcome.loaded.month;
    const CostingResult& costing = input.outcome.result.costing;
    const auto found = std::find_if(month.encounters.begin(), month.encounters.end(),
                                    [&](const Encounter& row) { return row.code == encounter; });
    if (found == month.encounters.end()) {
        return tl::unexpected(
            CellError{.kind = CellError::Kind::unknown, .what = "encounter", .code = encounter});
    }
    const EncounterId id(static_cast<std::size_t>(found - month.encounters.begin()));
    const StayAmounts& stay = costing.stays[id.index()];
    Explanation out{.title = encounter + " · " + month.departments[found->department.index()].name,
                    .total = stay.cost(),
                    .parts = {}};
    if (!stay.opening_cost.is_zero()) {
        out.parts.push_back(
            {.amount = stay.opening_cost,
             .kind = PartKind::opening,
             .label = input.chinese ? "期初 (以前月份)" : "opening (earlier months)",
             .formula = {},
             .cell = {},
             .lines = {}});
    }
    const auto lines = lines_of(input, id);
    for (const auto& share :
         costing::trace_encounter(month, costing.activities, id, input.parallel_for)) {
        const ActivityResult& pool = costing.activities[share.activity];
        const Department& department = month.departments[pool.department.index()];
        out.parts.push_back(
            {.amount = share.cost,
             .kind = PartKind::pool,
             .label = department.name + " · " + pool_word(pool.kind, input.chinese) +
                      (pool.is_whole() ? "" : " · " + pool.code),
             .formula =
                 fmt::format("{} × {} / {}", grouped_yuan(pool.cost),
                             weight_text(pool, share.weight), weight_text(pool, pool.weight)),
             .cell = fmt::format("department:{}", department.code),
             .lines = lines_of_pool(month, lines, pool)});
    }
    return out;
}

}  // namespace yuanliu::usecase
