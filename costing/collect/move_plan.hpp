// Why this file: moves are written in people's words; the engine wants dense ids and targets that
// can take cost. This is the door between the two (docs/collection.md §1), and says what is wrong.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "costing/base/collection_rules.hpp"
#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"

namespace yuanliu::costing {

/// A target of a move by shares; an id that is not valid leaves that part as it is.
struct ResolvedTarget {
    DepartmentId department;
    CostItemId cost_item;
    std::optional<FundSource> fund;
    std::string out;
    Rate share;
};

struct ResolvedMove {
    const MoveRule* rule = nullptr;
    bool holds = true;  ///< in this month
    std::vector<bool> departments;
    std::vector<bool> accounts;
    std::vector<bool> cost_items;  ///< by item and by category
    std::array<bool, kFundSources> funds{};
    std::vector<ResolvedTarget> to;
    std::vector<DriverId> chain;
    DriverId metered;
    std::vector<DepartmentId> receivers;  ///< ascending
};

struct MovePlan {
    std::vector<ResolvedMove> moves;
    std::vector<Finding> findings;
};

/// Where a finding of a move stands: its key in collection.toml.
[[nodiscard]] SourceRef place_of_move(std::size_t move, std::string_view key);

/// A text fits a code, or a beginning with * at its end.
[[nodiscard]] bool fits_pattern(std::string_view pattern, std::string_view text);

/// Resolves names; `rules` outlives the plan. Findings, all stop: unknown_department,
/// unknown_account, unknown_cost_item, unknown_driver {name}, move_target_invalid {move,
/// department}, move_shares_not_one {move, sum}, move_receivers_empty {move}, duplicate_key.
[[nodiscard]] MovePlan resolve_moves(const Month& month, const CollectionRules& rules);

}  // namespace yuanliu::costing
