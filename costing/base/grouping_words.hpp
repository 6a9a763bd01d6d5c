// Why this file: the closed words of what the groupers are given and what they answer, below the
// groupers, because the tables of a month and of a result spell them (docs/grouping.md §1).
#pragma once

#include <cstdint>

#include "costing/base/words.hpp"

namespace yuanliu {

/// 离院方式 of the front page: 医嘱离院, 医嘱转院, 医嘱转社区, 非医嘱离院, 死亡, 其他.
enum class DischargeWay : std::uint8_t { home, hospital, community, against_advice, died, other };
/// 入院病情 of a diagnosis: 有, 临床未确定, 情况不明, 无.
enum class AdmissionCondition : std::uint8_t { present, undetermined, unknown, absent };

enum class GroupingStatus : std::uint8_t { grouped, ungrouped, ambiguous, failed_checks };
enum class GroupingReason : std::uint8_t {
    none,
    no_entry,
    no_rule,
    no_severity,
    excluded_diagnosis,
    unrelated_procedure,
    equal_rows,
    diagnosis_missing,
    diagnosis_unknown,
    diagnosis_grey,
    not_main,
    sex_conflict,
    age_conflict
};
enum class GroupLevel : std::uint8_t {
    none,
    drg,
    first_stage,
    merged,
    refined,
    basic,
    core,
    composite
};

// clang-format off
#define YUANLIU_GROUPING_WORDS(Enum, ...)                                               \
    template <> struct WordsOf<Enum> {                                                  \
        static constexpr auto kWords = std::to_array<std::string_view>({__VA_ARGS__});  \
    };
YUANLIU_GROUPING_WORDS(DischargeWay,
    "home", "hospital", "community", "against_advice", "died", "other")
YUANLIU_GROUPING_WORDS(AdmissionCondition, "present", "undetermined", "unknown", "absent")
YUANLIU_GROUPING_WORDS(GroupingStatus, "grouped", "ungrouped", "ambiguous", "failed_checks")
YUANLIU_GROUPING_WORDS(GroupingReason,
    "", "no_entry", "no_rule", "no_severity", "excluded_diagnosis", "unrelated_procedure", "equal_rows",
    "diagnosis_missing", "diagnosis_unknown", "diagnosis_grey", "not_main", "sex_conflict", "age_conflict")
YUANLIU_GROUPING_WORDS(GroupLevel,
    "", "drg", "first_stage", "merged", "refined", "basic", "core", "composite")
#undef YUANLIU_GROUPING_WORDS
// clang-format on

}  // namespace yuanliu
