// Why this file: the service-item view of pools, one item-costing method: equivalents (成本当量法);
// drugs and materials by charge. Example: a pool of 300.00 over items A (weight 1.0 x 100) and B
// (weight 2.0 x 100) -> A 100.00, B 200.00; A's unit cost 1.000000.
#include "costing/patient/item_cost.hpp"

#include <map>

#include "costing/base/apportion.hpp"

namespace yuanliu::costing {
namespace {

ServiceItemCost shown(const ItemUse& use, Money cost) {
    ServiceItemCost item{.service_item = use.service_item,
                         .quantity = Quantity::from_raw(use.quantity),
                         .weight = use.weight,
                         .charge = Money::from_raw(use.charge),
                         .cost = cost,
                         .unit_cost = std::nullopt};
    if (use.quantity > 0) {
        // fen x 10^4 = micro-yuan; the quantity is in 0.0001, so one more 10^4.
        item.unit_cost = UnitCost::from_raw(
            rounded_half_away(Int128{cost.raw()} * 100'000'000, Int128{use.quantity}));
    }
    return item;
}

void fill(const Month& month, const std::vector<ItemUse>& uses, PoolResult& pool) {
    std::vector<Part> parts;
    parts.reserve(uses.size());
    for (const ItemUse& use : uses) {
        parts.push_back(
            {.weight = use.weight, .key = month.service_items[use.service_item.index()].code});
    }
    const auto shares = apportion(pool.weight == 0 ? Money() : pool.cost, parts);
    YUANLIU_CHECK(shares.has_value());
    for (std::size_t i = 0; i < uses.size(); ++i) {
        pool.items.push_back(shown(uses[i], (*shares)[i]));
    }
}

}  // namespace

void cost_items(const Month& month, const std::vector<ItemUse>& uses,
                std::vector<PoolResult>& pools) {
    std::map<std::pair<DepartmentId, PoolKind>, std::vector<ItemUse>> by_pool;
    for (const ItemUse& use : uses) {
        const ServiceItem& item = month.service_items[use.service_item.index()];
        by_pool[{use.department, pool_of(item.kind)}].push_back(use);
    }
    for (PoolResult& pool : pools) {
        const auto found = by_pool.find({pool.department, pool.kind});
        if (found != by_pool.end()) {
            fill(month, found->second, pool);
        }
    }
}

}  // namespace yuanliu::costing
