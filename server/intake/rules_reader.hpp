// Why this file: the rules folder (docs/rules.md) becomes one Rules value and its hash. Here form
// is judged: keys, types, words, decimals. Whether a named department or driver exists is judged
// where rules meet a month.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/rules.hpp"
#include "costing/pay/policy.hpp"

namespace yuanliu::intake {

/// A file of the rules as somebody wrote it.
struct RulesText {
    std::string file;
    std::string text;
};

struct LoadedRules {
    Rules rules;  ///< to be used only without stop findings
    /// Of policy.toml and policy_NAME.toml, by file name (docs/payment.md §6).
    std::vector<costing::pay::Policy> policies;
    std::string rules_hash;
    std::vector<RulesText> texts;  ///< what was read, and nothing else, is behind the hash
    /// Sorted by severity, file, row, column; row = line in the TOML file, column = path of the
    /// key.
    std::vector<Finding> findings;
};

[[nodiscard]] LoadedRules read_rules(const std::filesystem::path& rules_dir);

}  // namespace yuanliu::intake
