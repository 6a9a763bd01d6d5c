// Why this file: the rules folder (docs/rules.md) becomes one Rules value and its hash. Here form
// is judged: keys, types, words, decimals. Whether a named department or driver exists is judged
// where rules meet a month.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/rules.hpp"

namespace yuanliu::intake {

struct LoadedRules {
    Rules rules;  ///< to be used only without stop findings
    std::string rules_hash;
    /// Sorted by severity, file, row, column; row = line in the TOML file, column = path of the
    /// key.
    std::vector<Finding> findings;
};

[[nodiscard]] LoadedRules read_rules(const std::filesystem::path& rules_dir);

}  // namespace yuanliu::intake
