// Rows of a DIP catalogue: their cells, what a cell takes of a case, and which row is better
// (docs/grouping.md §5.1, §5.3, §5.4).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalogue.hpp"

namespace yuanliu_verify {

using Codes = std::vector<std::string>;

struct CellText {
    std::string low;
    std::string high;  // of a range of categories; else blank
    bool matches(const std::string& code) const {
        if (!high.empty()) {
            const std::string category = code.substr(0, 3);
            return low <= category && category <= high;
        }
        return is_extension_code(low) ? code == low : code.starts_with(low);
    }
    std::int64_t length() const { return high.empty() ? static_cast<std::int64_t>(low.size()) : 3; }
};

using Alternative = std::vector<CellText>;

struct GroupRow {
    std::int64_t number = 0;
    std::string group, level, row_class;
    std::vector<Alternative> diagnosis, other, procedure, related;
    bool anywhere = false;
    std::string position;
    Bounds bounds;
    std::optional<std::int64_t> mean_charge, score;
};

struct StageOfRows {
    Codes levels;
    bool recorded = false;
    bool any_main = false;
    bool uses_related = false;
    Codes priority;
    std::map<std::string, std::vector<std::size_t>> by_code;  // by the first code of an alternative
    std::vector<std::size_t> others;                          // rows that no first code leads to
};

// The places that an alternative took, one a code.
struct Found {
    const Alternative* alternative = nullptr;
    std::vector<std::size_t> places;
};

struct Match {
    const GroupRow* row = nullptr;
    Found diagnosis, other, procedure, related;
};

enum class Where { kAny, kMainFirst, kBehindMain };

// Alternatives of a cell; one that is malformed refuses.
std::vector<Alternative> parse_alternatives(const CatalogueFolder& folder, const std::string& cell,
                                            bool is_diagnosis);

// The alternative with the most codes that holds, then the first; none if none holds. Places in
// `taken` are not looked at.
Found best_alternative(const std::vector<Alternative>& cell, const Codes& codes, Where where,
                       const std::vector<std::size_t>& taken);

// Leaves the best matches by each key of the stage's priority.
void keep_best(std::vector<Match>& matches, const StageOfRows& stage, const CodedCase& item);

}  // namespace yuanliu_verify
