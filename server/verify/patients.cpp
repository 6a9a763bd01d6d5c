// Splits the pools over encounters by nested prefixes.
#include "patients.hpp"

#include <algorithm>

#include "splitters.hpp"

namespace yuanliu_verify {

namespace {

struct Prefix {
    std::uint8_t component = 0;
    Fen sum = 0;      // of this component and those before it
    Fen running = 0;  // its running share up to the entry before
};

std::vector<Prefix> prefixes_of(const Pool& pool) {
    std::vector<Prefix> prefixes;
    Fen sum = 0;
    for (std::size_t i = 0; i < kComponents; ++i) {
        if (pool.costs[i] != 0) {
            add_to(sum, pool.costs[i]);
            prefixes.push_back({static_cast<std::uint8_t>(i), sum, 0});
        }
    }
    return prefixes;
}

std::vector<std::uint8_t> used_components(const std::vector<Pool>& pools) {
    std::vector<std::uint8_t> used;
    for (std::size_t i = 0; i < kComponents; ++i) {
        if (std::any_of(pools.begin(), pools.end(),
                        [&](const Pool& pool) { return pool.costs[i] != 0; })) {
            used.push_back(static_cast<std::uint8_t>(i));
        }
    }
    return used;
}

void write_costs(const Books& books, CostMatrix& matrix, Derived& derived) {
    RowSet& rows = derived.tables["patient_cost.csv"];
    for (std::uint32_t encounter = 0; encounter < books.encounters.size(); ++encounter) {
        for (const std::uint8_t number : matrix.used()) {
            const Fen cost = matrix.at(encounter, number);
            if (cost == 0) {
                continue;
            }
            add_to(derived.figures.patients[number], cost);
            const Component& component = components()[number];
            rows.text(books.encounters.code(encounter)).text(kCategories[component.category]);
            rows.text(kFunds[component.fund]).text(kOrigins[component.origin]);
            rows.amount(cost).end_row();
        }
    }
}

}  // namespace

CostMatrix::CostMatrix(std::size_t encounters, const std::vector<std::uint8_t>& used)
    : used_(used), cells_(encounters * used.size(), 0) {
    for (std::size_t i = 0; i < used.size(); ++i) {
        column_[used[i]] = i;
    }
}

Fen& CostMatrix::at(std::size_t encounter, std::uint8_t component) {
    return cells_[encounter * used_.size() + column_[component]];
}

Fen CostMatrix::total(std::size_t encounter) const {
    Fen sum = 0;
    for (std::size_t i = 0; i < used_.size(); ++i) {
        add_to(sum, cells_[encounter * used_.size() + i]);
    }
    return sum;
}

CostMatrix derive_patient_cost(const Books& books, const std::vector<Pool>& pools,
                               const Charges& charges, Derived& derived) {
    const std::uint32_t parked = books.encounters.size();
    CostMatrix matrix(parked, used_components(pools));
    std::vector<Prefix> prefixes;
    Int128 running = 0;
    std::uint32_t current = CodeBook::kUnknown;
    for (const PoolEntry& entry : charges.entries) {
        if (entry.pool != current) {
            current = entry.pool;
            running = 0;
            prefixes = prefixes_of(pools[current]);
        }
        running += entry.weight;
        Fen below = 0;  // the entry's share of the prefix before
        for (Prefix& prefix : prefixes) {
            const Fen share = running_share(prefix.sum, running, charges.pool_weight[current]);
            const Fen of_entry = share - prefix.running;
            prefix.running = share;
            Fen& target = entry.encounter == parked ? derived.figures.parked[prefix.component]
                                                    : matrix.at(entry.encounter, prefix.component);
            add_to(target, of_entry - below);
            below = of_entry;
        }
    }
    write_costs(books, matrix, derived);
    RowSet& rows = derived.tables["parked_cost.csv"];
    for (std::size_t i = 0; i < kComponents; ++i) {
        const Component& component = components()[i];
        const Fen cost = derived.figures.parked[i];
        if (cost != 0) {
            rows.text(kCategories[component.category]).text(kFunds[component.fund]);
            rows.text(kOrigins[component.origin]).amount(cost).end_row();
        }
    }
    return matrix;
}

}  // namespace yuanliu_verify
