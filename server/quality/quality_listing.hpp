// Why this file: the work list of a coder: one line a hit, with place, words and mend
// (docs/quality.md §6).
#pragma once

#include <string>
#include <string_view>

#include "costing/quality/quality_judge.hpp"
#include "server/text/language.hpp"

namespace yuanliu::quality {

[[nodiscard]] std::string_view listing_header();

struct ListedCase {
    std::string_view file;
    std::int64_t row = 0;
    const costing::quality::Record& record;
};

/// A line for each hit; the words of the rule filled: {0} the value, {1} what it was held against,
/// {2} the field, {3} the place in its list.
void list_hits(const costing::quality::RuleBook& rules, const ListedCase& listed,
               const costing::quality::Verdict& verdict, Language language, std::string& out);

/// A record without a main diagnosis: rule `~uncoded`, severity `park`, its charge as value.
void list_uncoded(const ListedCase& listed, std::string_view charge, Language language,
                  std::string& out);

/// Replaces {0} to {3}.
[[nodiscard]] std::string with_values(std::string_view words,
                                      const std::vector<std::string>& values);

}  // namespace yuanliu::quality
