// Why this file: the index must answer as the slow reading of docs/method.md §6 does, which looks
// at every row of the catalogue. [RULE DIP-001] Codes are drawn from two letters, so that prefixes,
// ties and misses all happen often.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <optional>

#include "costing/group/group.hpp"
#include "tests/costing/case_month.hpp"

namespace yuanliu::costing::group {
namespace {

using yuanliu::case_month::add_composite;
using yuanliu::case_month::add_core;
using yuanliu::case_month::add_department;
using yuanliu::case_month::add_record;

std::string draw_code(std::size_t shortest) {
    const auto length = *rc::gen::inRange<std::size_t>(shortest, 5);
    return *rc::gen::container<std::string>(length, rc::gen::element('A', 'B'));
}

Month draw_month() {
    Month month;
    add_department(month, "DEP1");
    const int rows = *rc::gen::inRange(0, 25);
    for (int i = 0; i < rows; ++i) {
        const std::string group =
            "G" + std::to_string(100 + *rc::gen::inRange(0, 800)) + std::to_string(i);
        if (*rc::gen::arbitrary<bool>()) {
            add_core(month, {.group = group, .diagnosis = draw_code(1), .procedure = draw_code(0)});
        } else {
            add_composite(month, group, draw_code(1),
                          static_cast<CompositeClass>(*rc::gen::inRange(0, 4)));
        }
    }
    for (const char* code : {"A", "AB", "ABB", "B", "BA", "BAAB"}) {
        month.procedure_classes.push_back(
            {code, static_cast<ProcedureClass>(*rc::gen::inRange(0, 5))});
    }
    return month;
}

/// Smallest by (longest diagnosis, longest procedure, group) of the rows that `fits` accepts.
template <class Fits>
std::string best(const Month& month, const std::string& diagnosis, Fits fits) {
    const CatalogueRow* found = nullptr;
    for (const CatalogueRow& row : month.catalogue) {
        if (!diagnosis.starts_with(row.diagnosis) || !fits(row)) {
            continue;
        }
        const bool wins =
            found == nullptr || row.diagnosis.size() > found->diagnosis.size() ||
            (row.diagnosis.size() == found->diagnosis.size() &&
             (row.procedure.size() > found->procedure.size() ||
              (row.procedure.size() == found->procedure.size() && row.group < found->group)));
        found = wins ? &row : found;
    }
    return found == nullptr ? "" : found->group;
}

std::optional<ProcedureClass> class_of(const Month& month, const std::string& procedure) {
    for (const ClassifiedProcedure& row : month.procedure_classes) {
        if (row.procedure == procedure && row.procedure_class != ProcedureClass::simple) {
            return row.procedure_class;
        }
    }
    return std::nullopt;
}

/// The group by looking at everything; blank = ungrouped.
std::string slow_group(const Month& month, const DischargeRecord& record) {
    bool any = false;
    CompositeClass wanted = CompositeClass::conservative;
    for (const std::string& procedure : record.procedures) {
        const auto known = class_of(month, procedure);
        if (!known) {
            continue;
        }
        any = true;
        const CompositeClass own =
            *known == ProcedureClass::therapeutic  ? CompositeClass::therapeutic
            : *known == ProcedureClass::diagnostic ? CompositeClass::diagnostic
                                                   : CompositeClass::surgery;
        wanted = std::min(wanted, own);
    }
    for (const std::string& procedure : record.procedures) {
        if (class_of(month, procedure)) {
            const std::string hit = best(month, record.main_diagnosis, [&](const auto& row) {
                return row.level == CatalogueLevel::core && !row.procedure.empty() &&
                       procedure.starts_with(row.procedure);
            });
            if (!hit.empty()) {
                return hit;
            }
        }
    }
    const std::string conservative = best(month, record.main_diagnosis, [](const auto& row) {
        return row.level == CatalogueLevel::core && row.procedure.empty();
    });
    if (!any && !conservative.empty()) {
        return conservative;
    }
    return best(month, record.main_diagnosis, [&](const auto& row) {
        return row.level == CatalogueLevel::composite && row.composite_class == wanted;
    });
}

RC_GTEST_PROP(GroupingProperty, index_answers_as_the_slow_reading, ()) {
    Month month = draw_month();
    std::vector<std::string> procedures;
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
        procedures.push_back(draw_code(1));
    }
    add_record(month, EncounterId(std::size_t{0}), draw_code(1), procedures);
    const CaseGroup found = Grouper(month).group(month.discharge_records[0]);
    const std::string group = found.row.is_valid() ? month.catalogue[found.row.index()].group : "";
    RC_ASSERT(group == slow_group(month, month.discharge_records[0]));
    RC_ASSERT(found.row.is_valid() == (found.status == CaseStatus::grouped));
}

}  // namespace
}  // namespace yuanliu::costing::group
