// Why this file: the plan of allocation key by key; what an older file leaves out keeps its
// meaning.
#include "server/intake/allocation_rules.hpp"

#include <array>

#include "server/intake/rule_selectors.hpp"

namespace yuanliu::intake {
namespace {

/// Stages may be named for all origins but the first, `direct`, or by the class of each sender.
constexpr std::array<std::string_view, kOrigins> kStageNames{
    WordsOf<Origin>::kWords[1], WordsOf<Origin>::kWords[2], WordsOf<Origin>::kWords[3],
    WordsOf<Origin>::kWords[4], kByClass};
constexpr std::int64_t kMostPasses = 1000;

StageRule read_rule(RuleTable& table) {
    StageRule rule;
    rule.senders = table.strings("senders");
    check_classes(table, "senders", rule.senders);
    rule.cost_categories = table.strings("cost_categories");
    check_words<CostCategory>(table, "cost_categories", rule.cost_categories);
    rule.cost_items = table.strings_if_any("cost_items").value_or(rule.cost_items);
    rule.fund_sources = table.strings_if_any("fund_sources").value_or(rule.fund_sources);
    check_words<FundSource>(table, "fund_sources", rule.fund_sources);
    rule.from = table.period_if_any("from");
    rule.until = table.period_if_any("until");
    if (rule.from && rule.until && *rule.until < *rule.from) {
        table.report(FindingCode::rule_malformed, "until",
                     {"until_before_from", rule.until->text()});
    }
    rule.receivers = table.strings_if_any("receivers");
    rule.except_receivers =
        table.strings_if_any("except_receivers", true).value_or(std::vector<std::string>());
    check_classes(table, "receivers", rule.receivers.value_or(std::vector<std::string>()));
    check_classes(table, "except_receivers", rule.except_receivers);
    rule.drivers = table.strings("drivers");
    table.refuse_unknown_keys();
    return rule;
}

Stage read_stage(RuleTable& table) {
    Stage stage;
    const std::size_t name = table.word("name", kStageNames).value_or(0);
    stage.by_class = name + 1 == kStageNames.size();
    stage.name = stage.by_class ? Origin::direct : static_cast<Origin>(name + 1);
    stage.method = static_cast<StageMethod>(
        table.word_if_any("method", WordsOf<StageMethod>::kWords).value_or(0));
    if (const auto passes = table.integer_if_any("passes", 1, kMostPasses)) {
        stage.passes = static_cast<int>(*passes);
    }
    stage.self_service = table.boolean_if_any("self_service").value_or(false);
    stage.senders = table.strings("senders", true);
    stage.receivers = table.strings("receivers", true);
    check_classes(table, "senders", stage.senders);
    check_classes(table, "receivers", stage.receivers);
    stage.before_items = table.boolean("before_items");
    for (RuleTable& rule : table.tables("rule")) {
        stage.rules.push_back(read_rule(rule));
    }
    table.refuse_unknown_keys();
    return stage;
}

MadeDriver read_driver(RuleTable& table) {
    MadeDriver made;
    made.driver = table.string("driver");
    for (RuleTable& term : table.tables("terms", true)) {
        made.terms.push_back({.factor = term.rate("factor"),
                              .drivers = term.strings("drivers"),
                              .is_share = term.boolean_if_any("share").value_or(false)});
        term.refuse_unknown_keys();
    }
    table.refuse_unknown_keys();
    return made;
}

}  // namespace

void read_plan(RuleTable& root, AllocationPlan& plan) {
    plan.negative_balances = static_cast<NegativeBalances>(
        root.word_if_any("negative_balances", WordsOf<NegativeBalances>::kWords).value_or(0));
    plan.rounding = static_cast<PlanRounding>(
        root.word_if_any("rounding", WordsOf<PlanRounding>::kWords).value_or(0));
    for (RuleTable& driver : root.tables("driver")) {
        plan.made_drivers.push_back(read_driver(driver));
    }
    for (RuleTable& stage : root.tables("stage", true)) {
        plan.stages.push_back(read_stage(stage));
    }
}

}  // namespace yuanliu::intake
