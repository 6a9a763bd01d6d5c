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

/// The pools of a month and how to find one.
class Pools {
  public:
    /// One pool for each department and kind with a non-zero component, ordered by department, then
    /// kind.
    Pools(const Month& month, const Balances& for_items);
    /// The pools of an earlier result again.
    Pools(std::size_t departments, std::vector<PoolResult> pools);

    /// Index of a pool, or kNone.
    [[nodiscard]] std::uint32_t find(DepartmentId department, PoolKind kind) const {
        return index_[department.index() * kPoolKinds + static_cast<std::size_t>(kind)];
    }
    [[nodiscard]] std::vector<PoolResult>& list() { return pools_; }
    [[nodiscard]] const std::vector<PoolResult>& list() const { return pools_; }

    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

  private:
    std::vector<PoolResult> pools_;
    std::vector<std::uint32_t> index_;
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
