// Reads collection.toml (docs/collection.md §1).
#include "rules_folder.hpp"
#include "section.hpp"

namespace yuanliu_verify {

namespace {

void take_targets(const Section& section, MoveRule& rule) {
    const std::vector<Section> targets = section.sections("to");
    std::int64_t sum = 0;
    for (const Section& target : targets) {
        MoveTarget made;
        if (target.has("out")) {
            target.allow_only({"out", "share"});
            made.out = target.text("out");
        } else {
            target.allow_only({"department", "cost_item", "fund_source", "share"});
            made.department = target.text_or("department", "");
            made.cost_item = target.text_or("cost_item", "");
            made.fund = target.text_or("fund_source", "");
        }
        const bool is_only = targets.size() == 1 && !target.has("share");
        made.share = is_only ? 10'000 : target.decimal("share");
        sum += made.share;
        rule.to.push_back(std::move(made));
    }
    if (sum != 10'000) {
        throw Refusal("rules collection.toml: move_shares_not_one of " + rule.name);
    }
}

void take_drivers(const Section& section, MoveRule& rule) {
    rule.drivers = section.texts("drivers");
    rule.receivers = section.texts("receivers");
    rule.except_receivers = section.texts_or("except_receivers", {});
    rule.metered = section.text_or("metered", "");
    if (section.has("tariff")) {
        rule.tariff = section.decimal("tariff");
    }
    rule.rest_to_all = section.has("rest") && section.choice("rest", "all", "others");
}

void take_table(const Section& section, MoveRule& rule) {
    rule.table = section.text("table");
    rule.kinds = section.texts_or("kinds", {"*"});
    for (const std::string& word : section.texts_or("match", {})) {
        rule.match_department = rule.match_department || word == "department";
        rule.match_fund = rule.match_fund || word == "fund_source";
    }
    rule.by_time = section.has("by_time") && section.boolean("by_time");
}

MoveRule move_of(const Section& section) {
    section.allow_only({"name",       "departments",  "accounts", "vouchers",  "cost_categories",
                        "cost_items", "fund_sources", "from",     "until",     "share",
                        "entry",      "to",           "drivers",  "receivers", "except_receivers",
                        "metered",    "tariff",       "rest",     "table",     "kinds",
                        "match",      "by_time"});
    MoveRule rule;
    rule.name = section.text("name");
    rule.departments = section.texts_or("departments", {"*"});
    rule.accounts = section.texts_or("accounts", {"*"});
    rule.vouchers = section.texts_or("vouchers", {"*"});
    rule.cost_categories = section.texts_or("cost_categories", {"*"});
    rule.cost_items = section.texts_or("cost_items", {"*"});
    rule.fund_sources = section.texts_or("fund_sources", {"*"});
    rule.from = section.text_or("from", "");
    rule.until = section.text_or("until", "");
    rule.share = section.has("share") ? section.decimal("share") : 10'000;
    if (section.has("to")) {
        take_targets(section, rule);
    } else if (section.has("table")) {
        take_table(section, rule);
    } else {
        take_drivers(section, rule);
    }
    rule.calculated = section.has("entry") ? section.choice("entry", "calculated", "direct")
                                           : !rule.drivers.empty();
    return rule;
}

}  // namespace

std::vector<MoveRule> read_moves(const Section& file) {
    std::vector<MoveRule> moves;
    for (const Section& section : file.sections("move")) {
        moves.push_back(move_of(section));
    }
    return moves;
}

std::vector<AttributeRule> read_attributes(const Section& file) {
    std::vector<AttributeRule> attributes;
    for (const Section& section : file.sections("attribute")) {
        section.allow_only({"departments", "cost_items", "cost_categories", "variable",
                            "controllable", "capital"});
        attributes.push_back(
            {section.texts_or("departments", {"*"}), section.texts_or("cost_items", {"*"}),
             section.texts_or("cost_categories", {"*"}), section.decimal("variable"),
             section.boolean("controllable"), section.boolean("capital")});
    }
    return attributes;
}

}  // namespace yuanliu_verify
