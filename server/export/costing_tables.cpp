// Why this file: tables of patients' cost, parked lines and the closing in-hospital cost.
#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "server/export/department_tables.hpp"
#include "server/export/result_tables.hpp"

namespace yuanliu::exporting {
namespace {

/// Component ranks in the order in which their rows stand in a sorted table: millions of rows then
/// need no sort.
std::array<std::size_t, kComponents> text_position_of_ranks() {
    std::array<std::size_t, kComponents> ranks{};
    std::iota(ranks.begin(), ranks.end(), std::size_t{0});
    const auto words = [](std::size_t rank) {
        const Component component = component_at(rank);
        return std::tuple(word_of(component.category), word_of(component.fund),
                          word_of(component.origin));
    };
    std::sort(ranks.begin(), ranks.end(),
              [&](std::size_t left, std::size_t right) { return words(left) < words(right); });
    std::array<std::size_t, kComponents> position{};
    for (std::size_t i = 0; i < kComponents; ++i) {
        position[ranks[i]] = i;
    }
    return position;
}

void add_component_row(TableText& table, std::string_view encounter, std::size_t rank, Money cost) {
    const Component component = component_at(rank);
    if (!encounter.empty()) {
        table.text(encounter);
    }
    table.word(component.category).word(component.fund).word(component.origin).amount(cost);
    table.end_row();
}

FinishedTable patients_table(const Month& month, const CostingResult& costing) {
    TableText table(
        "patients.csv",
        "encounter,kind,status,department,opening_charge,month_charge,charge,opening_cost,"
        "month_cost,cost");
    for (std::size_t e = 0; e < month.encounters.size(); ++e) {
        const Encounter& encounter = month.encounters[e];
        const StayAmounts& stay = costing.stays[e];
        table.text(encounter.code)
            .word(encounter.kind)
            .word(encounter.status)
            .text(month.departments[encounter.department.index()].code)
            .amount(stay.opening_charge)
            .amount(stay.month_charge)
            .amount(stay.charge())
            .amount(stay.opening_cost)
            .amount(stay.month_cost)
            .amount(stay.cost());
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable patient_cost_table(const Month& month, const CostingResult& costing) {
    const auto position = text_position_of_ranks();
    const EncounterCosts& costs = costing.month_costs;
    TableText table("patient_cost.csv", "encounter,cost_category,fund_source,origin,cost");
    std::vector<std::size_t> order;
    for (std::size_t e = 0; e < month.encounters.size(); ++e) {
        order.resize(costs.offset[e + 1] - costs.offset[e]);
        std::iota(order.begin(), order.end(), costs.offset[e]);
        std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
            return position[costs.rank[left]] < position[costs.rank[right]];
        });
        for (const std::size_t at : order) {
            add_component_row(table, month.encounters[e].code, costs.rank[at], costs.cost[at]);
        }
    }
    return std::move(table).finish();
}

FinishedTable parked_table(const Month& month) {
    TableText table("parked.csv",
                    "encounter,line,charged_on,service_item,executing_department,quantity,charge");
    for (const ParkedLine& line : month.parked_lines) {
        table.text(line.encounter)
            .text(line.line)
            .text(line.charged_on.text())
            .text(month.service_items[line.service_item.index()].code)
            .text(month.departments[line.executing.index()].code)
            .number(line.quantity)
            .amount(line.charge);
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable parked_cost_table(const CostingResult& costing) {
    TableText table("parked_cost.csv", "cost_category,fund_source,origin,cost");
    for (std::size_t rank = 0; rank < kComponents; ++rank) {
        if (!costing.parked_cost[rank].is_zero()) {
            add_component_row(table, {}, rank, costing.parked_cost[rank]);
        }
    }
    return std::move(table).finish();
}

FinishedTable closing_cost_table(const Month& month, const CostingResult& costing) {
    TableText table("closing/in_hospital.csv", "encounter,cost_category,fund_source,origin,cost");
    for (const OpeningCost& closing : costing.closing_costs) {
        add_component_row(table, month.encounters[closing.encounter.index()].code,
                          rank_of(closing.component), closing.cost);
    }
    return std::move(table).finish();
}

FinishedTable closing_charge_table(const Month& month, const CostingResult& costing) {
    TableText table("closing/in_hospital_charges.csv", "encounter,charge");
    for (std::size_t e = 0; e < month.encounters.size(); ++e) {
        if (month.encounters[e].status == StayStatus::in_hospital) {
            table.text(month.encounters[e].code).amount(costing.stays[e].charge());
            table.end_row();
        }
    }
    return std::move(table).finish();
}

}  // namespace

std::vector<FinishedTable> costing_tables(const Month& month, const CostingResult& costing) {
    std::vector<FinishedTable> tables;
    tables.push_back(excluded_table(month, costing));
    tables.push_back(department_cost_table(month, costing));
    tables.push_back(transfers_table(month, costing));
    tables.push_back(pools_table(month, costing));
    tables.push_back(pool_components_table(month, costing));
    tables.push_back(service_item_cost_table(month, costing));
    tables.push_back(patients_table(month, costing));
    tables.push_back(patient_cost_table(month, costing));
    tables.push_back(parked_table(month));
    tables.push_back(parked_cost_table(costing));
    tables.push_back(closing_cost_table(month, costing));
    tables.push_back(closing_charge_table(month, costing));
    if (costing.has_methods) {
        tables.push_back(activities_table(month, costing));
        tables.push_back(hospital_item_cost_table(month, costing));
    }
    if (std::any_of(month.ledger.begin(), month.ledger.end(),
                    [](const LedgerLine& line) { return line.is_estimate; })) {
        tables.push_back(closing_estimates_table(month));
    }
    if (costing.collection.has_rules) {
        tables.push_back(moves_table(month, costing));
        tables.push_back(collected_table(month, costing));
        tables.push_back(cost_attributes_table(month, costing));
        tables.push_back(cost_scopes_table(month, costing));
    }
    return tables;
}

std::vector<FinishedTable> result_tables(const Month& month, const RunResult& result) {
    std::vector<FinishedTable> tables = costing_tables(month, result.costing);
    for (FinishedTable& table : profit_tables(month, result.profit)) {
        tables.push_back(std::move(table));
    }
    if (!result.grouping.catalogues.empty()) {
        tables.push_back(grouping_table(month, result.grouping));
    }
    if (result.grouping.has_auxiliary) {
        tables.push_back(auxiliary_table(month, result.grouping));
    }
    for (FinishedTable& table : bonus_tables(month, result.bonus)) {
        tables.push_back(std::move(table));
    }
    std::sort(tables.begin(), tables.end(),
              [](const FinishedTable& left, const FinishedTable& right) {
                  return left.name < right.name;
              });
    return tables;
}

}  // namespace yuanliu::exporting
