// Why this file: the steps of grouping in the order of docs/method.md §6, [RULE DIP-001]; the
// worked example stands in the header. A procedure counts only if its exact code has a class other
// than simple; an unknown procedure neither decides a group nor keeps a case from being
// conservative.
#include "costing/group/group.hpp"

#include <array>
#include <span>
#include <string>
#include <utility>

namespace yuanliu::costing::group {

/// A procedure that may decide a group.
struct Grouper::Counted {
    std::string_view code;
    ProcedureClass procedure_class{};
};

namespace {

/// core(p): the nodes stand longest diagnosis first, so the first node that knows a prefix of p
/// decides.
CatalogueRowId find_core(std::span<const DiagnosisNode* const> nodes, std::string_view procedure) {
    for (const DiagnosisNode* node : nodes) {
        const CatalogueRowId row = node->find_procedure(procedure);
        if (row.is_valid()) {
            return row;
        }
    }
    return {};
}

CatalogueRowId find_conservative(std::span<const DiagnosisNode* const> nodes) {
    for (const DiagnosisNode* node : nodes) {
        if (node->conservative.is_valid()) {
            return node->conservative;
        }
    }
    return {};
}

CatalogueRowId find_composite(std::span<const DiagnosisNode* const> nodes, CompositeClass wanted) {
    for (const DiagnosisNode* node : nodes) {
        const CatalogueRowId row = node->composite[static_cast<std::size_t>(wanted)];
        if (row.is_valid()) {
            return row;
        }
    }
    return {};
}

/// The heaviest class present; CompositeClass is ordered from heavy to light.
template <class Procedures>
CompositeClass composite_class_of(const Procedures& procedures) {
    CompositeClass heaviest = CompositeClass::conservative;
    for (const auto& procedure : procedures) {
        CompositeClass own = CompositeClass::conservative;
        switch (procedure.procedure_class) {
            case ProcedureClass::surgery:
            case ProcedureClass::intervention:
                own = CompositeClass::surgery;
                break;
            case ProcedureClass::therapeutic:
                own = CompositeClass::therapeutic;
                break;
            case ProcedureClass::diagnostic:
                own = CompositeClass::diagnostic;
                break;
            case ProcedureClass::simple:
                break;
        }
        heaviest = own < heaviest ? own : heaviest;
    }
    return heaviest;
}

CaseGroup grouped(EncounterId encounter, CatalogueRowId row, GroupingLevel level,
                  std::string deciding_codes) {
    return {.encounter = encounter,
            .status = CaseStatus::grouped,
            .row = row,
            .level = level,
            .deciding_codes = std::move(deciding_codes)};
}

CaseGroup not_grouped(EncounterId encounter, CaseStatus status) {
    return {.encounter = encounter, .status = status, .row = {}, .level = {}, .deciding_codes = {}};
}

}  // namespace

Grouper::Grouper(const Month& month) : catalogue_(month.catalogue) {
    classes_.reserve(month.procedure_classes.size());
    for (const ClassifiedProcedure& classified : month.procedure_classes) {
        classes_.emplace(classified.procedure, classified.procedure_class);
    }
}

std::vector<Grouper::Counted> Grouper::counted_procedures(const DischargeRecord& record) const {
    std::vector<Counted> counted;
    for (const std::string& procedure : record.procedures) {
        const auto known = classes_.find(procedure);
        if (known != classes_.end() && known->second != ProcedureClass::simple) {
            counted.push_back({.code = procedure, .procedure_class = known->second});
        }
    }
    return counted;
}

CaseGroup Grouper::group(const DischargeRecord& record) const {
    const std::string& diagnosis = record.main_diagnosis;
    if (diagnosis.empty()) {
        return not_grouped(record.encounter, CaseStatus::uncoded);
    }
    Nodes nodes;
    catalogue_.find_nodes(diagnosis, nodes);
    const std::vector<Counted> counted = counted_procedures(record);
    for (const Counted& procedure : counted) {
        const CatalogueRowId row = find_core(nodes, procedure.code);
        if (row.is_valid()) {
            return grouped(record.encounter, row, GroupingLevel::core_procedure,
                           diagnosis + '+' + std::string(procedure.code));
        }
    }
    if (counted.empty()) {
        const CatalogueRowId row = find_conservative(nodes);
        if (row.is_valid()) {
            return grouped(record.encounter, row, GroupingLevel::core_conservative, diagnosis);
        }
    }
    const CompositeClass wanted = composite_class_of(counted);
    const CatalogueRowId row = find_composite(nodes, wanted);
    if (row.is_valid()) {
        return grouped(record.encounter, row, GroupingLevel::composite,
                       diagnosis + '+' + std::string(word_of(wanted)));
    }
    return not_grouped(record.encounter, CaseStatus::ungrouped);
}

std::vector<Discharge> discharges_of(const Month& month) {
    std::vector<Discharge> discharges;
    auto record = month.discharge_records.begin();
    for (std::size_t i = 0; i < month.encounters.size(); ++i) {
        if (month.encounters[i].status != StayStatus::discharged) {
            continue;
        }
        const EncounterId encounter(i);
        // Both lists are in encounter order, so one walk meets every record.
        while (record != month.discharge_records.end() && record->encounter < encounter) {
            ++record;
        }
        const bool is_there =
            record != month.discharge_records.end() && record->encounter == encounter;
        discharges.push_back({.encounter = encounter, .record = is_there ? &*record : nullptr});
    }
    return discharges;
}

std::vector<CaseGroup> group_cases(const Month& month) {
    const Grouper grouper(month);
    std::vector<CaseGroup> groups;
    for (const Discharge& discharge : discharges_of(month)) {
        groups.push_back(discharge.record != nullptr
                             ? grouper.group(*discharge.record)
                             : not_grouped(discharge.encounter, CaseStatus::uncoded));
    }
    return groups;
}

}  // namespace yuanliu::costing::group
