// Why this file: opens a patient's cost: which department pools paid in, by what weight of the
// pool's weight, from which charge lines. The shares printed sum to the month's cost exactly.
#include <fmt/format.h>

#include <algorithm>

#include "costing/patient/measuring.hpp"
#include "costing/patient/pools.hpp"
#include "costing/patient/trace.hpp"
#include "server/cli/explanation.hpp"
#include "server/cli/summary.hpp"
#include "server/cli/vocabulary.hpp"
#include "server/intake/charge_line_text.hpp"

namespace yuanliu::cli {
namespace {

/// Lines of one encounter, with the code that the file gives each.
struct Line {
    std::string code;
    std::size_t row = 0;  ///< index into the columns
};

std::vector<Line> lines_of(const Month& month, EncounterId encounter,
                           const std::filesystem::path& month_dir) {
    std::vector<Line> lines;
    std::vector<std::uint32_t> source_rows;
    for (std::size_t i = 0; i < month.charge_lines.size(); ++i) {
        if (month.charge_lines.encounter[i] == encounter) {
            lines.push_back({.code = {}, .row = i});
            source_rows.push_back(month.charge_lines.source_row[i]);
        }
    }
    const auto codes = intake::line_codes(month_dir / "charge_lines.csv", source_rows);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        lines[i].code = codes[i];
    }
    std::sort(lines.begin(), lines.end(),
              [](const Line& left, const Line& right) { return left.code < right.code; });
    return lines;
}

/// The lines that an activity weighs by; one by days or visits weighs by none.
void print_lines(const Month& month, const costing::Measuring& measuring, std::uint32_t index,
                 const std::vector<Line>& lines, Language language) {
    const ActivityResult& activity = measuring.activity(index);
    const ChargeLines& columns = month.charge_lines;
    for (const Line& line : lines) {
        const ServiceItemId id = columns.service_item[line.row];
        const ServiceItem& item = month.service_items[id.index()];
        if (columns.executing[line.row] != activity.department ||
            costing::pool_of(item.kind) != activity.kind || !measuring.measures(index, id)) {
            continue;
        }
        fmt::print("{:22}{} {} {} × {}", "", line.code, item.code, item.name,
                   columns.quantity[line.row].trimmed());
        if (activity.measure == Measure::equivalent) {
            fmt::print(" × {}", item.equivalent.trimmed());
        }
        fmt::print(", {} {}\n", say(language, "charge", "费用"), yuan(columns.charge[line.row]));
    }
}

std::string weight_text(const ActivityResult& pool, std::int64_t weight) {
    return format_decimal_trimmed(weight, pool.kind == PoolKind::service ? 8 : 2);
}

}  // namespace

int explain_patient(const usecase::ComputeOutcome& outcome, std::string_view encounter,
                    const ParallelFor& parallel_for, const ExplainRequest& request) {
    const Month& month = outcome.loaded.month;
    const Language language = request.language;
    const auto found = std::find_if(month.encounters.begin(), month.encounters.end(),
                                    [&](const Encounter& row) { return row.code == encounter; });
    if (found == month.encounters.end()) {
        return say_unknown(language, "encounter", "就诊", encounter);
    }
    const EncounterId id(static_cast<std::size_t>(found - month.encounters.begin()));
    const StayAmounts& stay = outcome.result.costing.stays[id.index()];
    const auto lines = lines_of(month, id, request.month);
    fmt::print("{} {} · {} · {}\n", month.period.text(), encounter,
               name_in(language, found->status), month.departments[found->department.index()].name);
    const costing::Measuring measuring(month, outcome.result.costing.activities);
    Money sum;
    for (const auto& share :
         costing::trace_encounter(month, outcome.result.costing.activities, id, parallel_for)) {
        const ActivityResult& pool = outcome.result.costing.activities[share.activity];
        const Department& department = month.departments[pool.department.index()];
        const std::string words = activity_words(language, pool);
        fmt::print("  {:>16}  {} {} · {}{}: {} {} / {} {} {}\n", yuan(share.cost), department.code,
                   department.name, name_in(language, pool.kind),
                   (words.empty() ? "" : " · " + words), say(language, "weight", "权重"),
                   weight_text(pool, share.weight), weight_text(pool, pool.weight),
                   words.empty() ? say(language, "of the pool", "占成本池")
                                 : say(language, "of the activity", "占作业"),
                   yuan(pool.cost));
        print_lines(month, measuring, share.activity, lines, language);
        fmt::print("{:20}> {} --cell {}\n", "", request.command,
                   quoted("pool:" + department.code + ":" + std::string(word_of(pool.kind))));
        sum += share.cost;
    }
    YUANLIU_CHECK(sum == stay.month_cost);
    fmt::print("  {} {} + {} {} = {} {}\n", say(language, "this month", "本月"),
               yuan(stay.month_cost), say(language, "opening (earlier months)", "期初 (以前月份)"),
               yuan(stay.opening_cost), say(language, "whole stay", "全程"), yuan(stay.cost()));
    if (!stay.opening_cost.is_zero()) {
        fmt::print("  {}\n",
                   say(language, "opening: run explain on the result of the month before.",
                       "期初: 请对上月的结果运行 explain。"));
    }
    return kDone;
}

}  // namespace yuanliu::cli
