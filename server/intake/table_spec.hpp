// Why this file: the columns of every input table are declared once, and parsing, checking,
// canonical form and hashing all follow from the declaration (docs/month-folder.md §1, §3, §4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "costing/base/collection_words.hpp"
#include "costing/base/grouping_words.hpp"

namespace yuanliu::intake {

enum class ColumnType : std::uint8_t {
    code,
    text,
    amount,
    number,
    count,
    date,
    period,
    period_or_thirteen,
    flag,
    word
};

/// What a decimal or a count must obey besides its type.
/// Weights and scores are at most a million, so that no product of a figure's formula leaves 128
/// bits.
enum class Limit : std::uint8_t {
    none,
    not_negative,
    positive,
    positive_to_million,
    zero_to_million,
    zero_to_one,
    at_least_one
};

struct ColumnSpec {
    std::string_view name;
    ColumnType type{};
    bool may_be_blank = false;
    Limit limit = Limit::none;
    std::span<const std::string_view> words{};
};

struct TableSpec {
    std::string_view file;
    std::size_t key_columns = 0;  ///< keys are the leading columns
    std::span<const ColumnSpec> columns;
    /// The file may be absent, and the table counts in the month's hash only when it has rows.
    bool is_optional = false;
    [[nodiscard]] std::string header() const;
    /// File name without `.csv`, as `feeds` of the manifest name it.
    [[nodiscard]] std::string_view feed() const noexcept;
};

namespace tables {
extern const TableSpec departments, cost_items, accounts, account_map, ledger, drivers,
    driver_readings, service_items, encounters, discharges, diagnoses, procedures, charge_lines,
    pathway_readings, quality_readings, staff, dip_catalogue, procedure_classes;
extern const TableSpec item_drivers, activities, activity_readings, traced_costs, ward_stays,
    treatment_times;
extern const TableSpec payroll, staff_time, assets, estimates, prior_estimates, account_balances;
extern const TableSpec attending_groups, equipment_items, equipment_costs, beds, research_projects,
    project_lines;
extern const TableSpec open_stays, stay_details, diagnosis_details, procedure_details, case_terms;
extern const TableSpec prior_in_hospital, prior_in_hospital_charges, prior_carried_pools;
}  // namespace tables

/// The tables of a month, 18 and 22 optional ones, sorted by file name.
[[nodiscard]] std::span<const TableSpec* const> month_tables() noexcept;
[[nodiscard]] bool is_reserved_file(std::string_view file) noexcept;

}  // namespace yuanliu::intake
