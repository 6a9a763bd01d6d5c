// Why this file: quality rules are data. A rule says which fields it looks at, when it applies and
// what it refuses, by one of a small closed set of kinds; the words and the points that it costs
// stand beside it (docs/quality.md §3).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "costing/base/money.hpp"
#include "costing/base/words.hpp"
#include "costing/quality/quality_record.hpp"

namespace yuanliu::costing::quality {

enum class RuleSeverity : std::uint8_t { error, warn, info };
enum class RuleKind : std::uint8_t {
    required,
    blank,
    form,
    one_of,
    range,
    known,
    grey,
    barred,
    allowed,
    needs,
    repeated,
    each_has,
    within,
    count,
    order,
    equal,
    sum,
    days,
    age
};

/// Inclusive; a code is in it if its first len(from) characters are ≥ from and its first len(to)
/// characters are ≤ to.
struct CodeRange {
    group::MedicalCode from;
    group::MedicalCode to;
};
struct CodeSet {
    std::vector<CodeRange> ranges;
    bool has_morphology = false;
    [[nodiscard]] bool contains(const Item& item) const;
};

/// One condition of `when`; all must hold. A blank or malformed value fulfils none but `given =
/// false`.
struct Condition {
    enum class Kind : std::uint8_t { values, codes, bounds, given };
    Kind kind{};
    Field field{};
    std::vector<std::string> values{};
    CodeSet codes{};
    std::int64_t min = INT64_MIN;
    std::int64_t max = INT64_MAX;
    bool is_given = true;
    bool is_negated = false;
};

struct Rule {
    std::string id;
    RuleSeverity severity{};
    RuleKind kind{};
    std::vector<Field> fields;  ///< looked at one by one, or in the roles that the kind names
    std::vector<Condition> when{};
    std::vector<std::string> values{};
    CodeSet codes{};
    CodeSet except{};
    std::int64_t min = INT64_MIN;
    std::int64_t max = INT64_MAX;
    bool at_most = false;  ///< of `sum`: no more than the total, instead of equal to it
    Rate deduct;
    std::string title_zh{};
    std::string title_en{};
    std::string message_zh{};
    std::string message_en{};
    std::string mend_zh{};
    std::string mend_en{};
};

struct RuleBook {
    std::string id;
    Rate full_score;
    Rate max_uncoded_share;
    std::vector<Rule> rules;
};

/// Tables that `known` and `grey` look into; absent = such rules are not checked.
struct CodeBooks {
    bool has_diagnoses = false;
    bool has_procedures = false;
    bool has_grey_diagnoses = false;
    bool has_grey_procedures = false;
    group::MedicalCodeIndex diagnoses;
    group::MedicalCodeIndex procedures;
    group::MedicalCodeIndex grey_diagnoses;
    group::MedicalCodeIndex grey_procedures;
};

/// Whether codes of the field are those of ICD-9-CM-3.
[[nodiscard]] constexpr bool is_procedure_field(Field field) {
    return field == Field::main_procedure || field == Field::other_procedures ||
           field == Field::procedures;
}
/// Whether the kind looks at each of `fields` alone (else they have roles).
[[nodiscard]] constexpr bool looks_at_each(RuleKind kind) {
    return kind <= RuleKind::repeated;
}

}  // namespace yuanliu::costing::quality

namespace yuanliu {
// clang-format off
template <> struct WordsOf<costing::quality::RuleSeverity> {
    static constexpr auto kWords = std::to_array<std::string_view>({"error", "warn", "info"});
};
template <> struct WordsOf<costing::quality::RuleKind> {
    static constexpr auto kWords = std::to_array<std::string_view>({
        "required", "blank", "form", "one_of", "range", "known", "grey", "barred", "allowed",
        "needs", "repeated", "each_has", "within", "count", "order", "equal", "sum", "days",
        "age"});
};
// clang-format on
}  // namespace yuanliu
