// Why this file: see cost_views.hpp. Example: pay of 100.00, variable 0.3 -> variable 30.00, fixed
// 70.00; of 100.00 on an administrative department medical business cost is 0.00, medical cost
// 100.00.
#include "costing/collect/cost_views.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "costing/base/component.hpp"
#include "costing/collect/move_plan.hpp"

namespace yuanliu::costing {
namespace {

constexpr std::string_view kClass = "class:";

struct Attributes {
    Rate variable;
    bool controllable = false;
    bool capital = false;
};

bool names(const std::vector<std::string>& list, std::string_view name) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& one) { return one == "*" || one == name; });
}

bool names_department(const std::vector<std::string>& list, const Department& department) {
    return names(list, department.code) ||
           names(list, std::string(kClass) + std::string(word_of(department.department_class)));
}

Attributes usual_attributes(CostCategory category) {
    const bool is_capital =
        category == CostCategory::depreciation || category == CostCategory::amortization;
    const bool is_variable = category == CostCategory::materials ||
                             category == CostCategory::drugs || category == CostCategory::risk_fund;
    return {.variable = Rate::from_raw(is_variable ? 10'000 : 0),
            .controllable = !is_capital && category != CostCategory::risk_fund,
            .capital = is_capital};
}

Attributes attributes_of(const CollectionRules& rules, const Department& department,
                         const CostItem& item) {
    const auto found = std::find_if(rules.attributes.begin(), rules.attributes.end(),
                                    [&](const AttributeRule& rule) {
                                        return names_department(rule.departments, department) &&
                                               names(rule.cost_items, item.code) &&
                                               names(rule.cost_categories, word_of(item.category));
                                    });
    if (found == rules.attributes.end()) {
        return usual_attributes(item.category);
    }
    return {.variable = found->variable,
            .controllable = found->controllable,
            .capital = found->capital};
}

using Cell = std::tuple<DepartmentId, CostItemId, FundSource>;

std::vector<AttributeRow> attribute_rows(const Month& month, const CollectionRules& rules,
                                         const CostingResult& result) {
    struct Sums {
        Money full;
        Money own;  ///< direct, less what a base brought
    };
    std::map<Cell, Sums> cells;
    for (const DepartmentCostRow& row : result.department_costs) {
        Sums& sums = cells[{row.department, row.cost_item, row.fund}];
        sums.full += row.kind == CostKind::full ? row.cost : Money();
        sums.own += row.kind == CostKind::direct ? row.cost : Money();
    }
    for (const CollectedRow& row : result.collection.collected) {
        cells[{row.department, row.cost_item, row.fund}].own -= row.calculated;
    }
    std::vector<AttributeRow> rows;
    for (const auto& [cell, sums] : cells) {
        const auto& [department, item, fund] = cell;
        const Attributes attributes = attributes_of(rules, month.departments[department.index()],
                                                    month.cost_items[item.index()]);
        const Money variable = Money::from_raw(
            rounded_half_away(Int128{sums.full.raw()} * attributes.variable.raw(), 10'000));
        const Money controllable = attributes.controllable ? sums.own : Money();
        if (!sums.full.is_zero() || !controllable.is_zero()) {
            rows.push_back({.department = department,
                            .cost_item = item,
                            .fund = fund,
                            .full = sums.full,
                            .fixed = sums.full - variable,
                            .variable = variable,
                            .controllable = controllable,
                            .capital = attributes.capital ? sums.full : Money()});
        }
    }
    return rows;
}

std::size_t rank_of_cell(const Month& month, const DepartmentCostRow& row) {
    const bool is_own = row.origin == Origin::direct || row.origin == Origin::public_cost;
    const bool is_administrative = month.departments[row.department.index()].department_class ==
                                   DepartmentClass::administrative;
    const Origin origin = is_own && is_administrative ? Origin::administrative : row.origin;
    return static_cast<std::size_t>(scope_rank(row.fund, origin));
}

std::vector<ScopeRow> scope_rows(const Month& month, const CollectionRules& rules,
                                 const CostingResult& result) {
    // A department that is not valid stands for the hospital, and comes last.
    std::map<std::tuple<DepartmentId, CostKind, std::optional<CostCategory>>, ScopeRow> found;
    const auto add = [&](DepartmentId department, CostKind kind,
                         std::optional<CostCategory> category, std::size_t rank, Money cost) {
        ScopeRow& row = found[{department, kind, category}];
        row.department = department;
        row.kind = kind;
        row.category = category;
        for (std::size_t scope = rank; scope < row.scopes.size(); ++scope) {
            row.scopes[scope] += cost;
        }
    };
    for (const DepartmentCostRow& row : result.department_costs) {
        if (row.kind == CostKind::direct || row.kind == CostKind::full) {
            const CostCategory category = month.cost_items[row.cost_item.index()].category;
            const std::size_t rank = rank_of_cell(month, row);
            add(row.department, row.kind, category, rank, row.cost);
            add({}, row.kind, category, rank, row.cost);
        }
    }
    for (const ExcludedLine& line : result.excluded) {
        const LedgerLine& booked = month.ledger[line.ledger_row];
        const std::string& account = month.accounts[booked.account.index()].code;
        if (line.by_account &&
            std::any_of(rules.hospital_accounts.begin(), rules.hospital_accounts.end(),
                        [&](const std::string& one) { return fits_pattern(one, account); })) {
            add({}, CostKind::direct, std::nullopt, 3, booked.amount);
        }
    }
    std::vector<ScopeRow> rows;
    for (const auto& [key, row] : found) {
        if (std::any_of(row.scopes.begin(), row.scopes.end(),
                        [](Money scope) { return !scope.is_zero(); })) {
            rows.push_back(row);
        }
    }
    return rows;
}

template <class Rows>
bool has_code(const Rows& rows, const std::string& code) {
    return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.code == code; });
}

}  // namespace

std::vector<Finding> check_views(const Month& month, const CollectionRules& rules) {
    std::vector<Finding> findings;
    const auto report = [&](FindingCode code, std::string path, const std::string& name) {
        findings.push_back(
            {.code = code,
             .severity = Severity::stop,
             .where = {.file = "collection.toml", .row = 0, .column = std::move(path)},
             .arguments = {name}});
    };
    for (std::size_t i = 0; i < rules.attributes.size(); ++i) {
        const std::string path = "attribute[" + std::to_string(i) + "]";
        for (const std::string& name : rules.attributes[i].departments) {
            if (name != "*" && !name.starts_with(kClass) && !has_code(month.departments, name)) {
                report(FindingCode::unknown_department, path + ".departments", name);
            }
        }
        for (const std::string& name : rules.attributes[i].cost_items) {
            if (name != "*" && !has_code(month.cost_items, name)) {
                report(FindingCode::unknown_cost_item, path + ".cost_items", name);
            }
        }
    }
    for (const std::string& name : rules.hospital_accounts) {
        if (!name.ends_with('*') && !has_code(month.accounts, name)) {
            report(FindingCode::unknown_account, "hospital_accounts", name);
        }
    }
    return findings;
}

void add_cost_views(const Month& month, const CollectionRules& rules, CostingResult& result) {
    result.collection.attributes = attribute_rows(month, rules, result);
    result.collection.scopes = scope_rows(month, rules, result);
}

}  // namespace yuanliu::costing
