// What makes specialties differ: how heavy their cases are, what they use, what they earn.
#pragma once

#include <array>
#include <cstddef>

namespace yuanliu::demo {

enum class Specialty {
    cardiology,
    respiratory,
    gastroenterology,
    neurology,
    nephrology,
    endocrinology,
    haematology,
    rheumatology,
    infection,
    oncology,
    geriatrics,
    general_surgery,
    orthopaedics,
    neurosurgery,
    cardiac_surgery,
    thoracic_surgery,
    urology,
    gynaecology,
    obstetrics,
    paediatrics,
    neonatology,
    ophthalmology,
    otolaryngology,
    stomatology,
    dermatology,
    rehabilitation,
    chinese_medicine,
    intensive_care,
    emergency,
};
inline constexpr std::size_t kSpecialties = 29;

struct SpecialtyTraits {
    Specialty specialty;
    const char* name;
    int cmi;              ///< per mille, mean weight of its cases
    int discharge_share;  ///< weight among the admissions of the hospital
    int visit_share;      ///< weight among the visits of the hospital
    int margin;           ///< per mille of payment, real margin aimed at
    int drug_tilt;        ///< per mille of charges moved from services to drugs
    int material_tilt;    ///< per mille of charges moved from services to materials
    int wards_clinic, wards_county, wards_tertiary;
    int clinics_county, clinics_tertiary;
};

[[nodiscard]] const std::array<SpecialtyTraits, kSpecialties>& specialties();

}  // namespace yuanliu::demo
