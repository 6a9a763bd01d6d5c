// Why this file: a front page (病案首页) or a settlement list (医保结算清单) as the quality rules
// see it: a closed list of fields, each with a type, the value and its place in a list. What a file
// lacks is not the same as what it leaves blank (docs/quality.md §2).
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "costing/group/medical_code.hpp"

namespace yuanliu::costing::quality {

enum class FieldType : std::uint8_t { text, count, amount, date, texts, amounts, dates, codes };

// clang-format off
/// X(name, type). `codes` with one value: the clinic's and the main diagnosis. Amounts in fen,
/// dates in days since 1970-01-01.
#define YUANLIU_QUALITY_FIELDS(X)                                                                 \
    X(encounter, text) X(record_number, text) X(department, text) X(coder, text)                  \
    X(attending, text) X(director, text) X(nurse, text) X(hospital_code, text)                    \
    X(admission_count, count) X(payer, text) X(insured_number, text) X(sex, text)                 \
    X(birth_date, date) X(age_years, count) X(age_days, count) X(birth_weight_g, count)           \
    X(admission_weight_g, count) X(country, text) X(nation, text) X(marital_status, text)         \
    X(occupation, text) X(id_type, text) X(admission_way, text) X(admitted_on, date)              \
    X(discharged_on, date) X(days, count) X(admission_department, text)                           \
    X(discharge_department, text) X(discharge_way, text) X(receiving_hospital, text)              \
    X(readmission_planned, text) X(readmission_purpose, text) X(autopsy, text)                    \
    X(record_quality, text) X(quality_checked_on, date) X(clinic_diagnosis, codes)                \
    X(main_diagnosis, codes) X(other_diagnoses, codes) X(diagnoses, codes)                        \
    X(admission_conditions, texts) X(external_cause, codes) X(pathology_code, codes)              \
    X(pathology_number, text) X(allergy, text) X(allergy_drug, text) X(blood_type, text)          \
    X(rh, text) X(transfusion_ml, count) X(transfusion_reaction, text) X(main_procedure, codes)   \
    X(other_procedures, codes) X(procedures, codes) X(procedure_dates, dates)                     \
    X(procedure_operators, texts) X(procedure_levels, texts) X(anaesthesia_ways, texts)           \
    X(anaesthetists, texts) X(incision_healings, texts) X(coma_before_minutes, count)             \
    X(coma_after_minutes, count) X(ventilator_hours, count) X(icu_days, count)                    \
    X(special_nursing_days, count) X(first_nursing_days, count) X(second_nursing_days, count)     \
    X(third_nursing_days, count) X(total_charge, amount) X(self_paid, amount)                     \
    X(charge_parts, amounts) X(surgery_charge, amount) X(anaesthesia_charge, amount)              \
    X(blood_charge, amount) X(pathology_charge, amount) X(nursing_charge, amount)                 \
    X(bed_charge, amount) X(drug_charge, amount) X(antibiotic_charge, amount)                     \
    X(detail_charge, amount) X(list_charge, amount) X(list_parts, amounts)                        \
    X(fund_paid, amount) X(account_paid, amount) X(cash_paid, amount) X(settled_from, date)       \
    X(settled_to, date) X(bill_code, text) X(bill_number, text) X(list_number, text)              \
    X(treatment_type, text) X(insurance_kind, text) X(insured_area, text)                         \
    X(diagnosis_count, count) X(procedure_count, count) X(list_department, text)                  \
    X(list_filled_by, text) X(newborn_admission_type, text)
// clang-format on

enum class Field : std::uint8_t {
#define YUANLIU_QUALITY_ENUMERATOR(name, type) name,
    YUANLIU_QUALITY_FIELDS(YUANLIU_QUALITY_ENUMERATOR)
#undef YUANLIU_QUALITY_ENUMERATOR
};

inline constexpr auto kFieldNames = std::to_array<std::string_view>({
#define YUANLIU_QUALITY_NAME(name, type) #name,
    YUANLIU_QUALITY_FIELDS(YUANLIU_QUALITY_NAME)
#undef YUANLIU_QUALITY_NAME
});
inline constexpr auto kFieldTypes = std::to_array<FieldType>({
#define YUANLIU_QUALITY_TYPE(name, type) FieldType::type,
    YUANLIU_QUALITY_FIELDS(YUANLIU_QUALITY_TYPE)
#undef YUANLIU_QUALITY_TYPE
});
inline constexpr std::size_t kFields = kFieldNames.size();

[[nodiscard]] constexpr std::size_t index_of(Field field) {
    return static_cast<std::size_t>(field);
}
[[nodiscard]] constexpr std::string_view name_of(Field field) {
    return kFieldNames[index_of(field)];
}
[[nodiscard]] constexpr FieldType type_of(Field field) {
    return kFieldTypes[index_of(field)];
}
[[nodiscard]] constexpr bool is_list(FieldType type) {
    return type >= FieldType::texts;
}
/// Nothing if there is no such field.
[[nodiscard]] constexpr std::optional<Field> field_named(std::string_view name) {
    for (std::size_t i = 0; i < kFields; ++i) {
        if (kFieldNames[i] == name) {
            return static_cast<Field>(i);
        }
    }
    return std::nullopt;
}

using FieldSet = std::bitset<kFields>;

/// A code, or a place in a list. `text` is blank where the list has nothing.
struct Item {
    std::string_view text;
    group::MedicalCode code;  ///< blank if the text is none
    std::int64_t number = 0;  ///< of amounts and dates
    bool is_malformed = false;
};

/// The texts live as long as the row that was read. Used again for the next row.
struct Record {
    static constexpr std::int64_t kMalformed = std::numeric_limits<std::int64_t>::min();
    std::array<std::string_view, kFields> text{};  ///< as written; blank also where there is none
    std::array<std::int64_t, kFields> number{};    ///< of a given count, amount or date
    std::array<std::vector<Item>, kFields> lists;  ///< of list types; codes see `items`
    std::string made_encounter{};  ///< what `encounter` views when several columns make it

    /// The places of a list. `diagnoses` and `procedures` hold the main one first, also when it is
    /// blank; main and other ones are parts of them.
    [[nodiscard]] std::span<const Item> items(Field field) const;
    [[nodiscard]] bool is_blank(Field field) const;
};

/// M and four or five digits, a slash and the behaviour: a morphology code, such as M8070/3.
[[nodiscard]] bool is_morphology(std::string_view text);

}  // namespace yuanliu::costing::quality
