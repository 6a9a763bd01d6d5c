// Why this file: shows the bonus by unit: scores, people, share, what gates withheld, and what one
// head gets on average.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "server/cli/summary.hpp"
#include "server/cli/text_table.hpp"

namespace yuanliu::cli {
namespace {

/// Wider than this, indicator scores are left out; indicators.csv has them.
constexpr std::size_t kWidest = 170;

std::string indicator_name(const std::string& indicator, Language language) {
    static const std::map<std::string, std::pair<const char*, const char*>> kKnown{
        {"cmi", {"cmi", "CMI"}},
        {"rw_total", {"rw_total", "总权重"}},
        {"time_index", {"time", "时间"}},
        {"pathway_compliance", {"pathway", "路径"}}};
    const auto known = kKnown.find(indicator);
    return known == kKnown.end() ? indicator
                                 : say(language, known->second.first, known->second.second);
}

std::string score_text(const BonusResult& bonus, DepartmentId department,
                       const std::string& indicator) {
    for (const IndicatorRow& row : bonus.indicators) {
        if (row.department == department && row.indicator == indicator) {
            return row.score ? format_decimal(rounded_half_away(row.score->raw(), 100), 2) : "-";
        }
    }
    return "-";
}

std::string failed_gates(const BonusResult& bonus, DepartmentId department) {
    std::string failed;
    for (const GateRow& gate : bonus.gates) {
        if (gate.department == department && gate.outcome == GateOutcome::failed) {
            failed += (failed.empty() ? "" : ", ") + gate.gate;
        }
    }
    return failed;
}

/// Staff by department.
std::vector<std::int64_t> count_staff(const Month& month) {
    std::vector<std::int64_t> staff(month.departments.size());
    for (const StaffMember& person : month.staff) {
        ++staff[person.department.index()];
    }
    return staff;
}

TextTable unit_table(const usecase::ComputeOutcome& outcome, const std::vector<std::int64_t>& staff,
                     bool with_scores, Language language) {
    const BonusResult& bonus = outcome.result.bonus;
    const auto& scheme = outcome.rules.rules.bonus;
    const auto& indicators =
        with_scores && scheme ? scheme->indicators : std::vector<IndicatorRule>();
    std::vector<std::string> header{say(language, "Unit", "科室"), ""};
    for (const IndicatorRule& rule : indicators) {
        header.push_back(indicator_name(rule.indicator, language));
    }
    for (const std::string& title :
         {say(language, "index", "绩效指数"), say(language, "persons", "人数"),
          say(language, "coefficients", "系数合计"), say(language, "share", "应得"),
          say(language, "withheld", "暂扣"), say(language, "paid", "实发"),
          say(language, "paid per head", "人均实发"), say(language, "gates failed", "未过门槛")}) {
        header.push_back(title);
    }
    TextTable table(header, 2);
    for (const BonusUnitRow& unit : bonus.units) {
        const Department& department = outcome.loaded.month.departments[unit.department.index()];
        std::vector<std::string> row{department.code, department.name};
        for (const IndicatorRule& rule : indicators) {
            row.push_back(score_text(bonus, unit.department, rule.indicator));
        }
        const std::int64_t persons = staff[unit.department.index()];
        for (const std::string& cell :
             {unit.index.trimmed(), std::to_string(persons), format_decimal_trimmed(unit.size, 8),
              yuan(unit.share), yuan(unit.withheld), yuan(unit.paid), yuan_each(unit.paid, persons),
              failed_gates(bonus, unit.department)}) {
            row.push_back(cell);
        }
        table.add(std::move(row));
    }
    return table;
}

}  // namespace

void print_bonus(const usecase::ComputeOutcome& outcome, Language language) {
    const BonusResult& bonus = outcome.result.bonus;
    if (bonus.units.empty()) {
        fmt::print("\n{}\n",
                   say(language, "Bonus: nothing to distribute.", "奖金: 本月无可分配。"));
        return;
    }
    const auto staff = count_staff(outcome.loaded.month);
    std::int64_t covered = 0;
    for (const BonusUnitRow& unit : bonus.units) {
        covered += staff[unit.department.index()];
    }
    fmt::print("\n{}: {} {} · {} {} · {} {} · {} {}\n",
               say(language, "Retained surplus (yuan)", "结余留用 (元)"),
               say(language, "carried", "结转"), yuan(bonus.carried),
               say(language, "released", "本月释放"), yuan(bonus.released),
               say(language, "paid", "发放"), yuan(bonus.paid),
               say(language, "withheld by gates", "质控暂扣"), yuan(bonus.withheld));
    fmt::print("  {}\n",
               say(language,
                   "carried: as prior/carried_pools.csv states it; what earlier months released "
                   "is not shown.",
                   "结转: 即 prior/carried_pools.csv 所载; 以前各月累计释放不在此显示。"));
    fmt::print(
        "  {} {}, {} {} {}\n", say(language, "covered:", "参与人数:"), covered,
        say(language, "not covered:", "未参与:"),
        static_cast<std::int64_t>(outcome.loaded.month.staff.size()) - covered,
        say(language, "staff outside units with grouped cases", "人 (不在有入组病例的临床科室)"));
    const TextTable full = unit_table(outcome, staff, true, language);
    fmt::print("{}", full.width() <= kWidest ? full.text()
                                             : unit_table(outcome, staff, false, language).text());
}

}  // namespace yuanliu::cli
