// Why this file: `quality.toml` becomes the rules that records are judged by; everything wrong with
// it is said at once (docs/quality.md §3).
#pragma once

#include <filesystem>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/quality/quality_rules.hpp"

namespace yuanliu::quality {

struct LoadedRules {
    costing::quality::RuleBook book;
    std::vector<Finding> findings;
};

/// Never throws for what is wrong with the file: that is in `findings`, and then `book` is not
/// fit for use.
[[nodiscard]] LoadedRules read_rules(const std::filesystem::path& path);

}  // namespace yuanliu::quality
