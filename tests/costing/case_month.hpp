// Why this file: tests of grouping, payment and profit need a small month; this writes one in a few
// words. Everything is put in key order, as the intake promises. Example: add_stay(month, "E1",
// "DEP1", 3) is a stay discharged after three days.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"
#include "costing/base/run_result.hpp"

namespace yuanliu::case_month {

inline Date day(int number) {
    const std::string digits = std::to_string(number);
    return *Date::parse("2026-09-" + std::string(number < 10 ? "0" : "") + digits);
}

inline Money fen(std::int64_t amount) {
    return Money::from_raw(amount);
}
inline Rate e4(std::int64_t rate) {
    return Rate::from_raw(rate);
}

struct Core {
    std::string group;
    std::string diagnosis;
    std::string procedure;
    std::int64_t score_e4 = 10'000'000;       ///< 1000
    std::int64_t reference_fen = 1'000'000;   ///< 10,000.00
    std::int64_t reference_days_e4 = 60'000;  ///< 6
};

inline void sort_catalogue(Month& month) {
    std::sort(month.catalogue.begin(), month.catalogue.end(),
              [](const CatalogueRow& a, const CatalogueRow& b) { return a.group < b.group; });
}

inline void add_core(Month& month, const Core& core) {
    month.catalogue.push_back({.group = core.group,
                               .name = core.group,
                               .level = CatalogueLevel::core,
                               .diagnosis = core.diagnosis,
                               .procedure = core.procedure,
                               .composite_class = {},
                               .score = Points::from_raw(core.score_e4),
                               .reference_charge = fen(core.reference_fen),
                               .reference_days = Quantity::from_raw(core.reference_days_e4)});
    sort_catalogue(month);
}

inline void add_composite(Month& month, const std::string& group, const std::string& diagnosis,
                          CompositeClass wanted) {
    add_core(month, {.group = group, .diagnosis = diagnosis, .procedure = {}});
    for (CatalogueRow& row : month.catalogue) {
        if (row.group == group) {
            row.level = CatalogueLevel::composite;
            row.composite_class = wanted;
        }
    }
}

inline void add_department(Month& month, const std::string& code,
                           DepartmentClass department_class = DepartmentClass::clinical) {
    month.departments.push_back({.code = code,
                                 .name = code,
                                 .department_class = department_class,
                                 .care_setting = CareSetting::inpatient});
}

/// Department by index, encounters in ascending order of code. Blank discharge: see `status`.
inline EncounterId add_stay(Month& month, const std::string& code, std::size_t department = 0,
                            int days = 3, StayStatus status = StayStatus::discharged) {
    month.encounters.push_back(
        {.code = code,
         .kind = status == StayStatus::visit ? EncounterKind::outpatient : EncounterKind::inpatient,
         .status = status,
         .department = DepartmentId(department),
         .attending = "DOC1",
         .admitted_on = day(1),
         .discharged_on = day(1 + days),
         .payer = "employee",
         .record_number = {}});
    return EncounterId(month.encounters.size() - 1);
}

inline void add_record(Month& month, EncounterId encounter, const std::string& main_diagnosis,
                       std::vector<std::string> procedures = {}) {
    month.discharge_records.push_back({.encounter = encounter,
                                       .sex = Sex::female,
                                       .age_years = 40,
                                       .outcome = Outcome::cured,
                                       .main_diagnosis = main_diagnosis,
                                       .diagnoses = {main_diagnosis},
                                       .procedures = std::move(procedures)});
}

inline StayAmounts stay_of(std::int64_t charge_fen, std::int64_t cost_fen) {
    return {.opening_charge = {},
            .month_charge = fen(charge_fen),
            .opening_cost = {},
            .month_cost = fen(cost_fen)};
}

/// h = 1.08, ungrouped 0.7, uncoded 1, deviation at 0.5 and below or above 2, 11.6 yuan a point.
inline PaymentPolicy policy() {
    return {
        .version = "test",
        .hospital_coefficient = e4(10'800),
        .ungrouped_ratio = e4(7'000),
        .uncoded_ratio = e4(10'000),
        .deviation = {.low_ratio = e4(5'000),
                      .low_inclusive = true,
                      .high_ratio = e4(20'000),
                      .high_inclusive = false},
        .payers = {{.payer = "employee", .method = PayerMethod::dip, .point_value = e4(116'000)},
                   {.payer = "self", .method = PayerMethod::charges, .point_value = {}}}};
}

}  // namespace yuanliu::case_month
