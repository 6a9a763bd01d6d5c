// Why this file: judges all records of a source in blocks on all threads and adds up what comes of
// it; the outcome is in the order of the rows, so it does not depend on the threads
// (docs/quality.md §5).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "costing/base/parallel.hpp"
#include "costing/quality/quality_judge.hpp"
#include "server/quality/case_layout.hpp"
#include "server/quality/case_source.hpp"
#include "server/text/language.hpp"

namespace yuanliu::quality {

struct QualityTally {
    std::int64_t cases = 0;     ///< judged
    std::int64_t in_error = 0;  ///< judged, and hit by a rule of severity error
    std::int64_t hits = 0;
    std::int64_t score = 0;    ///< sum, in units of 0.0001
    std::int64_t uncoded = 0;  ///< set aside: no main diagnosis
    Money uncoded_charge;      ///< of those
    void add(const QualityTally& other);
};

struct RuleTally {
    std::int64_t cases = 0;
    std::int64_t hits = 0;
};

struct CaseScore {
    std::int64_t row = 0;
    std::string encounter;
    std::string record_number;
    std::string department;
    std::string coder;
    Rate score;
    std::int64_t hits = 0;
    bool is_in_error = false;
};

struct QualityRequest {
    const costing::quality::RuleBook& rules;
    const costing::quality::CodeBooks& books;
    const CaseLayout& layout;
    const ParallelFor& parallel_for;
    Language language = Language::en;
    bool wants_listing = false;
    bool wants_cases = false;
};

struct QualityOutcome {
    QualityTally total;
    std::map<std::string, QualityTally> departments;
    std::map<std::string, QualityTally> coders;
    std::vector<RuleTally> rules;  ///< in the order of the rules
    std::vector<costing::quality::NotChecked> not_checked;
    std::size_t checked_rules = 0;
    std::vector<CaseScore> cases;  ///< if wanted, in the order of the rows
    std::string listing;           ///< if wanted: CSV of all hits and uncoded records
    bool knows_charge = false;     ///< of uncoded records
    std::vector<Finding> findings;
};

[[nodiscard]] QualityOutcome run_quality(const CaseSource& source, const QualityRequest& request);

}  // namespace yuanliu::quality
