// Why this file: shows the certificate: that nothing was lost between ledger, patients and profit.
#include <fmt/format.h>

#include <limits>

#include "server/cli/summary.hpp"
#include "server/cli/text_table.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::cli {
namespace {

namespace json = boost::json;

std::string amount(const json::object& object, std::string_view key) {
    return grouped(std::string(object.at(key).as_string()));
}

Money fen(const json::object& object, std::string_view key) {
    const auto raw = parse_decimal(std::string_view(object.at(key).as_string()), Money::kScale,
                                   std::numeric_limits<std::int64_t>::max());
    YUANLIU_CHECK(raw.has_value());
    return Money::from_raw(*raw);
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

/// One department: its pool, traced and other activities, and where they went.
void print_divided(const Month& month, const CostingResult& costing, const PoolResult& pool,
                   Language language) {
    Money traced, activities, idle, reached;
    std::size_t count = 0;
    for (const ActivityResult& activity : costing.activities) {
        if (activity.department == pool.department && activity.kind == pool.kind) {
            (activity.is_traced() ? traced : activities) += activity.cost;
            idle += activity.idle_cost;
            ++count;
        }
    }
    if (pool.kind != PoolKind::service || count < 2) {
        return;
    }
    for (const ServiceItemCost& item : pool.items) {
        reached += item.cost;
    }
    const Money unallocated = pool.not_borne - idle;
    fmt::print("    {} {} = {} {} + {} {}; {} {} = {} {} + {} {} + {} {}; {} {}\n",
               month.departments[pool.department.index()].code, grouped(pool.cost.text()),
               say(language, "traced", "直接计入"), grouped(traced.text()),
               say(language, "activities", "作业"), grouped(activities.text()),
               say(language, "both", "合计"), grouped((traced + activities).text()),
               say(language, "items, days, visits", "项目、床日、诊次"), grouped(reached.text()),
               say(language, "idle", "闲置"), grouped(idle.text()),
               say(language, "unallocated", "未分配"), grouped(unallocated.text()),
               say(language, "differences", "差额"),
               (pool.cost - traced - activities).text() + " / " +
                   (traced + activities - reached - idle - unallocated).text());
}

/// P/L cost = direct + opening - closing - discharged earlier - parked - unallocated: the month's
/// cost becomes that of the stays that ended in it.
void print_profit(const usecase::ComputeOutcome& outcome, Language language) {
    const json::object& document = outcome.certificate->document;
    const json::object& profit = document.at("profit").as_object();
    const json::object& totals = document.at("totals").as_object();
    const json::object& stays =
        document.at("in_hospital_bridge").as_object().at("cost").as_object();
    if (!outcome.rules.rules.payment) {
        fmt::print("  {}\n", say(language, "profit and loss: no payment.toml, so none",
                                 "盈亏: 没有 payment.toml, 不计"));
        return;
    }
    fmt::print("  {}: {} {} · {} {} · {} {} · {} {} · {} {}\n",
               say(language, "profit and loss (visits and discharged stays, all fund sources)",
                   "盈亏 (门急诊与出院, 全部资金来源)"),
               say(language, "charges", "费用"), amount(profit, "charge"),
               say(language, "payment", "支付"), amount(profit, "payment"),
               say(language, "cost", "成本"), amount(profit, "cost"),
               say(language, "policy margin", "政策盈亏"), amount(profit, "policy_margin"),
               say(language, "real margin", "实际盈亏"), amount(profit, "real_margin"));
    YUANLIU_CHECK(fen(profit, "cost") == fen(totals, "direct") + fen(stays, "opening") -
                                             fen(stays, "closing") -
                                             fen(stays, "discharged_earlier") -
                                             fen(totals, "parked") - fen(totals, "unallocated"));
    fmt::print("  {} {} = {} {} + {} {} - {} {} - {} {} - {} {} - {} {}\n",
               say(language, "cost of the profit and loss", "盈亏表成本"), amount(profit, "cost"),
               say(language, "direct cost", "直接成本"), amount(totals, "direct"),
               say(language, "opening", "期初在院"), amount(stays, "opening"),
               say(language, "closing", "期末在院"), amount(stays, "closing"),
               say(language, "discharged earlier", "以前出院"), amount(stays, "discharged_earlier"),
               say(language, "parked lines", "挂起明细"), amount(totals, "parked"),
               say(language, "unallocated", "未分配"), amount(totals, "unallocated"));
}

/// The two reconciliations (docs/service-items.md §6), for the hospital and for each department
/// whose pool is divided.
void print_items(const usecase::ComputeOutcome& outcome, Language language) {
    const CostingResult& costing = outcome.result.costing;
    if (!costing.has_methods) {
        return;
    }
    const json::object& items = outcome.certificate->document.at("items").as_object();
    const json::object& resource = items.at("resource").as_object();
    const json::object& activity = items.at("activity").as_object();
    fmt::print("  {}: {} {} = {} {} + {} {}; {} {}\n", say(language, "resource check", "资源检验"),
               say(language, "service pools", "服务成本池"), amount(resource, "service_pools"),
               say(language, "traced", "直接计入项目"), amount(resource, "traced"),
               say(language, "activities", "作业"), amount(resource, "activities"),
               say(language, "difference", "差额"), amount(resource, "difference"));
    fmt::print("  {}: {} {} = {} {} + {} {} + {} {} + {} {}; {} {}\n",
               say(language, "activity check", "作业检验"),
               say(language, "traced and activities", "直接计入与作业"),
               amount(activity, "activities"), say(language, "items", "项目"),
               amount(activity, "items"), say(language, "days and visits", "床日与诊次"),
               amount(activity, "days_and_visits"), say(language, "idle capacity", "闲置产能"),
               amount(activity, "idle"), say(language, "unallocated", "未分配"),
               amount(activity, "unallocated"), say(language, "difference", "差额"),
               amount(activity, "difference"));
    for (const PoolResult& pool : costing.pools) {
        print_divided(outcome.loaded.month, costing, pool, language);
    }
}

}  // namespace

void print_certificate(const usecase::ComputeOutcome& outcome, Language language) {
    const json::object& document = outcome.certificate->document;
    const json::object& totals = document.at("totals").as_object();
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
    print_items(outcome, language);
    print_bridge(bridges.at("cost").as_object(), say(language, "in-hospital cost", "在院成本"),
                 language);
    print_bridge(bridges.at("charge").as_object(), say(language, "in-hospital charges", "在院费用"),
                 language);
    print_profit(outcome, language);
    const auto share = parse_decimal(std::string_view(parked.at("share").as_string()), Rate::kScale,
                                     std::numeric_limits<std::int64_t>::max());
    YUANLIU_CHECK(share.has_value());
    fmt::print("  {}: {} {}, {} {} ({} {})\n", say(language, "parked", "挂起"),
               parked.at("lines").to_number<int>(), say(language, "lines", "条"),
               say(language, "share of charges", "占费用"), percent(Rate::from_raw(*share)),
               say(language, "limit", "上限"),
               percent(outcome.rules.rules.costing.max_parked_share));
    fmt::print("  {} {}\n  run {}\n  {} {}\n", say(language, "residual", "残差"),
               outcome.certificate->residual.text(), outcome.certificate->run_id,
               say(language, "result", "结果"), outcome.certificate->result_hash);
}

}  // namespace yuanliu::cli
