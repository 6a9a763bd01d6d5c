// Why this file: one month of one hospital as one read-only value; the only thing, with the rules,
// that a run sees. Codes are dense ids ranked bytewise; every vector below is in the order of its
// key (docs/month-folder.md §3), so nothing in a run depends on how the rows stood in the files.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "costing/base/collection_rows.hpp"
#include "costing/base/dictionary_rows.hpp"
#include "costing/base/event_rows.hpp"
#include "costing/base/item_rows.hpp"
#include "costing/base/object_rows.hpp"
#include "costing/base/period.hpp"

namespace yuanliu {

struct Month {
    std::string hospital;
    std::string hospital_name;
    Period period;
    std::vector<Department> departments;
    std::vector<CostItem> cost_items;
    std::vector<Account> accounts;
    std::vector<LedgerLine> ledger;
    std::vector<Driver> drivers;
    std::vector<DriverReading> driver_readings;
    std::vector<ServiceItem> service_items;
    std::vector<Encounter> encounters;
    std::vector<DischargeRecord> discharge_records;  ///< in encounter order
    std::vector<DischargeRecord> open_records;  ///< codes so far of stays in hospital; optional
    std::vector<CaseTerms> case_terms;          ///< in encounter order; optional
    bool states_patient_paid = false;           ///< some row of case_terms.csv has patient_paid
    ChargeLines charge_lines;
    std::vector<ParkedLine> parked_lines;
    std::vector<PathwayReading> pathway_readings;
    std::vector<QualityReading> quality_readings;
    std::vector<StaffMember> staff;
    std::vector<CatalogueRow> catalogue;                 ///< in group order
    std::vector<ClassifiedProcedure> procedure_classes;  ///< in procedure order
    std::vector<ItemDriverValue> item_drivers;           ///< optional, as the four below
    std::vector<DeclaredActivity> activities;            ///< in order of department, activity
    std::vector<ActivityReading> activity_readings;
    std::vector<TracedCost> traced_costs;
    std::vector<WardStay> ward_stays;            ///< in encounter order
    std::vector<TreatmentTime> treatment_times;  ///< in encounter order
    std::vector<PayrollRow> payroll;  ///< optional, as the two below; in the order of their keys
    std::vector<TimeRow> staff_time;  ///< a blank department comes first
    std::vector<Asset> assets;
    std::vector<AccountBalance> account_balances;  ///< optional; in order of account, fund source
    std::vector<AttendingGroup> attending_groups;  ///< in force; optional, as the five below
    std::vector<EquipmentItem> equipment_items;
    std::vector<EquipmentCost> equipment_costs;
    std::vector<WardBeds> beds;
    std::vector<ResearchProject> research_projects;
    std::vector<ProjectLine> project_lines;
    std::vector<OpeningCost> opening_costs;
    std::vector<OpeningCharge> opening_charges;
    std::vector<CarriedPool> carried_pools;
};

/// What case_terms.csv says of a stay; nullptr if nothing.
[[nodiscard]] inline const CaseTerms* terms_of_stay(const Month& month, EncounterId encounter) {
    const auto& all = month.case_terms;
    const auto found = std::lower_bound(
        all.begin(), all.end(), encounter,
        [](const CaseTerms& one, EncounterId wanted) { return one.encounter < wanted; });
    return found != all.end() && found->encounter == encounter ? &*found : nullptr;
}

}  // namespace yuanliu
