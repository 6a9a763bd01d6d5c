// Department cost by attribute and by scope (docs/collection.md §7, §8), from the rows that the
// derivation itself has written.
#include <algorithm>

#include "allocation.hpp"
#include "fields.hpp"

namespace yuanliu_verify {

namespace {

bool lists_or_begins(const std::vector<std::string>& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& one) {
        return one == "*" || one == name ||
               (one.ends_with('*') && name.starts_with(one.substr(0, one.size() - 1)));
    });
}

bool is(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), "*") != names.end() ||
           std::find(names.begin(), names.end(), name) != names.end();
}

AttributeRule rule_for(const Books& books, const RulesFolder& rules, const std::string& department,
                       const std::string& item, std::string_view category) {
    const std::string& group =
        books.department[books.departments.find(department)].department_class;
    for (const AttributeRule& rule : rules.attributes) {
        if ((is(rule.departments, department) || is(rule.departments, "class:" + group)) &&
            is(rule.cost_items, item) && is(rule.cost_categories, category)) {
            return rule;
        }
    }
    AttributeRule usual;
    usual.capital = category == "depreciation" || category == "amortization";
    usual.controllable = !usual.capital && category != "risk_fund";
    usual.variable =
        category == "materials" || category == "drugs" || category == "risk_fund" ? 10'000 : 0;
    return usual;
}

struct Held {
    Fen full = 0;
    Fen own = 0;
};

using Scopes = std::array<Fen, 4>;

std::size_t rank_of(std::string_view fund, std::string_view origin, std::string_view group) {
    if (fund == "research" || fund == "teaching") {
        return 3;
    }
    if (fund != "basic") {
        return 2;
    }
    const bool is_own = origin == "direct" || origin == "public";
    return origin == "administrative" || (is_own && group == "administrative") ? 1 : 0;
}

void write_attributes(const Books& books, const RulesFolder& rules,
                      const std::map<std::array<std::string, 3>, Held>& cells, RowSet& table) {
    for (const auto& [cell, held] : cells) {
        const std::uint32_t item = books.cost_items.find(cell[1]);
        const AttributeRule rule =
            rule_for(books, rules, cell[0], cell[1], kCategories[books.cost_item[item].category]);
        const auto variable =
            static_cast<Fen>(round_divide(multiply(held.full, rule.variable), 10'000));
        const Fen controllable = rule.controllable ? held.own : 0;
        if (held.full != 0 || controllable != 0) {
            table.text(cell[0]).text(cell[1]).text(cell[2]).amount(held.full);
            table.amount(held.full - variable).amount(variable).amount(controllable);
            table.amount(rule.capital ? held.full : 0).end_row();
        }
    }
}

}  // namespace

void derive_cost_views(const Books& books, const RulesFolder& rules, Derived& derived) {
    std::map<std::array<std::string, 3>, Held> cells;
    std::map<std::array<std::string, 3>, Scopes> scopes;  // department, kind, category
    const auto add = [&](std::array<std::string, 3> key, std::size_t rank, Fen cost) {
        for (std::size_t scope = rank; scope < 4; ++scope) {
            add_to(scopes[key][scope], cost);
        }
    };
    Fields fields;
    for (const std::string_view row : derived.tables["department_cost.csv"].sorted()) {
        fields.split(row);
        const std::string department(fields[0]);
        const std::string kind(fields[1]);
        if (kind != "direct" && kind != "full") {
            continue;
        }
        const Fen cost = fields.amount(5);
        Held& held = cells[{department, std::string(fields[2]), std::string(fields[3])}];
        add_to(kind == "full" ? held.full : held.own, cost);
        const std::string category(
            kCategories[books.cost_item[books.cost_items.find(fields[2])].category]);
        const std::size_t rank =
            rank_of(fields[3], fields[4],
                    books.department[books.departments.find(department)].department_class);
        add({department, kind, category}, rank, cost);
        add({"", kind, category}, rank, cost);
    }
    for (const std::string_view row : derived.tables["collected.csv"].sorted()) {
        fields.split(row);
        add_to(cells[{std::string(fields[0]), std::string(fields[1]), std::string(fields[2])}].own,
               -fields.amount(7));
    }
    for (const std::string_view row : derived.tables["excluded.csv"].sorted()) {
        fields.split(row);
        if (fields[6] == "account" && lists_or_begins(rules.hospital_accounts, fields[2])) {
            add({"", "direct", ""}, 3, fields.amount(5));
        }
    }
    write_attributes(books, rules, cells, derived.tables["cost_attributes.csv"]);
    RowSet& table = derived.tables["cost_scopes.csv"];
    for (const auto& [key, sums] : scopes) {
        if (std::any_of(sums.begin(), sums.end(), [](Fen sum) { return sum != 0; })) {
            table.text(key[0]).text(key[1]).text(key[2]);
            for (const Fen sum : sums) {
                table.amount(sum);
            }
            table.end_row();
        }
    }
}

}  // namespace yuanliu_verify
