// Why this file: reads back the tables of a result folder that reports restate, and trusts them
// only when their hashes are those of the certificate.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "costing/base/money.hpp"
#include "costing/base/words.hpp"

namespace yuanliu::report {

struct DepartmentCost {
    std::string department;
    CostKind kind{};
    std::string cost_item;
    FundSource fund{};
    Origin origin{};
    Money cost;
};

struct Transfer {
    std::uint32_t stage = 0;
    std::string sender;
    std::string receiver;
    std::string cost_item;
    FundSource fund{};
    Origin origin{};
    std::string driver;
    Quantity base;
    Quantity base_total;
    Money pool;
    Money cost;
    std::uint32_t pass = 1;
};

/// A share of a move of direct cost (docs/collection.md §5).
struct CostMove {
    std::uint32_t rule = 0;
    std::string voucher;
    std::string line;
    std::string department;
    std::string cost_item;
    FundSource fund{};
    std::string to_department;  ///< blank: out of cost
    std::string to_cost_item;
    FundSource to_fund{};
    std::string reason;
    std::string by;
    std::string driver;
    Quantity base;
    Quantity base_total;
    Money pool;
    Money amount;
};

/// Direct cost of a department before and after the moves.
struct CollectedCost {
    std::string department;
    std::string cost_item;
    FundSource fund{};
    Money booked;
    Money moved_out;  ///< with the sign of a subtraction
    Money moved_in;
    Money direct;
    Money calculated;  ///< of direct
};

/// Full cost of a department by attribute (docs/collection.md §7).
struct AttributeCost {
    std::string department;
    std::string cost_item;
    FundSource fund{};
    Money full;
    Money fixed;
    Money variable;
    Money controllable;
    Money capital;
};

/// Cost in the four scopes (docs/collection.md §8).
struct ScopeCost {
    std::string department;  ///< blank: the hospital
    CostKind kind{};
    std::optional<CostCategory> category{};  ///< none: accounts of the hospital
    std::array<Money, 4> scopes{};
};

struct ResultBook {
    std::string hospital;
    std::string period;
    std::string month_hash;
    std::string rules_hash;
    std::string result_hash;
    std::string rules_version;  ///< of allocation.toml
    std::vector<DepartmentCost> costs;
    std::vector<Transfer> transfers;
    /// Only of rules with collection; no department has direct cost without a row then.
    std::vector<CostMove> moves{};
    std::vector<CollectedCost> collected{};
    std::vector<AttributeCost> attributes{};
    std::vector<ScopeCost> scopes{};
};

/// Why nothing is printed, in both languages.
struct Refusal {
    std::string zh;
    std::string en;
};

/// Rows of any table of a result as texts, without the header.
using ResultRows = std::vector<std::vector<std::string>>;
/// Refuses a table that is missing, isn't the one that the certificate lists, or has another
/// header.
[[nodiscard]] tl::expected<ResultRows, Refusal> read_result_rows(
    const std::filesystem::path& result, const std::string& file, std::string_view header);
/// Whether the certificate lists the table; some are there only with certain rules.
[[nodiscard]] bool has_result_table(const std::filesystem::path& result, const std::string& file);

/// Refuses a folder without certificate, and tables that are not those that it lists.
[[nodiscard]] tl::expected<ResultBook, Refusal> read_result_book(
    const std::filesystem::path& result);

}  // namespace yuanliu::report
