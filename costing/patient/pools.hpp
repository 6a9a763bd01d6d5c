// Why this file: what a department holds after the item-bearing stages, cut into the three pools
// that lines draw from. [RULE COST-004] Cost of drugs and of separately charged materials follows
// the drug and material lines that the department executed; all else follows its service items.
// Components are in the fixed order, so scopes are prefixes.
#pragma once

#include <vector>

#include "costing/base/run_result.hpp"
#include "costing/collect/balances.hpp"

namespace yuanliu::costing {

inline constexpr std::size_t kPoolKinds = 3;

/// The pools of a month.
class Pools {
  public:
    /// One pool for each department and kind with a non-zero component, ordered by department, then
    /// kind.
    Pools(const Month& month, const Balances& for_items);

    [[nodiscard]] std::vector<PoolResult>& list() { return pools_; }
    [[nodiscard]] const std::vector<PoolResult>& list() const { return pools_; }

  private:
    std::vector<PoolResult> pools_;
};

[[nodiscard]] constexpr PoolKind pool_of(ServiceKind kind) {
    switch (kind) {
        case ServiceKind::drug:
            return PoolKind::drug;
        case ServiceKind::material:
            return PoolKind::material;
        case ServiceKind::service:
            break;
    }
    return PoolKind::service;
}

}  // namespace yuanliu::costing
