// Cost items, the accounts they are booked on, and how much of a category each item takes.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "server/demo/layout.hpp"

namespace yuanliu::demo {

enum class CostCategory {
    staff,
    materials,
    drugs,
    depreciation,
    amortization,
    risk_fund,
    other_operating,
};
inline constexpr std::size_t kCostCategories = 7;

struct CostItem {
    const char* code;
    const char* name;
    CostCategory category;
    const char* traced_to;   ///< drug, material, or blank
    const char* subaccount;  ///< below 5001 or 5101
    std::int64_t weight;     ///< within its category (and trace)
};

struct ExcludedAccount {
    const char* code;
    const char* name;
    const char* reason;
};

[[nodiscard]] std::span<const CostItem> cost_items();
[[nodiscard]] std::span<const ExcludedAccount> excluded_accounts();
[[nodiscard]] const char* category_name(CostCategory category);
/// The account of an item: 5001 业务活动费用, or 5101 单位管理费用 for public and administrative.
[[nodiscard]] std::string account_of(const CostItem& item, DepartmentClass department_class);

}  // namespace yuanliu::demo
