// Why this file: what costing answers: department costs, transfers, pools and the cost of each
// encounter (docs/method.md §2-5).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "costing/base/component.hpp"
#include "costing/base/dictionary_rows.hpp"
#include "costing/base/event_rows.hpp"
#include "costing/base/money.hpp"
#include "costing/base/strong_id.hpp"
#include "costing/base/words.hpp"

namespace yuanliu {

struct ExcludedLine {
    std::uint32_t ledger_row = 0;  ///< index into Month::ledger
    bool by_account = false;       ///< otherwise by department
};

struct DepartmentCostRow {
    DepartmentId department;
    CostKind kind{};
    CostItemId cost_item;
    FundSource fund{};
    Origin origin{};
    Money cost;
};

struct TransferRow {
    std::uint32_t stage = 0;  ///< 1 = first
    DepartmentId sender;
    DepartmentId receiver;
    CostItemId cost_item;
    FundSource fund{};
    Origin origin{};
    DriverId driver;
    Quantity base;
    Quantity base_total;
    Money pool;
    Money cost;
    std::uint32_t pass = 1;  ///< of the stage; 1 = first
};

struct ServiceItemCost {
    ServiceItemId service_item;
    Quantity quantity;
    std::int64_t weight = 0;
    Money charge;
    Money cost;
    std::optional<UnitCost> unit_cost;
};

/// One pool of a department and how it was split.
struct PoolResult {
    DepartmentId department;
    PoolKind kind{};
    Money cost;
    std::int64_t weight = 0;                    ///< W; scale 8 for service, fen otherwise
    std::uint32_t entries = 0;                  ///< encounters with weight
    std::vector<std::uint8_t> component_ranks;  ///< ascending
    std::vector<Money> component_costs;         ///< by component_ranks
    std::vector<ServiceItemCost> items;         ///< in item order
    [[nodiscard]] Money unallocated() const { return weight == 0 ? cost : Money(); }
};

/// Component amounts of many encounters, as one list cut by `offset` (size encounters + 1).
struct EncounterCosts {
    std::vector<std::size_t> offset;
    std::vector<std::uint8_t> rank;
    std::vector<Money> cost;
};

/// Per encounter, in encounter order.
struct StayAmounts {
    Money opening_charge;
    Money month_charge;
    Money opening_cost;
    Money month_cost;
    [[nodiscard]] Money charge() const { return opening_charge + month_charge; }
    [[nodiscard]] Money cost() const { return opening_cost + month_cost; }
};

struct CostingResult {
    Money ledger_total;
    Money excluded_total;
    Money direct_total;
    std::vector<ExcludedLine> excluded;
    std::vector<DepartmentCostRow> department_costs;
    std::vector<TransferRow> transfers;
    std::vector<Driver> made_drivers;  ///< of the plan; their ids follow those of Month::drivers
    std::vector<Money> total_after_stage;
    std::vector<PoolResult> pools;
    EncounterCosts month_costs;
    std::array<Money, kComponents> parked_cost{};  ///< by component rank
    std::vector<StayAmounts> stays;
    std::vector<OpeningCost> closing_costs;  ///< whole-stay cost of stays still in hospital
};

}  // namespace yuanliu
