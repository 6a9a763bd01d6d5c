// Why this file: the way by which cost came: whose it first was and through which classes of
// departments it passed, derived from the transfers of a result without moving any of them
// (docs/allocation.md §8).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "costing/base/rules.hpp"
#include "server/report/cost_view.hpp"

namespace yuanliu::report {

/// Where cost came from and by way of what; the order is the order of columns.
struct Path {
    Origin origin = Origin::direct;
    std::uint8_t carriers = 0;  ///< bit c: passed on by a department of DepartmentClass c
    friend constexpr auto operator<=>(const Path&, const Path&) = default;
};

/// 直接, 分摊管理, 医辅带来的管理, 医技带来的(医辅带来的管理) …
[[nodiscard]] std::string path_words(const Path& path, Language language);

/// Amounts by path; no zeros.
using PathAmounts = std::map<Path, Money>;

/// What each department holds in the end, by path: department, cost item, fund source.
struct CostLayers {
    std::map<std::string, std::map<std::pair<std::string, FundSource>, PathAmounts>> held{};
    std::vector<Gap> gaps{};  ///< where an origin's layers aren't the full cost of that origin
};

/// Follows the transfers stage by stage; the plan says in which order a stage moved them.
[[nodiscard]] CostLayers follow_layers(const Month& month, const AllocationPlan& plan,
                                       const ResultBook& book);

}  // namespace yuanliu::report
