// Pools of a department by what their cost follows, and the service items shown from them.
#include <algorithm>
#include <map>

#include "patients.hpp"
#include "splitters.hpp"

namespace yuanliu_verify {

namespace {

Int128 entries_of(const Charges& charges, std::uint32_t pool, std::uint32_t parked) {
    const auto before = [](const PoolEntry& entry, std::uint32_t number) {
        return entry.pool < number;
    };
    auto entry = std::lower_bound(charges.entries.begin(), charges.entries.end(), pool, before);
    Int128 count = 0;
    for (; entry != charges.entries.end() && entry->pool == pool; ++entry) {
        count += entry->encounter == parked ? 0 : 1;
    }
    return count;
}

void write_pool(const Books& books, std::uint32_t number, const Pool& pool, const Charges& charges,
                Derived& derived) {
    const std::string& department =
        books.departments.code(static_cast<std::uint32_t>(number / kPools.size()));
    const std::string_view kind = kPools[number % kPools.size()];
    const Int128 weight = charges.pool_weight[number];
    RowSet& pools = derived.tables["pools.csv"];
    pools.text(department).text(kind).amount(pool.total).count(weight);
    pools.count(entries_of(charges, number, books.encounters.size()));
    pools.amount(weight == 0 ? pool.total : 0).end_row();
    RowSet& rows = derived.tables["pool_components.csv"];
    for (std::size_t i = 0; i < kComponents; ++i) {
        const Fen cost = pool.costs[i];
        if (cost == 0) {
            continue;
        }
        const Component& component = components()[i];
        rows.text(department).text(kind).text(kCategories[component.category]);
        rows.text(kFunds[component.fund]).text(kOrigins[component.origin]).amount(cost).end_row();
        add_to(derived.figures.pools[i], cost);
        if (weight == 0) {
            add_to(derived.figures.unallocated[i], cost);
        }
    }
}

}  // namespace

std::vector<Pool> derive_pools(const Books& books, const Balances& balances, const Charges& charges,
                               Derived& derived) {
    std::vector<Pool> pools(charges.pool_weight.size());
    for (std::size_t department = 0; department < balances.size(); ++department) {
        for (const auto& [cell, cost] : balances[department]) {
            if (cost == 0) {
                continue;
            }
            const auto& [item, fund, origin] = cell;
            const CostItem& cost_item = books.cost_item[item];
            Pool& pool = pools[department * kPools.size() + cost_item.pool];
            add_to(pool.costs[component_number(cost_item.category, fund, origin)], cost);
            add_to(pool.total, cost);
        }
    }
    for (std::uint32_t number = 0; number < pools.size(); ++number) {
        const auto& costs = pools[number].costs;
        pools[number].exists =
            std::any_of(costs.begin(), costs.end(), [](Fen cost) { return cost != 0; });
        if (pools[number].exists) {
            write_pool(books, number, pools[number], charges, derived);
        }
    }
    return pools;
}

void derive_service_items(const Books& books, const std::vector<Pool>& pools,
                          const Charges& charges, Derived& derived) {
    // By pool, then by item in code order.
    std::vector<std::map<std::uint32_t, ItemUse>> uses(pools.size());
    for (const auto& [key, use] : charges.item_use) {
        const std::size_t department = key >> 32U;
        const auto item = static_cast<std::uint32_t>(key & 0xFFFFFFFFU);
        uses[department * kPools.size() + books.service_item[item].pool].emplace(item, use);
    }
    RowSet& rows = derived.tables["service_item_cost.csv"];
    for (std::size_t number = 0; number < pools.size(); ++number) {
        if (!pools[number].exists) {
            continue;
        }
        std::vector<Int128> weights;
        for (const auto& [item, use] : uses[number]) {
            weights.push_back(use.weight);
        }
        const std::vector<Fen> costs = apportion(pools[number].total, weights);
        std::size_t at = 0;
        for (const auto& [item, use] : uses[number]) {
            const Fen cost = costs[at++];
            rows.text(books.departments.code(static_cast<std::uint32_t>(number / kPools.size())));
            rows.text(kPools[number % kPools.size()]).text(books.service_items.code(item));
            rows.number(use.quantity).count(use.weight).amount(use.charge).amount(cost);
            if (use.quantity <= 0) {
                rows.blank().end_row();
                continue;
            }
            // Fen to micro-yuan is 10^4, and the quantity is at scale 4.
            const Int128 unit = round_divide(multiply(cost, 100'000'000), use.quantity);
            rows.decimal(unit, 6, Zeros::kKeep).end_row();
        }
    }
}

}  // namespace yuanliu_verify
