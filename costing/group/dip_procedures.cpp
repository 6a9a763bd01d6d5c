// Why this file: which of a case's procedures count, which may stand as the main one, and the class
// of the case (docs/grouping.md §5.2, §5.5). Worked example: 88.5500 (treatment next), 36.0601:
// 36.0601 is the main procedure, 88.5500 stays behind it.
#include <algorithm>

#include "costing/group/dip_run.hpp"

namespace yuanliu::costing::group {

std::optional<ProcedureClass> DipRun::class_of(MedicalCode procedure) const {
    const std::uint32_t number = grouper_.classified_.find(procedure);
    return number == MedicalCodeIndex::kNone ? std::nullopt
                                             : std::optional(grouper_.classes_[number]);
}

std::int8_t DipRun::weight_of(MedicalCode procedure) const {
    const std::optional<ProcedureClass> known = class_of(procedure);
    if (!known) {
        return 1;
    }
    switch (*known) {
        case ProcedureClass::surgery:
        case ProcedureClass::intervention:
            return 4;
        case ProcedureClass::therapeutic:
            return 3;
        case ProcedureClass::diagnostic:
            return 2;
        case ProcedureClass::simple:
            break;
    }
    return 1;
}

RowClass DipRun::case_class() const {
    constexpr std::array kClasses{RowClass::conservative, RowClass::diagnostic,
                                  RowClass::therapeutic, RowClass::surgery};
    return kClasses[static_cast<std::size_t>(class_ - 1)];
}

/// Nothing, also, for a limited procedure whose main diagnosis is within the limits.
std::optional<ExcludedProcedure> DipRun::treatment_of(MedicalCode procedure,
                                                      bool is_limited) const {
    const std::uint32_t number = grouper_.treated_.find(procedure);
    if (number == MedicalCodeIndex::kNone) {
        return std::nullopt;
    }
    const ExcludedProcedure treatment = grouper_.treatments_[number];
    if (treatment == ExcludedProcedure::limited && !is_limited) {
        return std::nullopt;
    }
    return treatment;
}

void DipRun::count_procedures() {
    for (const MedicalCode code : record_.procedures) {
        const std::optional<ProcedureClass> known = class_of(code);
        const bool counts = !catalogue_.has_classes || (known ? *known != ProcedureClass::simple
                                                              : catalogue_.counts_unknown_class);
        if (counts) {
            counted_.push_back(code);
        } else {
            say_of_procedure(TraceKind::procedure_uncounted, code);
        }
    }
    const MedicalCode main = record_.diagnoses.front();
    const auto& limits = catalogue_.limited_diagnoses;
    const bool is_limited = std::none_of(
        limits.begin(), limits.end(), [&](const CellCode& range) { return range.matches(main); });
    const auto treatment = [&](MedicalCode code) { return treatment_of(code, is_limited); };
    const auto first = std::find_if(counted_.begin(), counted_.end(), [&](MedicalCode code) {
        return treatment(code) != ExcludedProcedure::next;
    });
    if (first == counted_.end() || treatment(*first).has_value()) {
        if (!counted_.empty()) {
            say_of_procedure(TraceKind::procedure_conservative,
                             first == counted_.end() ? counted_.front() : *first);
        }
        counted_.clear();
        return;
    }
    for (auto moved = counted_.begin(); moved != first; ++moved) {
        say_of_procedure(TraceKind::procedure_moved, *moved);
    }
    std::rotate(counted_.begin(), first, counted_.end());
    const auto dropped = std::remove_if(counted_.begin(), counted_.end(), [&](MedicalCode code) {
        return treatment(code) == ExcludedProcedure::conservative;
    });
    counted_.erase(dropped, counted_.end());
    for (const MedicalCode code : counted_) {
        class_ = std::max(class_, weight_of(code));
    }
}

}  // namespace yuanliu::costing::group
