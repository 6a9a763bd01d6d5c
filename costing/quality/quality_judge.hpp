// Why this file: judges one record by all rules that the file at hand allows to be checked. Which
// ones it can't check is settled once, before the first record, and told: not checked is not passed
// (docs/quality.md §4).
// Worked example: stay 2026-03-01 to 2026-03-05 with days = 5: `days` wants max(1, 4) = 4, so the
// rule is hit with value 5 and expected 4, and its deduction is taken once from the full score.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "costing/quality/quality_rules.hpp"

namespace yuanliu::costing::quality {

/// Why a rule, or one field of it, is not checked.
struct NotChecked {
    std::size_t rule = 0;
    /// The column that the file lacks, or `codes.diagnoses` and the like.
    std::string missing;
};

struct Hit {
    std::size_t rule = 0;
    Field field{};
    std::int32_t position = 0;  ///< from 1 within a list; 0 = the field as a whole
    std::string value;          ///< as written; blank if nothing is written
    std::string expected;       ///< what it was held against; blank if nothing
};

struct Verdict {
    std::vector<Hit> hits;  ///< in the order of the rules
    Rate score;
    bool has_error = false;
};

/// Keeps references to rules and code books, which must outlive it.
class Judge {
  public:
    /// `columns`: the fields that the file has.
    Judge(const RuleBook& rules, const CodeBooks& books, const FieldSet& columns);
    [[nodiscard]] const std::vector<NotChecked>& not_checked() const { return not_checked_; }
    /// Rules of which at least one field is checked.
    [[nodiscard]] std::size_t checked_rules() const;
    /// Overwrites `verdict`. The record must have a main diagnosis: an uncoded one is not judged.
    void judge(const Record& record, Verdict& verdict) const;

  private:
    struct Check {
        std::size_t rule = 0;
        std::vector<Field> fields;
    };
    void plan(std::size_t rule, const FieldSet& columns);
    [[nodiscard]] std::string missing_of(const Rule& rule, const std::vector<Field>& fields,
                                         const FieldSet& columns) const;
    void check_each(const Check& check, const Record& record, std::vector<Hit>& hits) const;
    void check_codes(const Check& check, const Record& record, std::vector<Hit>& hits) const;
    [[nodiscard]] bool refuses(const Rule& rule, Field field, const Item& item) const;

    const RuleBook* rules_;
    const CodeBooks* books_;
    std::vector<Check> checks_;
    std::vector<NotChecked> not_checked_;
};

}  // namespace yuanliu::costing::quality
