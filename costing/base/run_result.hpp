// Why this file: everything a run answers, as rows of plain values (docs/result-folder.md), so that
// performance, export, explanation and the store see the same figures.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/component.hpp"
#include "costing/base/finding.hpp"
#include "costing/base/money.hpp"
#include "costing/base/month.hpp"
#include "costing/base/strong_id.hpp"

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
    std::vector<ExcludedLine> excluded;
    std::vector<DepartmentCostRow> department_costs;
    std::vector<TransferRow> transfers;
    std::vector<Money> total_after_stage;
    std::vector<PoolResult> pools;
    EncounterCosts month_costs;
    std::array<Money, kComponents> parked_cost{};  ///< by component rank
    std::vector<StayAmounts> stays;
};

/// A discharged inpatient's group, with what decided.
struct CaseGroup {
    EncounterId encounter;
    CaseStatus status{};
    CatalogueRowId row;  ///< valid when grouped
    GroupingLevel level{};
    std::string deciding_codes;
};

struct CaseRow {
    EncounterId encounter;
    CaseStatus status{};
    CatalogueRowId row;
    GroupingLevel level{};
    std::string deciding_codes;
    std::int64_t days = 0;
    std::optional<Deviation> deviation;  ///< basis dip only
    Points points;
    PaymentBasis basis{};
    Money charge;
    Money payment;
    Money cost;
    [[nodiscard]] Money policy_margin() const { return payment - charge; }
    [[nodiscard]] Money real_margin() const { return payment - cost; }
};

/// What profit tables add up: cases, weight, charges, payment, cost. Kept apart, never netted.
struct ProfitSums {
    std::int64_t cases = 0;
    RelativeWeight rw;
    Points points;
    Money charge;
    Money payment;
    Money cost;
};

struct ProfitRow {
    std::string group;        ///< group_profit: group code, ~ungrouped or ~uncoded
    std::string attending;    ///< physician_profit
    DepartmentId department;  ///< department_profit, physician_profit
    PaymentBasis basis{};
    ProfitSums sums;
};

struct ProfitResult {
    std::vector<CaseRow> cases;  ///< in encounter order
    std::vector<ProfitRow> groups;
    std::vector<ProfitRow> departments;
    std::vector<ProfitRow> physicians;
};

struct IndicatorRow {
    DepartmentId department;
    std::string indicator;
    std::optional<Fixed<struct IndicatorTag, 7>> numerator;
    std::optional<Fixed<struct IndicatorTag, 7>> denominator;
    std::optional<Rate> value;
    std::optional<Rate> score;
};

struct GateRow {
    DepartmentId department;
    std::string gate;
    std::string indicator;
    std::optional<Rate> value;
    Rate threshold;
    GateOutcome outcome{};
    Rate factor;
};

struct BonusUnitRow {
    DepartmentId department;
    Rate index;
    std::int64_t size = 0;  ///< scale 8
    std::int64_t weight = 0;
    Money share;
    Money withheld;
    Money paid;
};

struct BonusPersonRow {
    StaffId staff;
    std::int64_t weight = 0;  ///< scale 8
    Money paid;
};

struct BonusResult {
    Money carried;
    Money released;
    Money paid;
    Money withheld;
    std::vector<IndicatorRow> indicators;
    std::vector<GateRow> gates;
    std::vector<BonusUnitRow> units;
    std::vector<BonusPersonRow> persons;
    std::vector<CarriedPool> closing_pools;
};

struct RunResult {
    CostingResult costing;
    ProfitResult profit;
    BonusResult bonus;
    std::vector<Finding> findings;
};

}  // namespace yuanliu
