// Why this file: analysis.toml (docs/profit.md §2) becomes the settings of the analysis of profit.
// It stands beside the other rules, but no result depends on it, so it isn't part of their hash.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/profit/analysis_rules.hpp"

namespace yuanliu::intake {

inline constexpr const char* kAnalysisFile = "analysis.toml";

struct LoadedAnalysis {
    costing::profit::AnalysisRules rules;  ///< to be used only without stop findings
    std::vector<Finding> findings;         ///< row = line in the file, column = path of the key
};

/// All findings at once: keys that are missing or unknown, thresholds that are no decimals, weight
/// bands with gaps or overlaps, that do not begin at 0 or do not end open.
[[nodiscard]] LoadedAnalysis read_analysis(const std::filesystem::path& file);

}  // namespace yuanliu::intake
