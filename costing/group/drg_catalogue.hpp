// Why this file: a DRG grouping scheme as data: which MDCs in which order, which sets each ADRG
// asks for, what counts as a complication (docs/grouping.md §4). The grouper knows no group.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "costing/group/grouping_case.hpp"

namespace yuanliu::costing::group {

enum class TermKind : std::uint8_t {
    main_diagnosis,
    any_diagnosis,
    main_procedure,
    any_procedure,
    valid_procedure,
    no_valid_procedure
};

struct DrgTerm {
    static constexpr std::uint32_t kNoSet = 0xFFFFFFFFU;
    TermKind kind{};
    std::uint32_t set = kNoSet;
};

struct DrgCondition {
    CaseBounds bounds;
    std::optional<bool> valid_procedure;
    std::uint32_t sites_min = 0;
};

struct Drg {
    std::string code;
    std::string name;
};

struct DrgAdrg {
    static constexpr std::uint32_t kNoDrg = 0xFFFFFFFFU;
    std::string code;
    std::string name;
    std::vector<std::vector<DrgTerm>> alternatives;  ///< all terms of one of them
    std::vector<DrgCondition> conditions;
    std::array<std::uint32_t, 10> drg_of_digit{kNoDrg, kNoDrg, kNoDrg, kNoDrg, kNoDrg,
                                               kNoDrg, kNoDrg, kNoDrg, kNoDrg, kNoDrg};
    [[nodiscard]] bool asks_procedures() const;
};

struct DrgMdc {
    char letter = ' ';
    std::string name;
    bool has_table = false;
    std::vector<MedicalCode> table;
    std::vector<std::vector<MedicalCode>> sites;
    std::vector<std::string> site_names;
    std::vector<std::uint32_t> adrgs;  ///< in file order
    std::vector<DrgCondition> conditions;
};

struct DrgCatalogue {
    std::string id;
    std::vector<DrgMdc> mdcs;
    std::vector<std::uint32_t> order;  ///< of the MDCs
    std::vector<DrgAdrg> adrgs;
    std::vector<Drg> drgs;
    std::vector<std::vector<MedicalCode>> sets;
    using Numbers = std::vector<std::pair<MedicalCode, std::uint32_t>>;
    Numbers cc;
    Numbers mcc;
    Numbers exclusions;
    std::vector<MedicalCode> valid_procedures;
    bool any_main_procedure = false;
};

}  // namespace yuanliu::costing::group
