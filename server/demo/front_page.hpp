// The front page (病案首页) of a stay: who the patient is, what was found and what was done, in
// codes that fit together: by sex, age, disease and what the stay cost.
#pragma once

#include <string>
#include <vector>

#include "server/demo/stays.hpp"

namespace yuanliu::demo {

struct CodedDiagnosis {
    std::string code;
    const char* condition;  ///< on admission: present, undetermined, unknown, absent
};

struct CodedProcedure {
    std::string code;
    int level;  ///< 手术级别 1…4; 0 where it has none
    Day performed;
};

struct FrontPage {
    bool female = false;
    std::int64_t age_years = 0;
    std::int64_t age_days = -1;       ///< below one year only; else -1
    std::int64_t birth_weight_g = 0;  ///< newborns only; else 0
    std::int64_t admission_weight_g = 0;
    std::int64_t icu_days = 0;
    const char* outcome = "";
    const char* discharge_way = "";
    std::vector<CodedDiagnosis> diagnoses;  ///< the first is the main one
    std::vector<CodedProcedure> procedures;
};

[[nodiscard]] FrontPage front_page_of(const World& world, const Stay& stay);

/// Procedures that stand beside the main one on a page, for the table of classes.
struct SideProcedure {
    const char* code;
    const char* name;
    ProcedureClass procedure_class;
    const char* fields;  ///< specialties, by their letters (articles.hpp)
};
[[nodiscard]] std::span<const SideProcedure> side_procedures();

}  // namespace yuanliu::demo
