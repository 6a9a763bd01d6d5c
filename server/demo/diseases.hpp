// The diseases the hospital treats, from which the DIP catalogue and the cases are made. Written
// for the demonstration from general medical knowledge; weights are invented, not an insurer's.
#pragma once

#include <array>
#include <span>

#include "server/demo/specialty.hpp"

namespace yuanliu::demo {

enum class ProcedureClass { surgery, intervention, therapeutic, diagnostic, simple };

struct DiseaseProcedure {
    const char* code = nullptr;  ///< ICD-9-CM-3 base code; null marks the end of the list
    const char* name = nullptr;
    int weight_percent = 100;  ///< weight of the case against the conservative one
    ProcedureClass procedure_class = ProcedureClass::surgery;
};

struct Disease {
    Specialty specialty;
    const char* diagnosis;  ///< ICD-10 base code
    const char* name;
    int weight;              ///< relative weight of the conservative case within the specialty
    int days_tenths;         ///< days of the conservative case
    int frequency;           ///< among the cases of the specialty
    int conservative_share;  ///< percent of cases treated without a procedure
    std::array<DiseaseProcedure, 3> procedures{};
};

[[nodiscard]] std::span<const Disease> medical_diseases();
[[nodiscard]] std::span<const Disease> surgical_diseases();

}  // namespace yuanliu::demo
