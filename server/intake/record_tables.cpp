// Why this file: what is coded of each stay: discharge records, the codes so far of stays in
// hospital, and what the front page (病案首页) says beside them. The three detail tables are
// optional and keyed as the rows that they belong to, as is what others say of a case; a detail of
// a row that isn't there is said and left out.
#include <algorithm>
#include <tuple>

#include "server/intake/month_draft.hpp"

namespace yuanliu::intake {
namespace {

/// Days of a patient under one year, in a leap year.
constexpr std::int64_t kMaxAgeDays = 366;
constexpr std::int64_t kMaxProcedureLevel = 4;
constexpr std::int64_t kMaxWeightGrams = 100'000;

namespace record_column {
enum : std::size_t { encounter, sex, age_years, outcome };
}

/// A row of a table whose key is an encounter and a sequence.
struct RecordKey {
    EncounterId encounter;
    std::int64_t sequence = 0;
    std::uint32_t number = 0;  ///< row of the file
    friend bool operator<(const RecordKey& a, const RecordKey& b) {
        return std::tie(a.encounter, a.sequence) < std::tie(b.encounter, b.sequence);
    }
};

template <class Value>
struct Keyed {
    RecordKey key;
    Value value;
};

template <class Value>
void sort_keyed(std::vector<Keyed<Value>>& rows) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.key < b.key; });
}

constexpr Reference kToStay{0, "encounter", FindingCode::unknown_encounter};

/// Rows of encounter, sequence and what `make` reads of the rest, in order of the key.
template <class Value, class Make>
std::vector<Keyed<Value>> read_keyed(MonthDraft& draft, const TableSpec& spec, Make make) {
    enum : std::size_t { encounter, sequence };
    auto rows = read_rows<Keyed<Value>>(draft, spec, [&](const Row& row, FindingList& findings) {
        return Keyed<Value>{.key = {.encounter = EncounterId(
                                        refer(draft, draft.encounters, kToStay, row, findings)),
                                    .sequence = row[sequence].value,
                                    .number = row.number},
                            .value = make(row, findings)};
    });
    sort_keyed(rows);
    return rows;
}

void check_most(const Row& row, std::size_t column, std::string_view name, std::int64_t most,
                FindingList& findings) {
    if (row[column].is_valid && !row[column].is_blank() && row[column].value > most) {
        findings.add(FindingCode::number_out_of_range, {.row = row.number, .column = name},
                     {row[column].string(), "0", std::to_string(most)});
    }
}

std::vector<Keyed<std::string>> read_code_rows(MonthDraft& draft, const TableSpec& spec,
                                               bool are_procedures) {
    constexpr std::size_t kCode = 2;
    const Reference to_procedure{kCode, "procedure", FindingCode::unknown_procedure,
                                 Severity::warn};
    return read_keyed<std::string>(draft, spec, [&](const Row& row, FindingList& findings) {
        if (are_procedures) {
            refer(draft, draft.procedures, to_procedure, row, findings);
        }
        return row[kCode].string();
    });
}

using Conditions = std::vector<Keyed<std::optional<AdmissionCondition>>>;
using Procedures = std::vector<Keyed<ProcedureDetails>>;

Conditions read_diagnosis_details(MonthDraft& draft) {
    constexpr std::size_t kCondition = 2;
    return read_keyed<std::optional<AdmissionCondition>>(
        draft, tables::diagnosis_details,
        [](const Row& row, FindingList&) { return row[kCondition].word<AdmissionCondition>(); });
}

Procedures read_procedure_details(MonthDraft& draft) {
    enum : std::size_t { encounter, sequence, level, performed_on };
    return read_keyed<ProcedureDetails>(
        draft, tables::procedure_details, [](const Row& row, FindingList& findings) {
            check_most(row, level, "level", kMaxProcedureLevel, findings);
            return ProcedureDetails{
                .level = static_cast<std::int32_t>(row[level].is_blank() ? 0 : row[level].value),
                .performed_on = row[performed_on].is_blank() ? Date() : row[performed_on].date};
        });
}

void report_stray(FindingList& findings, const MonthDraft& draft, const RecordKey& key,
                  std::string_view column) {
    findings.add(FindingCode::detail_without_row, {.row = key.number, .column = column},
                 {draft.loaded.month.encounters[key.encounter.index()].code,
                  key.sequence == 0 ? std::string() : std::to_string(key.sequence)},
                 Severity::warn);
}

/// The detail of each code row, in their order; empty when there is no detail at all.
template <class Value>
std::vector<Value> match_details(const MonthDraft& draft, const TableSpec& spec,
                                 const std::vector<Keyed<std::string>>& codes,
                                 const std::vector<Keyed<Value>>& details, FindingBook& book) {
    if (details.empty()) {
        return {};
    }
    std::vector<Value> matched(codes.size());
    auto code = codes.begin();
    for (const Keyed<Value>& detail : details) {
        while (code != codes.end() && code->key < detail.key) {
            ++code;
        }
        if (code != codes.end() && !(detail.key < code->key)) {
            matched[static_cast<std::size_t>(code - codes.begin())] = detail.value;
        } else if (detail.key.encounter.is_valid()) {
            report_stray(book.of(spec.file), draft, detail.key, "sequence");
        }
    }
    return matched;
}

/// Hands each record the codes of its encounter; both lists are in encounter order.
template <class Take>
void attach_codes(std::vector<DischargeRecord>& records,
                  const std::vector<Keyed<std::string>>& rows, Take take) {
    auto record = records.begin();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const EncounterId encounter = rows[i].key.encounter;
        while (record != records.end() && record->encounter < encounter) {
            ++record;
        }
        if (record != records.end() && record->encounter == encounter) {
            take(*record, i);
        }
    }
}

/// Records of stays of one status; others are reported and left out.
template <class Make>
std::vector<DischargeRecord> read_stay_records(MonthDraft& draft, const TableSpec& spec,
                                               StayStatus wanted, FindingCode otherwise,
                                               Make make) {
    auto records =
        read_rows<DischargeRecord>(draft, spec, [&](const Row& row, FindingList& findings) {
            DischargeRecord record{
                .encounter = EncounterId(refer(draft, draft.encounters, kToStay, row, findings)),
                .sex = row[record_column::sex].word<Sex>(),
                .age_years = static_cast<int>(row[record_column::age_years].value),
                .outcome = make(row),
                .main_diagnosis = {},
                .diagnoses = {},
                .procedures = {}};
            if (record.encounter.is_valid()) {
                const StayStatus status =
                    draft.loaded.month.encounters[record.encounter.index()].status;
                if (status != wanted) {
                    findings.add(
                        otherwise, {.row = row.number, .column = "encounter"},
                        {row[record_column::encounter].string(), std::string(word_of(status))},
                        Severity::warn);
                    record.encounter = EncounterId();
                }
            }
            return record;
        });
    std::erase_if(records, [](const DischargeRecord& r) { return !r.encounter.is_valid(); });
    std::stable_sort(records.begin(), records.end(),
                     [](const auto& a, const auto& b) { return a.encounter < b.encounter; });
    return records;
}

/// The record of a stay; nullptr if there is none.
DischargeRecord* find_record(std::vector<DischargeRecord>& records, EncounterId encounter) {
    const auto found = std::lower_bound(
        records.begin(), records.end(), encounter,
        [](const DischargeRecord& record, EncounterId id) { return record.encounter < id; });
    return found != records.end() && found->encounter == encounter ? &*found : nullptr;
}

StayDetails make_stay_details(const Row& row, FindingList& findings) {
    enum : std::size_t { encounter, age_days, birth_weight, admission_weight, way, icu_days };
    check_most(row, age_days, "age_days", kMaxAgeDays, findings);
    check_most(row, birth_weight, "birth_weight_g", kMaxWeightGrams, findings);
    check_most(row, admission_weight, "admission_weight_g", kMaxWeightGrams, findings);
    const auto whole = [&](std::size_t column) {
        return row[column].is_blank() ? StayDetails::kUnknown
                                      : static_cast<std::int32_t>(row[column].value);
    };
    StayDetails details{.age_days = whole(age_days),
                        .birth_weight_g = whole(birth_weight),
                        .admission_weight_g = whole(admission_weight)};
    if (row[way].is_valid && !row[way].is_blank()) {
        details.discharge_way = row[way].word<DischargeWay>();
    }
    if (!row[icu_days].is_blank()) {
        details.icu_days = row[icu_days].quantity();
    }
    return details;
}

void read_stay_details(MonthDraft& draft) {
    struct DetailRow {
        RecordKey key;
        StayDetails details;
    };
    const auto rows = read_rows<DetailRow>(
        draft, tables::stay_details, [&](const Row& row, FindingList& findings) {
            return DetailRow{.key = {.encounter = EncounterId(
                                         refer(draft, draft.encounters, kToStay, row, findings)),
                                     .sequence = 0,
                                     .number = row.number},
                             .details = make_stay_details(row, findings)};
        });
    for (const DetailRow& row : rows) {
        if (!row.key.encounter.is_valid()) {
            continue;
        }
        DischargeRecord* record = find_record(draft.month().discharge_records, row.key.encounter);
        record =
            record != nullptr ? record : find_record(draft.month().open_records, row.key.encounter);
        if (record != nullptr) {
            record->details = row.details;
        } else {
            report_stray(draft.book.of(tables::stay_details.file), draft, row.key, "encounter");
        }
    }
}

/// Rows of stays that are neither in hospital nor discharged in the month are reported and left
/// out.
void read_case_terms(MonthDraft& draft) {
    enum : std::size_t { encounter, severity, tumour, level, special_amount, special_points, paid };
    auto rows =
        read_rows<CaseTerms>(draft, tables::case_terms, [&](const Row& row, FindingList& findings) {
            CaseTerms terms{
                .encounter = EncounterId(refer(draft, draft.encounters, kToStay, row, findings)),
                .severity = row[severity].string(),
                .tumour = row[tumour].string()};
            terms.source_row = row.number;
            if (!row[level].is_blank()) {
                terms.level_coefficient = Rate::from_raw(row[level].value);
            }
            if (!row[special_amount].is_blank()) {
                terms.special_amount = row[special_amount].money();
            }
            if (!row[special_points].is_blank()) {
                terms.special_points = Points::from_raw(row[special_points].value);
            }
            if (!row[paid].is_blank()) {
                terms.patient_paid = row[paid].money();
            }
            return terms;
        });
    draft.month().states_patient_paid =
        std::any_of(rows.begin(), rows.end(),
                    [](const CaseTerms& row) { return row.patient_paid.has_value(); });
    FindingList& findings = draft.book.of(tables::case_terms.file);
    std::erase_if(rows, [&](const CaseTerms& row) {
        if (!row.encounter.is_valid()) {
            return true;
        }
        const StayStatus status = draft.month().encounters[row.encounter.index()].status;
        const bool is_stay = status == StayStatus::discharged || status == StayStatus::in_hospital;
        if (!is_stay) {
            report_stray(findings, draft,
                         {.encounter = row.encounter, .sequence = 0, .number = row.source_row},
                         "encounter");
        }
        return !is_stay;
    });
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.encounter < b.encounter; });
    draft.month().case_terms = std::move(rows);
}

void report_missing_records(MonthDraft& draft) {
    std::vector<bool> has_record(draft.month().encounters.size(), false);
    for (const DischargeRecord& record : draft.month().discharge_records) {
        has_record[record.encounter.index()] = true;
    }
    std::vector<std::pair<std::uint32_t, std::size_t>> missing;  // (row, encounter)
    for (std::size_t i = 0; i < has_record.size(); ++i) {
        if (draft.month().encounters[i].status == StayStatus::discharged && !has_record[i]) {
            missing.emplace_back(draft.encounter_rows[i], i);
        }
    }
    std::sort(missing.begin(), missing.end());
    FindingList& findings = draft.book.of(tables::encounters.file);
    for (const auto& [row, encounter] : missing) {
        findings.add(FindingCode::discharge_record_missing, {.row = row, .column = "encounter"},
                     {draft.month().encounters[encounter].code}, Severity::warn);
    }
}

}  // namespace

void read_discharge_records(MonthDraft& draft) {
    Month& month = draft.month();
    month.discharge_records = read_stay_records(
        draft, tables::discharges, StayStatus::discharged, FindingCode::discharge_record_unexpected,
        [](const Row& row) { return row[record_column::outcome].word<Outcome>(); });
    month.open_records = read_stay_records(draft, tables::open_stays, StayStatus::in_hospital,
                                           FindingCode::open_stay_not_in_hospital,
                                           [](const Row&) { return Outcome::other; });
    const auto diagnoses = read_code_rows(draft, tables::diagnoses, false);
    const auto procedures = read_code_rows(draft, tables::procedures, true);
    const auto conditions = match_details(draft, tables::diagnosis_details, diagnoses,
                                          read_diagnosis_details(draft), draft.book);
    const auto details = match_details(draft, tables::procedure_details, procedures,
                                       read_procedure_details(draft), draft.book);
    for (auto* records : {&month.discharge_records, &month.open_records}) {
        attach_codes(*records, diagnoses, [&](DischargeRecord& record, std::size_t i) {
            if (diagnoses[i].key.sequence == 1) {
                record.main_diagnosis = diagnoses[i].value;
            }
            record.diagnoses.push_back(diagnoses[i].value);
            if (!conditions.empty()) {
                record.conditions.push_back(conditions[i]);
            }
        });
        attach_codes(*records, procedures, [&](DischargeRecord& record, std::size_t i) {
            record.procedures.push_back(procedures[i].value);
            if (!details.empty()) {
                record.procedure_details.push_back(details[i]);
            }
        });
    }
    read_stay_details(draft);
    read_case_terms(draft);
    report_missing_records(draft);
}

}  // namespace yuanliu::intake
