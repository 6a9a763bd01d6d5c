// Why this file: splits pools over patients exactly, [RULE COST-006].
#include "costing/patient/patient_cost.hpp"

#include <algorithm>

#include "costing/base/cumulative_split.hpp"
#include "costing/patient/item_cost.hpp"
#include "costing/patient/netting.hpp"

namespace yuanliu::costing {
namespace {

constexpr std::size_t kChunk = 4096;

/// Gives every entry its running weight, and every pool its sum; a pool whose weights overflow is
/// reported.
void run_weights(const Month& month, NettedLines& netted, PatientCosting& out) {
    std::vector<bool> overflowed(out.pools.size());
    const std::size_t parked_from = netted.offset[netted.offset.size() - 2];
    for (std::size_t i = 0; i < netted.entries.size(); ++i) {
        PoolEntry& entry = netted.entries[i];
        PoolResult& pool = out.pools[entry.pool];
        entry.before = pool.weight;
        if (entry.weight > kMaxWeightSum - pool.weight) {
            overflowed[entry.pool] = true;
            continue;
        }
        pool.weight += entry.weight;
        pool.entries += i < parked_from ? 1U : 0U;
    }
    for (std::size_t i = 0; i < out.pools.size(); ++i) {
        const PoolResult& pool = out.pools[i];
        const bool empty = pool.weight == 0;
        if (!overflowed[i] && !empty) {
            continue;
        }
        std::vector<std::string> arguments{month.departments[pool.department.index()].code,
                                           std::string(word_of(pool.kind))};
        if (!overflowed[i]) {
            arguments.push_back(pool.cost.text());
        }
        out.findings.push_back({.code = overflowed[i] ? FindingCode::weight_overflow
                                                      : FindingCode::pool_without_volume,
                                .severity = overflowed[i] ? Severity::stop : Severity::warn,
                                .where = {.file = "charge_lines.csv", .row = 0, .column = ""},
                                .arguments = std::move(arguments)});
    }
}

struct CostChunk {
    std::vector<std::uint32_t> counts;
    std::vector<std::uint8_t> rank;
    std::vector<Money> cost;
    std::vector<Money> totals;
};

std::array<Money, kComponents> components_of(const PatientCosting& out, const NettedLines& netted,
                                             std::size_t encounter) {
    std::array<Money, kComponents> sums{};
    for (std::size_t at = netted.offset[encounter]; at < netted.offset[encounter + 1]; ++at) {
        add_components(out.pools[netted.entries[at].pool], netted.entries[at], sums);
    }
    return sums;
}

CostChunk cost_chunk(const PatientCosting& out, const NettedLines& netted, std::size_t begin,
                     std::size_t end) {
    CostChunk chunk;
    for (std::size_t e = begin; e < end; ++e) {
        const auto sums = components_of(out, netted, e);
        std::uint32_t count = 0;
        Money total;
        for (std::size_t rank = 0; rank < kComponents; ++rank) {
            if (!sums[rank].is_zero()) {
                chunk.rank.push_back(static_cast<std::uint8_t>(rank));
                chunk.cost.push_back(sums[rank]);
                total += sums[rank];
                ++count;
            }
        }
        chunk.counts.push_back(count);
        chunk.totals.push_back(total);
    }
    return chunk;
}

void cost_encounters(const NettedLines& netted, const ParallelFor& parallel_for,
                     std::size_t encounters, PatientCosting& out) {
    const std::size_t count = (encounters + kChunk - 1) / kChunk;
    std::vector<CostChunk> chunks(count);
    parallel_for(count, [&](std::size_t i) {
        chunks[i] = cost_chunk(out, netted, i * kChunk, std::min(encounters, (i + 1) * kChunk));
    });
    out.stays.resize(encounters);
    out.month_costs.offset.push_back(0);
    std::size_t encounter = 0;
    for (CostChunk& chunk : chunks) {
        for (std::size_t i = 0; i < chunk.counts.size(); ++i, ++encounter) {
            out.month_costs.offset.push_back(out.month_costs.offset.back() + chunk.counts[i]);
            out.stays[encounter].month_cost = chunk.totals[i];
            out.stays[encounter].month_charge = netted.encounter_charge[encounter];
        }
        out.month_costs.rank.insert(out.month_costs.rank.end(), chunk.rank.begin(),
                                    chunk.rank.end());
        out.month_costs.cost.insert(out.month_costs.cost.end(), chunk.cost.begin(),
                                    chunk.cost.end());
    }
}

/// Zero tolerance: every component of every pool is with a patient, with the parked lines, or
/// unallocated.
void check_conserved(const PatientCosting& out) {
    std::array<Money, kComponents> sums{};
    for (const PoolResult& pool : out.pools) {
        for (std::size_t k = 0; k < pool.component_ranks.size() && pool.weight != 0; ++k) {
            sums[pool.component_ranks[k]] += pool.component_costs[k];
        }
    }
    for (std::size_t i = 0; i < out.month_costs.cost.size(); ++i) {
        sums[out.month_costs.rank[i]] -= out.month_costs.cost[i];
    }
    for (std::size_t rank = 0; rank < kComponents; ++rank) {
        YUANLIU_CHECK(sums[rank] == out.parked_cost[rank]);
    }
}

}  // namespace

void add_components(const PoolResult& pool, const PoolEntry& entry,
                    std::array<Money, kComponents>& sums) {
    std::int64_t prefix = 0;
    std::int64_t share_of_prefix = 0;
    const std::int64_t after = entry.before + entry.weight;
    for (std::size_t k = 0; k < pool.component_ranks.size(); ++k) {
        prefix += pool.component_costs[k].raw();
        const std::int64_t share = split_between(prefix, entry.before, after, pool.weight);
        sums[pool.component_ranks[k]] += Money::from_raw(share - share_of_prefix);
        share_of_prefix = share;
    }
}

PatientCosting cost_patients(const Month& month, const Balances& for_items,
                             const ParallelFor& parallel_for) {
    Pools pools(month, for_items);
    NettedLines netted = net_lines(month, pools, parallel_for);
    PatientCosting out;
    out.pools = std::move(pools.list());
    out.findings = std::move(netted.findings);
    run_weights(month, netted, out);
    if (has_stop(out.findings)) {
        return out;
    }
    cost_encounters(netted, parallel_for, month.encounters.size(), out);
    out.parked_cost = components_of(out, netted, month.encounters.size());
    check_conserved(out);
    cost_items(month, netted.items, out.pools);
    return out;
}

void add_openings(const Month& month, std::vector<StayAmounts>& stays) {
    for (const OpeningCost& opening : month.opening_costs) {
        stays[opening.encounter.index()].opening_cost += opening.cost;
    }
    for (const OpeningCharge& opening : month.opening_charges) {
        stays[opening.encounter.index()].opening_charge += opening.charge;
    }
}

std::vector<OpeningCost> closing_costs(const Month& month, const EncounterCosts& month_costs) {
    std::vector<OpeningCost> closing;
    auto opening = month.opening_costs.begin();
    for (std::size_t e = 0; e < month.encounters.size(); ++e) {
        std::array<Money, kComponents> sums{};
        for (; opening != month.opening_costs.end() && opening->encounter.index() <= e; ++opening) {
            if (opening->encounter.index() == e) {
                sums[rank_of(opening->component)] += opening->cost;
            }
        }
        if (month.encounters[e].status != StayStatus::in_hospital) {
            continue;
        }
        for (std::size_t at = month_costs.offset[e]; at < month_costs.offset[e + 1]; ++at) {
            sums[month_costs.rank[at]] += month_costs.cost[at];
        }
        for (std::size_t rank = 0; rank < kComponents; ++rank) {
            if (!sums[rank].is_zero()) {
                closing.push_back({.encounter = EncounterId(e),
                                   .component = component_at(rank),
                                   .cost = sums[rank]});
            }
        }
    }
    return closing;
}

}  // namespace yuanliu::costing
