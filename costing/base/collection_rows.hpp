// Why this file: the rows of a month that moves are divided by, and the rows that say what was
// moved (docs/collection.md §4, §5).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/collection_words.hpp"
#include "costing/base/money.hpp"
#include "costing/base/strong_id.hpp"

namespace yuanliu {

struct PayrollRow {
    std::string staff;
    DepartmentId department;
    std::string pay_kind;
    FundSource fund{};
    Money amount;
};

/// Time of a person or of a department, at one place.
struct TimeRow {
    TimeUnit unit{};
    std::string code;
    DepartmentId department;  ///< not valid: dispatched without a place
    TimeActivity activity{};
    Quantity minutes;
};

struct Asset {
    std::string code;
    std::string name{};
    DepartmentId department;
    AssetKind kind{};
    Money depreciation;
    std::array<Money, kFundSources> paid{};  ///< of the purchase, by fund source
};

/// Where a share of a piece went.
struct MoveRow {
    std::uint32_t rule = 0;        ///< 1 = the first move
    std::uint32_t ledger_row = 0;  ///< index into Month::ledger
    CostEntry entry{};             ///< of the piece that was taken
    DepartmentId department;
    CostItemId cost_item;
    FundSource fund{};
    DepartmentId to_department;  ///< not valid = out of cost
    CostItemId to_cost_item;
    FundSource to_fund{};
    std::string reason;  ///< of what is out of cost
    MoveBy by{};
    DriverId driver;  ///< of by driver and metered
    Quantity base;
    Quantity base_total;
    Money pool;
    Money amount;
};

/// What a department holds of a ledger line when all moves are made.
struct CostPiece {
    std::uint32_t ledger_row = 0;
    CostEntry entry{};
    DepartmentId department;
    CostItemId cost_item;
    FundSource fund{};
    Money amount;
};

struct CollectedRow {
    DepartmentId department;
    CostItemId cost_item;
    FundSource fund{};
    Money booked;
    Money moved_out;  ///< as a subtraction
    Money moved_in;
    Money direct;
    Money calculated;
};

/// Full cost of a department by attribute.
struct AttributeRow {
    DepartmentId department;
    CostItemId cost_item;
    FundSource fund{};
    Money full;
    Money fixed;
    Money variable;
    Money controllable;
    Money capital;
};

/// Cost in the four scopes, each with those before it.
struct ScopeRow {
    DepartmentId department;  ///< not valid = the hospital
    CostKind kind{};
    std::optional<CostCategory> category;  ///< none = accounts of the hospital
    std::array<Money, 4> scopes{};         ///< by scope rank
};

/// What the moves of a month did; empty without rules of collection.
struct CollectionResult {
    bool has_rules = false;
    std::vector<std::string> rule_names{};
    std::vector<MoveRow> moves{};
    std::vector<CostPiece> pieces{};        ///< in ledger order
    std::vector<CollectedRow> collected{};  ///< in order of department, cost item, fund source
    std::vector<AttributeRow> attributes{};
    std::vector<ScopeRow> scopes{};
};

}  // namespace yuanliu
