// Why this file: sums a department's cells into pools and components, [RULE COST-004].
#include "costing/patient/pools.hpp"

#include <array>

namespace yuanliu::costing {

Pools::Pools(const Month& month, const Balances& for_items) {
    for (std::size_t d = 0; d < month.departments.size(); ++d) {
        const auto cells = for_items.of(DepartmentId(d));
        std::array<std::array<Money, kComponents>, kPoolKinds> sums{};
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const CellKey key = Balances::key_at(i);
            const CostItem& item = month.cost_items[key.cost_item.index()];
            const Component component{
                .category = item.category, .fund = key.fund, .origin = key.origin};
            sums[static_cast<std::size_t>(item.traced_to)][rank_of(component)] += cells[i];
        }
        for (std::size_t kind = 0; kind < kPoolKinds; ++kind) {
            PoolResult pool;
            pool.department = DepartmentId(d);
            pool.kind = static_cast<PoolKind>(kind);
            for (std::size_t rank = 0; rank < kComponents; ++rank) {
                if (!sums[kind][rank].is_zero()) {
                    pool.component_ranks.push_back(static_cast<std::uint8_t>(rank));
                    pool.component_costs.push_back(sums[kind][rank]);
                    pool.cost += sums[kind][rank];
                }
            }
            if (!pool.component_ranks.empty()) {
                pools_.push_back(std::move(pool));
            }
        }
    }
}

}  // namespace yuanliu::costing
