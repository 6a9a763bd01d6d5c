// Why this file: tests of the bonus need departments, staff, cases and readings; this writes them
// in a few words, in key order as the intake promises. Example: add_case(month, 0, 1, 7) is a
// discharged case of department 0 in catalogue row 1 after seven days.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "performance/bonus.hpp"

namespace yuanliu::bonus_month {

inline Rate e4(std::int64_t raw) {
    return Rate::from_raw(raw);
}
inline Quantity q4(std::int64_t raw) {
    return Quantity::from_raw(raw);
}

/// What a test varies.
struct Hospital {
    Month month;
    std::vector<CaseRow> cases;
    BonusScheme scheme;
};

inline void add_department(Hospital& hospital, const std::string& code,
                           DepartmentClass department_class = DepartmentClass::clinical) {
    hospital.month.departments.push_back({.code = code,
                                          .name = code,
                                          .department_class = department_class,
                                          .care_setting = CareSetting::inpatient});
}

inline void add_group(Hospital& hospital, const std::string& code, std::int64_t score_e4,
                      std::int64_t reference_days_e4) {
    CatalogueRow row;
    row.group = code;
    row.score = Points::from_raw(score_e4);
    row.reference_charge = Money::from_raw(1'000'000);
    row.reference_days = q4(reference_days_e4);
    hospital.month.catalogue.push_back(row);
}

inline EncounterId add_encounter(Hospital& hospital, std::size_t department,
                                 StayStatus status = StayStatus::discharged) {
    Encounter encounter;
    encounter.code = "E" + std::to_string(10'000 + hospital.month.encounters.size());
    encounter.kind = EncounterKind::inpatient;
    encounter.status = status;
    encounter.department = DepartmentId(department);
    hospital.month.encounters.push_back(encounter);
    return EncounterId(hospital.month.encounters.size() - 1);
}

inline EncounterId add_case(Hospital& hospital, std::size_t department, std::size_t row,
                            std::int64_t days) {
    CaseRow item;
    item.encounter = add_encounter(hospital, department);
    item.status = CaseStatus::grouped;
    item.row = CatalogueRowId(row);
    item.days = days;
    hospital.cases.push_back(item);
    return item.encounter;
}

inline EncounterId add_ungrouped_case(Hospital& hospital, std::size_t department) {
    CaseRow item;
    item.encounter = add_encounter(hospital, department);
    item.status = CaseStatus::ungrouped;
    item.days = 1;
    hospital.cases.push_back(item);
    return item.encounter;
}

struct PersonSketch {
    std::string code;
    std::size_t department = 0;
    std::int64_t coefficient_e4 = 10'000;
    std::int64_t attendance_e4 = 10'000;
};

inline void add_person(Hospital& hospital, const PersonSketch& sketch) {
    hospital.month.staff.push_back({.code = sketch.code,
                                    .department = DepartmentId(sketch.department),
                                    .category = "doctor",
                                    .bonus_coefficient = q4(sketch.coefficient_e4),
                                    .attendance = q4(sketch.attendance_e4)});
    std::sort(hospital.month.staff.begin(), hospital.month.staff.end(),
              [](const StaffMember& a, const StaffMember& b) { return a.code < b.code; });
}

struct ReadingSketch {
    std::size_t department = 0;
    std::string indicator;
    std::int64_t numerator_e4 = 0;
    std::int64_t denominator_e4 = 10'000;
};

inline void add_quality(Hospital& hospital, const ReadingSketch& sketch) {
    auto& readings = hospital.month.quality_readings;
    readings.push_back({.department = DepartmentId(sketch.department),
                        .indicator = sketch.indicator,
                        .numerator = q4(sketch.numerator_e4),
                        .denominator = q4(sketch.denominator_e4)});
    std::sort(
        readings.begin(), readings.end(), [](const QualityReading& a, const QualityReading& b) {
            return std::pair(a.department, a.indicator) < std::pair(b.department, b.indicator);
        });
}

inline performance::BonusOutcome distribute(const Hospital& hospital) {
    return performance::distribute_bonus({hospital.month, hospital.cases, hospital.scheme});
}

inline std::vector<std::string> names_of(const std::vector<Finding>& findings) {
    std::vector<std::string> names;
    for (const Finding& finding : findings) {
        std::string name(name_of(finding.code));
        for (const std::string& argument : finding.arguments) {
            name += ' ' + argument;
        }
        names.push_back(name);
    }
    return names;
}

}  // namespace yuanliu::bonus_month
