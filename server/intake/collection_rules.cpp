// Why this file: see collection_rules.hpp. A key of another form of move is an unknown key: it
// would say something else than what happens.
#include "server/intake/collection_rules.hpp"

#include <map>

#include "server/intake/rule_selectors.hpp"

namespace yuanliu::intake {
namespace {

constexpr RateRange kPositiveShare{.low = 1, .high = 10'000};
/// Above 0, at most a million yuan a unit.
constexpr RateRange kTariff{.low = 1};
constexpr std::array<std::string_view, 2> kRest{"others", "all"};
constexpr std::array<std::string_view, 2> kMatch{"department", "fund_source"};

MoveTarget read_target(RuleTable& table, bool is_only) {
    MoveTarget target;
    if (table.has("out")) {
        target.out = table.string("out");
    } else {
        if (table.has("department")) {
            target.department = table.string("department");
        }
        if (table.has("cost_item")) {
            target.cost_item = table.string("cost_item");
        }
        if (const auto fund = table.word_if_any("fund_source", WordsOf<FundSource>::kWords)) {
            target.fund = static_cast<FundSource>(*fund);
        }
    }
    target.share = is_only ? table.rate_if_any("share", kPositiveShare).value_or(target.share)
                           : table.rate("share", kPositiveShare);
    table.refuse_unknown_keys();
    return target;
}

MoveDrivers read_drivers(RuleTable& table) {
    MoveDrivers drivers;
    drivers.chain = table.strings("drivers");
    drivers.receivers = table.strings("receivers");
    check_classes(table, "receivers", drivers.receivers);
    drivers.except_receivers =
        table.strings_if_any("except_receivers", true).value_or(std::vector<std::string>());
    check_classes(table, "except_receivers", drivers.except_receivers);
    if (table.has("metered")) {
        drivers.metered = table.string("metered");
        drivers.tariff = table.rate_if_any("tariff", kTariff).value_or(drivers.tariff);
        drivers.rest_to_all = table.word_if_any("rest", kRest).value_or(0) == 1;
    }
    return drivers;
}

MoveByTable read_by_table(RuleTable& table) {
    MoveByTable by;
    by.table = static_cast<MoveTable>(table.word("table", WordsOf<MoveTable>::kWords).value_or(0));
    if (by.table != MoveTable::staff_time) {
        by.kinds = table.strings_if_any("kinds");
        if (by.table == MoveTable::assets && by.kinds) {
            check_words<AssetKind>(table, "kinds", *by.kinds);
        }
        for (const std::string& word :
             table.strings_if_any("match", true).value_or(std::vector<std::string>())) {
            const bool is_fund = word == kMatch[1] && by.table == MoveTable::payroll;
            by.match_department = by.match_department || word == kMatch[0];
            by.match_fund = by.match_fund || is_fund;
            if (word != kMatch[0] && !is_fund) {
                table.report(FindingCode::word_unknown, "match",
                             {word, by.table == MoveTable::payroll ? "department, fund_source"
                                                                   : "department"});
            }
        }
    }
    if (by.table == MoveTable::payroll) {
        by.by_time = table.boolean_if_any("by_time").value_or(false);
    }
    return by;
}

void read_conditions(RuleTable& table, MoveRule& rule) {
    const auto list = [&](std::string_view key, std::vector<std::string>& names) {
        names = table.strings_if_any(key).value_or(names);
    };
    list("departments", rule.departments);
    check_classes(table, "departments", rule.departments);
    list("accounts", rule.accounts);
    list("vouchers", rule.vouchers);
    list("cost_categories", rule.cost_categories);
    check_words<CostCategory>(table, "cost_categories", rule.cost_categories);
    list("cost_items", rule.cost_items);
    list("fund_sources", rule.fund_sources);
    check_words<FundSource>(table, "fund_sources", rule.fund_sources);
    rule.from = table.period_if_any("from");
    rule.until = table.period_if_any("until");
    if (rule.from && rule.until && *rule.until < *rule.from) {
        table.report(FindingCode::rule_malformed, "until",
                     {"until_before_from", rule.until->text()});
    }
    rule.share = table.rate_if_any("share", kPositiveShare).value_or(rule.share);
}

MoveRule read_move(RuleTable& table) {
    MoveRule rule;
    rule.name = table.string("name");
    read_conditions(table, rule);
    const int forms = static_cast<int>(table.has("to")) + static_cast<int>(table.has("drivers")) +
                      static_cast<int>(table.has("table"));
    if (forms != 1) {
        table.report(FindingCode::move_form_invalid, "name", {rule.name});
    }
    if (table.has("to")) {
        std::vector<RuleTable> targets = table.tables("to", true);
        for (RuleTable& target : targets) {
            rule.to.push_back(read_target(target, targets.size() == 1));
        }
    }
    if (table.has("drivers")) {
        rule.drivers = read_drivers(table);
    }
    if (table.has("table")) {
        rule.table = read_by_table(table);
    }
    rule.entry = static_cast<CostEntry>(
        table.word_if_any("entry", WordsOf<CostEntry>::kWords).value_or(rule.drivers ? 1 : 0));
    table.refuse_unknown_keys();
    return rule;
}

AttributeRule read_attribute(RuleTable& table) {
    AttributeRule rule;
    rule.departments = table.strings_if_any("departments").value_or(rule.departments);
    check_classes(table, "departments", rule.departments);
    rule.cost_items = table.strings_if_any("cost_items").value_or(rule.cost_items);
    rule.cost_categories = table.strings_if_any("cost_categories").value_or(rule.cost_categories);
    check_words<CostCategory>(table, "cost_categories", rule.cost_categories);
    rule.variable = table.rate("variable", {.low = 0, .high = 10'000});
    rule.controllable = table.boolean("controllable");
    rule.capital = table.boolean("capital");
    table.refuse_unknown_keys();
    return rule;
}

}  // namespace

void read_moves(RuleTable& root, CollectionRules& rules) {
    rules.hospital_accounts =
        root.strings_if_any("hospital_accounts", true).value_or(std::vector<std::string>());
    for (RuleTable& attribute : root.tables("attribute")) {
        rules.attributes.push_back(read_attribute(attribute));
    }
    std::map<std::string, std::int64_t> lines;
    for (RuleTable& move : root.tables("move")) {
        rules.moves.push_back(read_move(move));
        const std::string& name = rules.moves.back().name;
        const auto [first, is_new] = lines.emplace(name, move.line_of("name"));
        if (!is_new && !name.empty()) {
            move.report(FindingCode::duplicate_key, "name",
                        {text::shown(name), std::to_string(first->second)});
        }
    }
}

}  // namespace yuanliu::intake
