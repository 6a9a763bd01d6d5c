// Why this file: what a person sees of a quality check, and its tables for a spreadsheet and for
// the month folder (docs/quality.md §5, §6).
#pragma once

#include <string>

#include "server/quality/quality_run.hpp"

namespace yuanliu::cli {

/// Totals, rules that were hit, rules not checked, uncoded records.
[[nodiscard]] std::string quality_summary(const costing::quality::RuleBook& rules,
                                          const quality::QualityOutcome& outcome,
                                          Language language);
/// By `case` (the lowest twenty), `department` or `coder`.
[[nodiscard]] std::string quality_table(const quality::QualityOutcome& outcome,
                                        const std::string& by, Language language);
/// All rows of the same as CSV with English column names.
[[nodiscard]] std::string quality_scores(const quality::QualityOutcome& outcome,
                                         const std::string& by);
/// Rows of quality_readings.csv: front_page_quality and front_page_uncoded by department.
[[nodiscard]] std::string quality_readings(const quality::QualityOutcome& outcome);

}  // namespace yuanliu::cli
