// Why this file: names the costing stages and hands each one's values to the next.
#include "costing/run/run_costing.hpp"

#include "costing/allocate/allocate.hpp"
#include "costing/allocate/plan_check.hpp"
#include "costing/collect/direct_cost.hpp"
#include "costing/patient/item_cost.hpp"
#include "costing/patient/methods.hpp"
#include "costing/patient/patient_cost.hpp"

namespace yuanliu::costing {
namespace {

void append(std::vector<Finding>& to, std::vector<Finding> from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Rows of one kind, zero cells omitted.
void add_rows(const Month& month, const Balances& balances, CostKind kind, bool negate,
              std::vector<DepartmentCostRow>& rows) {
    for (std::size_t d = 0; d < month.departments.size(); ++d) {
        const auto cells = balances.of(DepartmentId(d));
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i].is_zero()) {
                continue;
            }
            const CellKey key = Balances::key_at(i);
            rows.push_back({.department = DepartmentId(d),
                            .kind = kind,
                            .cost_item = key.cost_item,
                            .fund = key.fund,
                            .origin = key.origin,
                            .cost = negate ? -cells[i] : cells[i]});
        }
    }
}

std::vector<DepartmentCostRow> department_rows(const Month& month, const Allocation& allocation) {
    std::vector<DepartmentCostRow> rows;
    add_rows(month, allocation.direct, CostKind::direct, false, rows);
    add_rows(month, allocation.received, CostKind::received, false, rows);
    add_rows(month, allocation.sent, CostKind::sent, true, rows);
    add_rows(month, allocation.balances, CostKind::full, false, rows);
    return rows;
}

void take_patients(const Month& month, PatientCosting patients, CostingResult& result) {
    result.pools = std::move(patients.pools);
    result.activities = std::move(patients.activities);
    result.month_costs = std::move(patients.month_costs);
    result.parked_cost = patients.parked_cost;
    result.stays = std::move(patients.stays);
    add_openings(month, result.stays);
    result.closing_costs = closing_costs(month, result.month_costs);
}

}  // namespace

CostingOutcome run_costing(const Month& month, const AllocationPlan& plan,
                           const ParallelFor& parallel_for, const CostingSettings& settings) {
    CostingOutcome out;
    ResolvedPlan resolved = resolve_plan(month, plan);
    append(out.findings, resolved.findings);
    append(out.findings, missing_drivers(month, resolved));
    append(out.findings, check_methods(month, settings));
    append(out.findings, find_unused_rows(month, settings));
    if (month.ledger.empty()) {
        // Without a ledger every patient would cost nothing, and the next month would open with
        // that.
        const bool would_mislead = month.charge_lines.size() > 0;
        out.findings.push_back({.code = FindingCode::ledger_is_empty,
                                .severity = would_mislead ? Severity::stop : Severity::warn,
                                .where = {.file = "ledger.csv", .row = 0, .column = ""},
                                .arguments = {}});
    }
    if (has_stop(out.findings)) {
        append(out.findings, immovable_pools(month, resolved));
        return out;
    }
    DirectCost direct = collect_direct_cost(month);
    Allocation allocation = allocate(month, resolved, direct.balances);
    append(out.findings, std::move(allocation.findings));
    PatientCosting patients = cost_patients(month, allocation.for_items, parallel_for, settings);
    append(out.findings, std::move(patients.findings));
    if (has_stop(out.findings)) {
        return out;
    }
    out.result.ledger_total = direct.ledger_total;
    out.result.excluded_total = direct.excluded_total;
    out.result.direct_total = direct.balances.total();
    out.result.excluded = std::move(direct.excluded);
    out.result.department_costs = department_rows(month, allocation);
    out.result.transfers = std::move(allocation.transfers);
    out.result.made_drivers = std::move(resolved.made_names);
    out.result.total_after_stage = std::move(allocation.total_after_stage);
    take_patients(month, std::move(patients), out.result);
    out.result.has_methods = !settings.methods.empty();
    if (out.result.has_methods) {
        out.result.hospital_items = sum_hospital_items(month, out.result.pools);
    }
    return out;
}

}  // namespace yuanliu::costing
