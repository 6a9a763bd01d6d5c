// Whole-stay figures: what came from the prior month plus this month, and what is carried on.
#include <fmt/format.h>

#include <map>

#include "fields.hpp"
#include "patients.hpp"

namespace yuanliu_verify {

namespace {

using Opening = std::map<std::uint32_t, std::map<std::uint8_t, Fen>>;

// The encounter of a prior row, which must be a stay of this month; kUnknown after naming it.
std::uint32_t stay_of(const Books& books, std::string_view code, const char* where,
                      Report& report) {
    const std::uint32_t id = known(books.encounters, code, where, "encounter", report);
    if (id == CodeBook::kUnknown) {
        return id;
    }
    const Status status = books.encounter[id].status;
    if (status != Status::kInHospital && status != Status::kDischarged) {
        report.difference(where, fmt::format("{} is not in hospital or discharged now", code));
    }
    return id;
}

Opening read_opening(const MonthFolder& month, const Books& books, Stays& stays, Report& report) {
    Opening opening;
    Fields fields;
    for (const std::string_view row : month.prior.at("in_hospital.csv").rows()) {
        fields.split(row);
        const std::uint32_t id = stay_of(books, fields[0], "prior/in_hospital.csv", report);
        if (id != CodeBook::kUnknown) {
            const std::uint8_t component =
                component_number(index_of(kCategories, fields[1]), index_of(kFunds, fields[2]),
                                 index_of(kOrigins, fields[3]));
            add_to(opening[id][component], fields.amount(4));
            add_to(stays.opening_cost[id], fields.amount(4));
        }
    }
    for (const std::string_view row : month.prior.at("in_hospital_charges.csv").rows()) {
        fields.split(row);
        const std::uint32_t id = stay_of(books, fields[0], "prior/in_hospital_charges.csv", report);
        if (id != CodeBook::kUnknown) {
            add_to(stays.opening_charge[id], fields.amount(1));
        }
    }
    return opening;
}

void add_to_bridge(Bridge& bridge, Status status, Fen opening, Fen month, Fen whole) {
    if (status == Status::kVisit) {
        return;
    }
    add_to(bridge.opening, opening);
    add_to(bridge.month, month);
    add_to(status == Status::kDischarged   ? bridge.discharged
           : status == Status::kInHospital ? bridge.closing
                                           : bridge.discharged_earlier,
           whole);
}

void write_closing(const Books& books, std::uint32_t id, const Opening& opening,
                   CostMatrix& month_cost, Fen charge, Derived& derived) {
    const std::string& code = books.encounters.code(id);
    Costs costs{};
    const auto carried = opening.find(id);
    if (carried != opening.end()) {
        for (const auto& [component, cost] : carried->second) {
            costs[component] = cost;
        }
    }
    for (const std::uint8_t component : month_cost.used()) {
        add_to(costs[component], month_cost.at(id, component));
    }
    RowSet& rows = derived.tables["closing/in_hospital.csv"];
    for (std::size_t i = 0; i < kComponents; ++i) {
        const Component& component = components()[i];
        if (costs[i] != 0) {
            rows.text(code).text(kCategories[component.category]).text(kFunds[component.fund]);
            rows.text(kOrigins[component.origin]).amount(costs[i]).end_row();
        }
    }
    derived.tables["closing/in_hospital_charges.csv"].text(code).amount(charge).end_row();
}

}  // namespace

Stays derive_stays(const MonthFolder& month, const Books& books, const Charges& charges,
                   CostMatrix& month_cost, Derived& derived, Report& report) {
    const std::size_t count = books.encounters.size();
    Stays stays{std::vector<Fen>(count, 0), std::vector<Fen>(count, 0), std::vector<Fen>(count, 0),
                std::vector<Fen>(count, 0)};
    const Opening opening = read_opening(month, books, stays, report);
    RowSet& rows = derived.tables["patients.csv"];
    for (std::uint32_t id = 0; id < count; ++id) {
        const Encounter& encounter = books.encounter[id];
        if (encounter.department == CodeBook::kUnknown) {
            continue;
        }
        const Fen cost_of_month = month_cost.total(id);
        stays.charge[id] = stays.opening_charge[id];
        add_to(stays.charge[id], charges.month_charge[id]);
        stays.cost[id] = stays.opening_cost[id];
        add_to(stays.cost[id], cost_of_month);
        rows.text(books.encounters.code(id))
            .text(encounter.is_inpatient() ? "inpatient" : "outpatient");
        rows.text(kStatuses[static_cast<std::size_t>(encounter.status)]);
        rows.text(books.departments.code(encounter.department));
        rows.amount(stays.opening_charge[id]).amount(charges.month_charge[id]);
        rows.amount(stays.charge[id]).amount(stays.opening_cost[id]).amount(cost_of_month);
        rows.amount(stays.cost[id]).end_row();
        add_to_bridge(derived.figures.cost_bridge, encounter.status, stays.opening_cost[id],
                      cost_of_month, stays.cost[id]);
        add_to_bridge(derived.figures.charge_bridge, encounter.status, stays.opening_charge[id],
                      charges.month_charge[id], stays.charge[id]);
        if (encounter.status == Status::kInHospital) {
            write_closing(books, id, opening, month_cost, stays.charge[id], derived);
        }
    }
    return stays;
}

}  // namespace yuanliu_verify
