// Why this file: shows the bonus and the certificate: what was released, paid and withheld, and
// that nothing was lost.
#include <fmt/format.h>

#include <algorithm>

#include "server/cli/summary.hpp"
#include "server/cli/text_table.hpp"

namespace yuanliu::cli {
namespace {

namespace json = boost::json;

std::string amount(const json::object& object, std::string_view key) {
    return grouped(std::string(object.at(key).as_string()));
}

void print_bridge(const json::object& bridge, const std::string& title, Language language) {
    fmt::print("  {}: {} {} + {} {} = {} {} + {} {} + {} {}; {} {}\n", title,
               say(language, "opening", "期初在院"), amount(bridge, "opening"),
               say(language, "month", "本月"), amount(bridge, "month"),
               say(language, "discharged", "出院"), amount(bridge, "discharged"),
               say(language, "closing", "期末在院"), amount(bridge, "closing"),
               say(language, "discharged earlier", "以前出院"),
               amount(bridge, "discharged_earlier"), say(language, "residual", "残差"),
               amount(bridge, "residual"));
}

}  // namespace

void print_bonus(const usecase::ComputeOutcome& outcome, Language language) {
    const Month& month = outcome.loaded.month;
    const BonusResult& bonus = outcome.result.bonus;
    if (bonus.units.empty()) {
        fmt::print("\n{}\n",
                   say(language, "Bonus: nothing to distribute.", "奖金: 本月无可分配。"));
        return;
    }
    fmt::print("\n{}: {} {} · {} {} · {} {} · {} {} · {} {}\n",
               say(language, "Retained surplus (yuan)", "结余留用 (元)"),
               say(language, "carried", "结转"), yuan(bonus.carried),
               say(language, "released", "本月释放"), yuan(bonus.released),
               say(language, "paid", "发放"), yuan(bonus.paid),
               say(language, "withheld by gates", "质控暂扣"), yuan(bonus.withheld),
               say(language, "persons", "人数"), bonus.persons.size());
    TextTable table({say(language, "Unit", "科室"), "", say(language, "index", "绩效指数"),
                     say(language, "share", "应得"), say(language, "withheld", "暂扣"),
                     say(language, "paid", "实发"), say(language, "gates failed", "未过门槛")},
                    2);
    for (const BonusUnitRow& unit : bonus.units) {
        std::string failed;
        for (const GateRow& gate : bonus.gates) {
            if (gate.department == unit.department && gate.outcome == GateOutcome::failed) {
                failed += (failed.empty() ? "" : ", ") + gate.gate;
            }
        }
        const Department& department = month.departments[unit.department.index()];
        table.add({department.code, department.name, unit.index.trimmed(), yuan(unit.share),
                   yuan(unit.withheld), yuan(unit.paid), failed});
    }
    fmt::print("{}", table.text());
}

void print_certificate(const usecase::ComputeOutcome& outcome, Language language) {
    const json::object& document = outcome.certificate->document;
    const json::object& totals = document.at("totals").as_object();
    const json::object& profit = document.at("profit").as_object();
    const json::object& parked = document.at("parked").as_object();
    const json::object& bridges = document.at("in_hospital_bridge").as_object();
    fmt::print("\n{}\n", say(language, "Certificate", "证书"));
    fmt::print("  {} {} = {} {} + {} {}\n", say(language, "ledger", "总账"),
               amount(totals, "ledger"), say(language, "excluded", "不计入成本"),
               amount(totals, "excluded"), say(language, "direct cost", "直接成本"),
               amount(totals, "direct"));
    fmt::print("  {} {} = {} {} + {} {} + {} {}\n", say(language, "direct cost", "直接成本"),
               amount(totals, "direct"), say(language, "patients", "患者"),
               amount(totals, "patients"), say(language, "parked lines", "挂起明细"),
               amount(totals, "parked"), say(language, "unallocated", "未分配"),
               amount(totals, "unallocated"));
    print_bridge(bridges.at("cost").as_object(), say(language, "in-hospital cost", "在院成本"),
                 language);
    print_bridge(bridges.at("charge").as_object(), say(language, "in-hospital charges", "在院费用"),
                 language);
    fmt::print("  {}: {} {} · {} {} · {} {} · {} {} · {} {}\n",
               say(language, "profit and loss", "盈亏"), say(language, "charges", "费用"),
               amount(profit, "charge"), say(language, "payment", "支付"),
               amount(profit, "payment"), say(language, "cost", "成本"), amount(profit, "cost"),
               say(language, "policy margin", "政策盈亏"), amount(profit, "policy_margin"),
               say(language, "real margin", "实际盈亏"), amount(profit, "real_margin"));
    fmt::print("  {}: {} {}, {} {}\n", say(language, "parked", "挂起"),
               parked.at("lines").to_number<int>(), say(language, "lines", "条"),
               say(language, "share of charges", "占费用"),
               std::string(parked.at("share").as_string()));
    fmt::print("  {} {}\n  run {}\n  {} {}\n", say(language, "residual", "残差"),
               outcome.certificate->residual.text(), outcome.certificate->run_id,
               say(language, "result", "结果"), outcome.certificate->result_hash);
}

}  // namespace yuanliu::cli
