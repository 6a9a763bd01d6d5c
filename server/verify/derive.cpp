// Runs the steps; a month with errors ends the derivation after they have all been named.
#include "derive.hpp"

#include "activities.hpp"
#include "bonus.hpp"
#include "cases.hpp"
#include "patients.hpp"
#include "schema.hpp"

namespace yuanliu_verify {

namespace {

void stop_on_errors(const Report& report, std::size_t before) {
    if (report.count() != before) {
        throw Refusal("the month itself has errors, so no valid result can exist");
    }
}

}  // namespace

Derived derive(const MonthFolder& month, const RulesFolder& rules, Report& report) {
    const std::size_t before = report.count();
    Derived derived;
    for (const TableSchema& schema : result_schemas()) {
        derived.tables[schema.file];  // also of optional ones, which then stay empty
    }
    const Books books = read_books(month, report);
    const Balances direct = derive_direct(month, books, rules, derived, report);
    stop_on_errors(report, before);
    const Balances balances = derive_allocation(month, books, rules, direct, derived);
    if (rules.collection) {
        derive_cost_views(books, rules, derived);
    }
    const std::vector<Method> methods = methods_by_department(rules, books, month);
    Charges charges = derive_charges(month, books, rules, methods, derived, report);
    stop_on_errors(report, before);
    const std::vector<Activity> activities =
        derive_activities(month, books, rules, methods, balances, charges);
    std::vector<Pool> pools = derive_pools(books, balances, charges, activities, derived);
    derive_service_items(books, pools, charges, activities, derived);
    write_activities(books, rules, activities, pools, charges, derived);
    join_activities(activities, pools, charges);
    CostMatrix month_cost = derive_patient_cost(books, pools, charges, derived);
    const Stays stays = derive_stays(month, books, charges, month_cost, derived, report);
    const Grouper grouper(month, books, rules);
    const std::vector<Case> cases =
        derive_cases(grouper, books, stays, rules, read_case_terms(month, books), derived);
    if (rules.payment) {
        derive_profit(books, stays, cases, derived);
    }
    derive_bonus(month, books, rules, cases, derived, report);
    stop_on_errors(report, before);
    return derived;
}

}  // namespace yuanliu_verify
