// Why this file: see record_checks.hpp.
#include "costing/group/record_checks.hpp"

#include <span>

namespace yuanliu::costing::group {
namespace {

constexpr std::int32_t kLastDayOfInfancy = 364;

bool is_in_range(MedicalCode code, const CheckRow& row) {
    return row.from <= code.prefix(row.from.length()) && code.prefix(row.to.length()) <= row.to;
}

/// What a row says against this person; none: it doesn't concern the case.
GroupingReason reason_of(CheckRule rule, const GroupingCase& record) {
    switch (rule) {
        case CheckRule::not_main:
            return GroupingReason::not_main;
        case CheckRule::not_female:
            return record.sex == Sex::female ? GroupingReason::sex_conflict : GroupingReason::none;
        case CheckRule::not_male:
            return record.sex == Sex::male ? GroupingReason::sex_conflict : GroupingReason::none;
        case CheckRule::infants_only:
            break;
    }
    return record.age_days > kLastDayOfInfancy ? GroupingReason::age_conflict
                                               : GroupingReason::none;
}

bool refuse(GroupAnswer& answer, GroupingReason reason, MedicalCode code) {
    answer.status = GroupingStatus::failed_checks;
    answer.reason = reason;
    if (!code.is_blank()) {
        answer.decide_by(code);
    }
    return true;
}

}  // namespace

bool RecordChecks::fail(const GroupingCase& record, GroupAnswer& answer) const {
    if (record.diagnoses.empty()) {
        return refuse(answer, GroupingReason::diagnosis_missing, {});
    }
    const MedicalCode main = record.diagnoses.front();
    if (has_diagnoses && !diagnoses.contains(main)) {
        return refuse(answer, GroupingReason::diagnosis_unknown, main);
    }
    if (grey_diagnoses.contains(main)) {
        return refuse(answer, GroupingReason::diagnosis_grey, main);
    }
    for (const CheckRow& row : rows) {
        const GroupingReason reason = reason_of(row.rule, record);
        if (reason == GroupingReason::none) {
            continue;
        }
        const std::span<const MedicalCode> all(record.diagnoses);
        for (const MedicalCode code : row.rule == CheckRule::not_main ? all.first(1) : all) {
            if (is_in_range(code, row)) {
                return refuse(answer, reason, code);
            }
        }
    }
    return false;
}

}  // namespace yuanliu::costing::group
