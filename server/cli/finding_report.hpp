// Why this file: turns findings into words for people and JSON for programs; the only place where a
// code gets words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "costing/base/finding.hpp"
#include "server/cli/command_line.hpp"

namespace yuanliu::cli {

/// One sentence: what is wrong and the mend, with the finding's arguments filled in.
[[nodiscard]] std::string words_of(const Finding& finding, Language language);
/// The arguments of a finding with inner codes turned into words.
[[nodiscard]] std::vector<std::string> spelled_out(const Finding& finding, Language language);
/// Fills `{0}`, `{1}` … of a pattern.
[[nodiscard]] std::string filled(std::string_view pattern,
                                 const std::vector<std::string>& arguments);
/// The template of a code's words, `{0}` for the first argument.
[[nodiscard]] std::string_view template_of(FindingCode code, Language language);

/// Stops to stderr in full; parked and warned ones are shortened to a few of each code with the
/// count of the rest.
void print_findings(const std::vector<Finding>& findings, Language language);
[[nodiscard]] std::string findings_document(const std::vector<Finding>& findings);

}  // namespace yuanliu::cli
