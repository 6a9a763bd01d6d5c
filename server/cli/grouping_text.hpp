// Why this file: a group that people can't retrace is one they don't trust; this turns the trace of
// a case into sentences, in the order of the work (docs/grouping.md §6).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "costing/group/catalogue_tables.hpp"
#include "costing/group/grouping_case.hpp"
#include "server/text/language.hpp"

namespace yuanliu::cli {

[[nodiscard]] std::string words_of(costing::group::GroupingStatus status, Language language);
[[nodiscard]] std::string words_of(costing::group::GroupLevel level, Language language);
/// Blank for a grouped case.
[[nodiscard]] std::string words_of(costing::group::GroupingReason reason, Language language);
[[nodiscard]] std::string words_of(costing::group::Shortfall why, Language language);

struct ExplainedCase {
    const std::string& encounter;
    const costing::group::GroupingCase& record;
    const costing::group::GroupAnswer& answer;
    const costing::group::GroupingTrace& trace;
};

struct GroupingStep {
    std::string text;          ///< a sentence; what belongs to the step above begins with blanks
    std::string_view outcome;  ///< begins, fails, holds, loses, ties, notes
    bool is_near = false;      ///< lacks one thing only
};
/// Each step of the work, in its order.
[[nodiscard]] std::vector<GroupingStep> grouping_steps(
    const costing::group::CatalogueTables& catalogue, const costing::group::GroupingTrace& trace,
    Language language);
/// The catalogue, the answer, each step, and near misses.
[[nodiscard]] std::string grouping_explanation(const costing::group::CatalogueTables& catalogue,
                                               const ExplainedCase& explained, Language language);

}  // namespace yuanliu::cli
