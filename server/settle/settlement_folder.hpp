// Why this file: a settlement folder (docs/settlement.md §2-3) and the estimates of result folders
// become the rows of costing/settle; all findings at once, with file, row and column.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "costing/settle/settlement_input.hpp"

namespace yuanliu::settle {

struct LoadedSettlement {
    costing::settle::SettlementInput input;
    std::vector<Finding> findings;  ///< those of check_settlement too, unless a file is unreadable
};

/// Reads `folder`, with the cases of `results` as further estimates. Sorted findings; a stop among
/// them means that nothing may be reported.
[[nodiscard]] LoadedSettlement read_settlement(const std::filesystem::path& folder,
                                               std::span<const std::filesystem::path> results);

}  // namespace yuanliu::settle
