// The DIP catalogue of the demonstration and the kinds of case behind it. A kind of case leads to
// one group by the rules of docs/method.md §6, so that what a stay uses can follow its group.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "server/demo/diseases.hpp"
#include "server/demo/layout.hpp"

namespace yuanliu::demo {

struct Group {
    std::string code;
    std::string name;
    bool core;
    std::string diagnosis;
    std::string procedure;        ///< blank: conservative, or composite
    const char* composite_class;  ///< blank for core
    std::int64_t weight;          ///< RW in 0.0001
    std::int64_t days_tenths;
    Fen reference_charge;
    Fen expected_charge;  ///< what this hospital charges for it; not quite the reference
};

struct CaseKind {
    std::size_t group;
    std::string diagnosis;  ///< base code; the case adds two digits
    std::string procedure;  ///< base code or blank
    bool in_theatre;        ///< surgery or intervention
    bool by_catheter;
    std::int64_t frequency;
    bool core;
};

struct ProcedureEntry {
    std::string code;
    std::string name;
    ProcedureClass procedure_class;
};

struct Catalogue {
    std::vector<Group> groups;
    std::vector<ProcedureEntry> procedures;
    std::array<std::vector<CaseKind>, kSpecialties> cases;
    std::array<std::int64_t, kSpecialties> frequency_sum{};

    /// Name of a procedure by its base code.
    [[nodiscard]] std::string procedure_name(const std::string& base) const;
    [[nodiscard]] const CaseKind& draw(Specialty specialty, std::int64_t ticket) const;
};

[[nodiscard]] Catalogue build_catalogue(const Scale& scale, const Layout& layout,
                                        std::uint64_t seed);
[[nodiscard]] const char* procedure_class_name(ProcedureClass procedure_class);

}  // namespace yuanliu::demo
