// Why this file: before a patient leaves, and in a what-if, the front page of one stay is judged
// with each of its diagnoses as the main one (docs/grouping.md §11); the page has what
// `yuanliu quality` would find in the month for it, so both say the same.
// Worked example: a record with O80 second and no Z37: as it stands nothing is said of O80; with
// O80 as the main diagnosis the rule that wants the outcome of delivery is hit.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "costing/base/month.hpp"
#include "costing/quality/quality_judge.hpp"
#include "server/quality/case_source.hpp"
#include "server/text/language.hpp"

namespace yuanliu::quality {

/// One line for each record; all are of one stay and differ in the order of their diagnoses.
/// `encounter` is the number of the record, from 1. `charge`: of the month's own lines. A field
/// that no stay of the month states, and what is known only at discharge of a stay in hospital, is
/// no column: its rules are not checked.
[[nodiscard]] CaseSource pages_of_stay(const Month& month, std::span<const DischargeRecord> records,
                                       Money charge);

/// What a rule says of a page.
struct PageHit {
    std::string rule;
    costing::quality::RuleSeverity severity{};
    std::string field;
    std::int32_t position = 0;  ///< from 1 within a list; 0 = the field as a whole
    std::string value;
    std::string expected;
    std::string message;
    std::string mend;
    bool is_common = false;  ///< said of every page alike, whatever the main diagnosis
};

struct JudgedPages {
    std::string rules;                        ///< id of the rule file
    std::vector<std::vector<PageHit>> pages;  ///< in the order of the records and of the rules
    std::size_t checked = 0;                  ///< rules of which at least one field was checked
    std::size_t all = 0;
};
/// `source` as pages_of_stay made it.
[[nodiscard]] JudgedPages judge_pages(const CaseSource& source,
                                      const costing::quality::RuleBook& rules, Language language);

}  // namespace yuanliu::quality
