// Why this file: what every department holds, by cost item, fund source and origin, while cost
// moves through the plan.
#pragma once

#include <span>
#include <vector>

#include "costing/base/month.hpp"

namespace yuanliu::costing {

/// One cell of a balance, as an index into a department's slice.
struct CellKey {
    CostItemId cost_item;
    FundSource fund{};
    Origin origin{};
};

/// Dense table department x cost item x fund source x origin, in fen.
class Balances {
  public:
    Balances(std::size_t departments, std::size_t cost_items)
        : cost_items_(cost_items), cells_(departments * cost_items * kFundSources * kOrigins) {}

    [[nodiscard]] std::size_t cells_per_department() const {
        return cost_items_ * kFundSources * kOrigins;
    }
    [[nodiscard]] std::span<Money> of(DepartmentId department) {
        return std::span(cells_).subspan(department.index() * cells_per_department(),
                                         cells_per_department());
    }
    [[nodiscard]] std::span<const Money> of(DepartmentId department) const {
        return std::span(cells_).subspan(department.index() * cells_per_department(),
                                         cells_per_department());
    }
    [[nodiscard]] Money& at(DepartmentId department, CellKey key) {
        return of(department)[index_of(key)];
    }
    [[nodiscard]] static std::size_t index_of(CellKey key) {
        return (key.cost_item.index() * kFundSources + static_cast<std::size_t>(key.fund)) *
                   kOrigins +
               static_cast<std::size_t>(key.origin);
    }
    [[nodiscard]] static CellKey key_at(std::size_t index) {
        return {.cost_item = CostItemId(index / (kFundSources * kOrigins)),
                .fund = static_cast<FundSource>(index / kOrigins % kFundSources),
                .origin = static_cast<Origin>(index % kOrigins)};
    }
    /// The same shape, holding nothing.
    [[nodiscard]] Balances zeroed() const;
    [[nodiscard]] Money total() const;
    [[nodiscard]] bool holds_cost(DepartmentId department) const;

  private:
    std::size_t cost_items_;
    std::vector<Money> cells_;
};

}  // namespace yuanliu::costing
