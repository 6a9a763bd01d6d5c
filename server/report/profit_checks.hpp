// Why this file: the other tables of a result that reports on profit read: attributes of cost, and
// the profit tables that Σ cases must equal.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "costing/profit/analysis.hpp"
#include "server/report/profit_view.hpp"

namespace yuanliu::report {

using Codes = std::unordered_map<std::string_view, std::size_t>;

struct MonthCodes {
    const Month& month;
    const Codes& departments;
    const Codes& items;
};

struct AttributeShares {
    /// Variable ÷ full cost of all departments, fund source basic, by cost category.
    std::array<costing::profit::CostShare, kCategories> variable{};
    /// Controllable ÷ direct cost of the departments with pools, fund source basic.
    std::array<costing::profit::CostShare, kCategories> controllable{};
    /// Σ ⌊direct · fixed ÷ full⌉ over cost items, fund source basic; none where full is zero.
    std::vector<std::optional<Money>> direct_fixed;
};

[[nodiscard]] tl::expected<AttributeShares, Refusal> read_attribute_shares(
    const ResultFolder& result, const MonthCodes& codes);

/// Σ cases = group_profit.csv, department_profit.csv, physician_profit.csv and the certificate;
/// what differs becomes a gap of the view.
[[nodiscard]] std::optional<Refusal> check_against_tables(const ResultFolder& result,
                                                          ProfitView& view);

}  // namespace yuanliu::report
