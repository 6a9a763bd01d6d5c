// Why this file: grouping.toml (docs/rules.md): which catalogue folders of the rules group whose
// cases. The files of a catalogue are rules too: they are hashed and kept with them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "costing/base/rules.hpp"
#include "server/intake/rule_table.hpp"
#include "server/intake/rules_reader.hpp"

namespace yuanliu::intake {

void read_grouping(RuleTable& root, Rules& rules);

/// Every file that the catalogue folders name, into `texts`, and a line of each, `FOLDER/FILE` with
/// its SHA-256, into `lines`. A file outside its folder,
/// unreadable, or no text (UTF-8 without NUL) is a finding.
void read_catalogue_files(const std::filesystem::path& rules_dir, const GroupingRules& grouping,
                          FindingBook& book, std::vector<RulesText>& texts,
                          std::vector<std::string>& lines);

}  // namespace yuanliu::intake
