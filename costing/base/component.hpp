// Why this file: a cost component is (category, fund source, origin); its rank fixes the order of
// nested prefixes. [RULE COST-001] Components are ordered by scope first, so that each of the four
// cost scopes (医疗业务成本, 医疗成本, 医疗全成本, 医院全成本) is a prefix of the list and costs
// one split (docs/method.md §4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "costing/base/words.hpp"

namespace yuanliu {

struct Component {
    CostCategory category{};
    FundSource fund{};
    Origin origin{};
    friend constexpr bool operator==(const Component&, const Component&) = default;
};

inline constexpr std::size_t kComponents = kCategories * kFundSources * kOrigins;

/// 0 medical business cost, 1 completes medical cost, 2 completes full medical cost, 3 completes
/// full hospital cost.
[[nodiscard]] constexpr int scope_rank(FundSource fund, Origin origin) noexcept {
    if (fund == FundSource::basic) {
        return origin == Origin::administrative ? 1 : 0;
    }
    return fund == FundSource::fiscal_project || fund == FundSource::other_fiscal_project ? 2 : 3;
}

namespace detail {

struct ComponentOrder {
    std::array<Component, kComponents> at_rank{};
    std::array<std::uint8_t, kComponents> rank_of{};
};

constexpr std::size_t flat_index(Component component) noexcept {
    return (static_cast<std::size_t>(component.category) * kFundSources +
            static_cast<std::size_t>(component.fund)) *
               kOrigins +
           static_cast<std::size_t>(component.origin);
}

/// Walks scope, fund source, category, origin in this order of significance and numbers what it
/// meets.
constexpr ComponentOrder make_component_order() noexcept {
    ComponentOrder order;
    std::size_t rank = 0;
    for (std::size_t i = 0; i < 4 * kComponents; ++i) {
        const Component component{
            .category = static_cast<CostCategory>(i / kOrigins % kCategories),
            .fund = static_cast<FundSource>(i / (kOrigins * kCategories) % kFundSources),
            .origin = static_cast<Origin>(i % kOrigins)};
        if (scope_rank(component.fund, component.origin) == static_cast<int>(i / kComponents)) {
            order.at_rank[rank] = component;
            order.rank_of[flat_index(component)] = static_cast<std::uint8_t>(rank);
            ++rank;
        }
    }
    return order;
}

inline constexpr ComponentOrder kComponentOrder = make_component_order();

}  // namespace detail

/// Rank of a component in the fixed order, 0 … kComponents - 1.
[[nodiscard]] constexpr std::uint8_t rank_of(Component component) noexcept {
    return detail::kComponentOrder.rank_of[detail::flat_index(component)];
}

/// The component of a rank; the rank is below kComponents.
[[nodiscard]] constexpr Component component_at(std::size_t rank) noexcept {
    return detail::kComponentOrder.at_rank[rank];
}

}  // namespace yuanliu
