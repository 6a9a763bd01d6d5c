// Why this file: a payment policy file becomes one Policy (docs/payment.md §1); all that is wrong
// with it is said at once, with line, key and mend.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/pay/policy.hpp"
#include "server/intake/rule_table.hpp"

namespace yuanliu::intake {

struct LoadedPolicy {
    costing::pay::Policy policy;  ///< to be used only without stop findings
    /// Sorted by severity, row, column; row = line in the TOML file, column = path of the key.
    std::vector<Finding> findings;
};

/// Findings name the file by its name without the folder.
[[nodiscard]] LoadedPolicy read_policy(const std::filesystem::path& file);

/// The keys of a policy from the root of its document; unknown ones are refused.
[[nodiscard]] costing::pay::Policy read_policy_keys(RuleTable& root);

}  // namespace yuanliu::intake
