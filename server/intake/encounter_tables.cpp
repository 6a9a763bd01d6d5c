// Why this file: who was in the hospital (encounters) and on which pathway. The status of a stay
// follows from its dates and the month.
#include <algorithm>

#include "server/intake/month_draft.hpp"

namespace yuanliu::intake {
namespace {

namespace column {
enum : std::size_t {
    code,
    kind,
    department,
    attending,
    admitted_on,
    discharged_on,
    payer,
    record_number
};
}

struct EncounterRow {
    Encounter value;
    std::uint32_t number = 0;
};

void check_dates(const MonthDraft& draft, const Row& row, FindingList& findings) {
    using namespace column;
    const Cell& admitted = row[admitted_on];
    const Cell& discharged = row[discharged_on];
    const auto report = [&](FindingCode what, std::string_view name, const Cell& cell,
                            std::string other) {
        findings.add(what, {.row = row.number, .column = name}, {cell.string(), std::move(other)});
    };
    if (admitted.is_valid && admitted.date > draft.last_day) {
        report(FindingCode::date_out_of_month, "admitted_on", admitted, draft.last_day.text());
    }
    if (!discharged.is_valid || discharged.is_blank()) {
        return;
    }
    if (row[kind].is_valid && row[kind].word<EncounterKind>() == EncounterKind::outpatient) {
        report(FindingCode::outpatient_has_discharge, "discharged_on", discharged,
               row[code].string());
    }
    if (discharged.date > draft.last_day) {
        report(FindingCode::date_out_of_month, "discharged_on", discharged, draft.last_day.text());
    }
    if (admitted.is_valid && discharged.date < admitted.date) {
        report(FindingCode::discharge_before_admission, "discharged_on", discharged,
               admitted.string());
    }
}

StayStatus status_of(const MonthDraft& draft, const Row& row) {
    using namespace column;
    if (row[kind].word<EncounterKind>() == EncounterKind::outpatient) {
        return StayStatus::visit;
    }
    if (row[discharged_on].is_blank()) {
        return StayStatus::in_hospital;
    }
    return row[discharged_on].date < draft.first_day ? StayStatus::discharged_earlier
                                                     : StayStatus::discharged;
}

EncounterRow make_encounter(const MonthDraft& draft, bool check_staff, const Row& row,
                            FindingList& findings) {
    using namespace column;
    check_dates(draft, row, findings);
    if (check_staff) {
        refer(draft, draft.staff,
              {attending, "attending", FindingCode::unknown_staff, Severity::warn}, row, findings);
    }
    const std::uint32_t department_id =
        refer(draft, draft.departments, {department, "department", FindingCode::unknown_department},
              row, findings);
    return {
        .value = {.code = row[code].string(),
                  .kind = row[kind].word<EncounterKind>(),
                  .status = status_of(draft, row),
                  .department = DepartmentId(department_id),
                  .attending = row[attending].string(),
                  .admitted_on = row[admitted_on].date,
                  .discharged_on = row[discharged_on].is_blank() ? Date() : row[discharged_on].date,
                  .payer = row[payer].string(),
                  .record_number = row[record_number].string(),
                  .source_row = row.number},
        .number = row.number};
}

constexpr Reference kToEncounter{0, "encounter", FindingCode::unknown_encounter};

}  // namespace

void read_encounters(MonthDraft& draft) {
    const bool check_staff = draft.has_arrived(tables::staff);
    auto rows = read_rows<EncounterRow>(
        draft, tables::encounters,
        [&](const Row& row, FindingList& f) { return make_encounter(draft, check_staff, row, f); });
    std::stable_sort(rows.begin(), rows.end(), [](const EncounterRow& a, const EncounterRow& b) {
        return a.value.code < b.value.code;
    });
    auto& encounters = draft.month().encounters;
    encounters.reserve(rows.size());
    draft.encounter_rows.reserve(rows.size());
    for (EncounterRow& row : rows) {
        encounters.push_back(std::move(row.value));
        draft.encounter_rows.push_back(row.number);
    }
    std::vector<std::string_view> codes;
    codes.reserve(encounters.size());
    for (const Encounter& encounter : encounters) {
        codes.push_back(encounter.code);
    }
    draft.encounters.usable.assign(codes.size(), true);
    draft.encounters.index = CodeIndex(std::move(codes));
}

void read_pathway_readings(MonthDraft& draft) {
    enum : std::size_t { encounter, eligible, entered, completed, varied };
    auto& readings = draft.month().pathway_readings;
    readings = read_rows<PathwayReading>(
        draft, tables::pathway_readings, [&](const Row& row, FindingList& findings) {
            return PathwayReading{.encounter = EncounterId(
                                      refer(draft, draft.encounters, kToEncounter, row, findings)),
                                  .eligible = row[eligible].value == 1,
                                  .entered = row[entered].value == 1,
                                  .completed = row[completed].value == 1,
                                  .varied = row[varied].value == 1};
        });
    std::stable_sort(readings.begin(), readings.end(),
                     [](const auto& a, const auto& b) { return a.encounter < b.encounter; });
}

}  // namespace yuanliu::intake
