// Pools of a department by what their cost follows, and the service items shown from them.
#include <algorithm>
#include <map>
#include <set>

#include "activities.hpp"
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

// What pools.csv says of a pool beside its cost.
struct PoolUse {
    Int128 weight = 0;
    Int128 entries = 0;
    Fen unallocated = 0;  // and idle
};

PoolUse use_of_divided(const Books& books, std::uint32_t department,
                       const std::vector<Activity>& activities, Costs& not_borne) {
    PoolUse use;
    std::set<std::uint32_t> encounters;
    for (const Activity& activity : activities) {
        if (activity.department != department) {
            continue;
        }
        use.weight = activity.code == "~all" ? activity.use : Int128{0};
        add_to(use.unallocated, activity.unallocated() + activity.idle_cost);
        for (const auto& [encounter, weight] : activity.by_encounter) {
            if (encounter != books.encounters.size()) {
                encounters.insert(encounter);
            }
        }
        for (std::size_t i = 0; i < kComponents; ++i) {
            add_to(not_borne[i], activity.weight == 0 ? activity.costs[i] : activity.idle[i]);
        }
    }
    use.entries = static_cast<std::int64_t>(encounters.size());
    return use;
}

void write_pool(const Books& books, std::uint32_t number, const Pool& pool, const Charges& charges,
                const std::vector<Activity>& activities, Derived& derived) {
    const auto department_id = static_cast<std::uint32_t>(number / kPools.size());
    const std::string& department = books.departments.code(department_id);
    const std::string_view kind = kPools[number % kPools.size()];
    PoolUse use;
    Costs not_borne{};
    if (number % kPools.size() == 0 && charges.divided[department_id]) {
        use = use_of_divided(books, department_id, activities, not_borne);
    } else {
        use.weight = charges.pool_weight[number];
        use.entries = entries_of(charges, number, books.encounters.size());
        use.unallocated = use.weight == 0 ? pool.total : 0;
        not_borne = use.weight == 0 ? pool.costs : Costs{};
    }
    RowSet& pools = derived.tables["pools.csv"];
    pools.text(department).text(kind).amount(pool.total).count(use.weight);
    pools.count(use.entries).amount(use.unallocated).end_row();
    RowSet& rows = derived.tables["pool_components.csv"];
    for (std::size_t i = 0; i < kComponents; ++i) {
        const Fen cost = pool.costs[i];
        add_to(derived.figures.unallocated[i], not_borne[i]);
        if (cost == 0) {
            continue;
        }
        const Component& component = components()[i];
        rows.text(department).text(kind).text(kCategories[component.category]);
        rows.text(kFunds[component.fund]).text(kOrigins[component.origin]).amount(cost).end_row();
        add_to(derived.figures.pools[i], cost);
    }
    if (number % kPools.size() == 0) {
        add_to(derived.figures.items.service_pools, pool.total);
    }
}

// One line of service_item_cost.csv and the sums that it belongs to.
struct ItemLine {
    std::string department;
    std::size_t kind = 0;
    std::string name;
    Int128 quantity = 0;
    Int128 weight = 0;
    Fen charge = 0;
    Fen cost = 0;
};

void write_line(const ItemLine& line, Fen& sum, Derived& derived) {
    RowSet& rows = derived.tables["service_item_cost.csv"];
    rows.text(line.department).text(kPools[line.kind]).text(line.name).number(line.quantity);
    rows.count(line.weight).amount(line.charge).amount(line.cost);
    add_to(sum, line.cost);
    if (line.quantity <= 0) {
        rows.blank().end_row();
        return;
    }
    // Fen to micro-yuan is 10^4, and the quantity is at scale 4.
    const Int128 unit = round_divide(multiply(line.cost, 100'000'000), line.quantity);
    rows.decimal(unit, 6, Zeros::kKeep).end_row();
}

// Costs and weights of a divided pool's items, in item order.
void share_divided(std::uint32_t department, const std::vector<Activity>& activities,
                   const std::map<std::uint32_t, ItemUse>& uses, std::vector<Fen>& costs,
                   std::vector<Int128>& weights) {
    for (const Activity& activity : activities) {
        if (activity.department != department || activity.of_stays()) {
            continue;
        }
        std::vector<Int128> own;
        for (const auto& [item, use] : uses) {
            const auto found = activity.by_item.find(item);
            own.push_back(found == activity.by_item.end() ? Int128{0} : found->second);
        }
        const std::vector<Fen> shares = apportion(activity.used_cost(), own);
        for (std::size_t i = 0; i < own.size(); ++i) {
            add_to(costs[i], shares[i]);
            weights[i] = activity.code == "~all" ? own[i] : weights[i];
        }
    }
}

void write_stays(const Books& books, const std::vector<Activity>& activities, Derived& derived) {
    std::map<std::pair<std::uint32_t, std::string>, ItemLine> lines;
    for (const Activity& activity : activities) {
        if (activity.of_stays()) {
            ItemLine& line = lines[{activity.department, activity.measure}];
            line.department = books.departments.code(activity.department);
            line.name = "~" + activity.measure;
            line.quantity = activity.use / 10'000;
            line.weight = activity.code == "~all" ? activity.use : Int128{0};
            add_to(line.cost, activity.used_cost());
        }
    }
    for (const auto& [key, line] : lines) {
        write_line(line, derived.figures.items.stays, derived);
    }
}

}  // namespace

std::vector<Pool> derive_pools(const Books& books, const Balances& balances, const Charges& charges,
                               const std::vector<Activity>& activities, Derived& derived) {
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
            write_pool(books, number, pools[number], charges, activities, derived);
        }
    }
    return pools;
}

void derive_service_items(const Books& books, const std::vector<Pool>& pools,
                          const Charges& charges, const std::vector<Activity>& activities,
                          Derived& derived) {
    // By pool, then by item in code order.
    std::vector<std::map<std::uint32_t, ItemUse>> uses(pools.size());
    for (const auto& [key, use] : charges.item_use) {
        const std::size_t department = key >> 32U;
        const auto item = static_cast<std::uint32_t>(key & 0xFFFFFFFFU);
        uses[department * kPools.size() + books.service_item[item].pool].emplace(item, use);
    }
    ItemFigures& figures = derived.figures.items;
    for (std::size_t number = 0; number < pools.size(); ++number) {
        if (!pools[number].exists) {
            continue;
        }
        const auto department = static_cast<std::uint32_t>(number / kPools.size());
        const std::size_t kind = number % kPools.size();
        std::vector<Int128> weights;
        for (const auto& [item, use] : uses[number]) {
            weights.push_back(use.weight);
        }
        std::vector<Fen> costs(weights.size(), 0);
        if (kind == 0 && charges.divided[department]) {
            share_divided(department, activities, uses[number], costs, weights);
        } else {
            costs = apportion(pools[number].total, weights);
        }
        std::size_t at = 0;
        for (const auto& [item, use] : uses[number]) {
            const ItemLine line{books.departments.code(department),
                                kind,
                                books.service_items.code(item),
                                use.quantity,
                                weights[at],
                                use.charge,
                                costs[at]};
            ++at;
            write_line(line,
                       kind == 0   ? figures.items
                       : kind == 1 ? figures.drugs
                                   : figures.materials,
                       derived);
            if (kind == 0) {
                HospitalItem& sum = derived.hospital_items[item];
                ++sum.departments;
                sum.quantity += use.quantity;
                add_to(sum.charge, use.charge);
                add_to(sum.cost, line.cost);
            }
        }
    }
    write_stays(books, activities, derived);
}

}  // namespace yuanliu_verify
