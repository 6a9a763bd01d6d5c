// Why this file: splits pools over patients exactly, [RULE COST-006].
#include "costing/patient/patient_cost.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "costing/base/cumulative_split.hpp"
#include "costing/patient/division.hpp"
#include "costing/patient/item_cost.hpp"
#include "costing/patient/netting.hpp"

namespace yuanliu::costing {
namespace {

constexpr std::size_t kChunk = 4096;

Finding about_activity(const Month& month, FindingCode code, Severity severity,
                       const ActivityResult& activity) {
    return {
        .code = code,
        .severity = severity,
        .where = {.file = "charge_lines.csv", .row = 0, .column = ""},
        .arguments = {month.departments[activity.department.index()].code,
                      activity.is_whole() ? std::string(word_of(activity.kind)) : activity.code}};
}

/// Gives every entry its running weight, and every activity its use; one whose weights overflow is
/// reported.
void run_weights(const Month& month, NettedLines& netted, PatientCosting& out) {
    std::vector<bool> overflowed(out.activities.size());
    for (PoolEntry& entry : netted.entries) {
        ActivityResult& activity = out.activities[entry.activity];
        entry.before = activity.use;
        if (entry.weight > kMaxWeightSum - activity.use) {
            overflowed[entry.activity] = true;
        } else {
            activity.use += entry.weight;
        }
    }
    for (std::size_t i = 0; i < out.activities.size(); ++i) {
        if (overflowed[i]) {
            out.findings.push_back(about_activity(month, FindingCode::weight_overflow,
                                                  Severity::stop, out.activities[i]));
        }
    }
}

/// Service units of a department in which none has use become its one activity `~all`, which then
/// holds the pool unallocated. True if there were any.
bool merge_idle_units(NettedLines& netted, std::vector<ActivityResult>& activities) {
    std::vector<bool> has_use(activities.empty() ? 0 : activities.back().department.index() + 1);
    for (const ActivityResult& activity : activities) {
        if (activity.category && activity.use > 0) {
            has_use[activity.department.index()] = true;
        }
    }
    std::vector<std::uint32_t> moved(activities.size());
    std::vector<ActivityResult> kept;
    for (std::size_t i = 0; i < activities.size(); ++i) {
        ActivityResult& activity = activities[i];
        const bool is_merged = activity.category && !has_use[activity.department.index()];
        if (is_merged && !kept.empty() && kept.back().department == activity.department &&
            kept.back().kind == activity.kind) {
            continue;
        }
        if (is_merged) {
            activity.code = "~all";
            activity.category.reset();
        }
        moved[i] = static_cast<std::uint32_t>(kept.size());
        kept.push_back(activity);
    }
    const bool any = kept.size() != activities.size() ||
                     !std::equal(kept.begin(), kept.end(), activities.begin(),
                                 [](const auto& a, const auto& b) { return a.code == b.code; });
    for (PoolEntry& entry : netted.entries) {
        entry.activity = moved[entry.activity];
    }
    std::map<std::pair<std::uint32_t, ServiceItemId>, std::int64_t> items;
    for (const auto& [key, weight] : netted.activity_items) {
        items[{moved[key.first], key.second}] = weight;
    }
    netted.activity_items = std::move(items);
    activities = std::move(kept);
    return any;
}

/// What each activity is split over: its use, or its practical capacity when that is more.
void set_weights(const Month& month, PatientCosting& out) {
    for (ActivityResult& activity : out.activities) {
        activity.weight = activity.use;
        if (!activity.capacity) {
            continue;
        }
        const Int128 capacity = Int128{activity.capacity->raw()} * 10'000;
        if (capacity > kMaxWeightSum) {
            out.findings.push_back(
                about_activity(month, FindingCode::weight_overflow, Severity::stop, activity));
        } else if (capacity < activity.use) {
            out.findings.push_back(
                about_activity(month, FindingCode::capacity_exceeded, Severity::warn, activity));
            out.findings.back().arguments.push_back(format_decimal_trimmed(activity.use, 8));
            out.findings.back().arguments.push_back(activity.capacity->trimmed());
        } else {
            activity.weight = static_cast<std::int64_t>(capacity);
        }
    }
}

void report_without_use(const Month& month, PatientCosting& out) {
    for (const ActivityResult& activity : out.activities) {
        if (activity.weight != 0 || activity.cost.is_zero()) {
            continue;
        }
        const bool is_plain = activity.is_whole() && (activity.kind != PoolKind::service ||
                                                      activity.measure == Measure::equivalent);
        Finding finding = about_activity(
            month, is_plain ? FindingCode::pool_without_volume : FindingCode::activity_without_use,
            Severity::warn, activity);
        if (!is_plain) {
            finding.arguments.back() = activity.code;
        }
        finding.arguments.push_back(activity.cost.text());
        out.findings.push_back(std::move(finding));
    }
}

/// What is left after the entries is the idle entry's, component by component.
void split_idle(ActivityResult& activity) {
    if (activity.weight == activity.use) {
        return;
    }
    std::int64_t prefix = 0;
    std::int64_t share_of_prefix = 0;
    for (const Money cost : activity.component_costs) {
        prefix += cost.raw();
        const std::int64_t share =
            split_between(prefix, activity.use, activity.weight, activity.weight);
        activity.idle_costs.push_back(Money::from_raw(share - share_of_prefix));
        share_of_prefix = share;
    }
    activity.idle_cost = Money::from_raw(share_of_prefix);
}

/// Sums of a pool over its activities, and how many encounters used any of them.
void sum_pools(const Measuring& measuring, const NettedLines& netted, PatientCosting& out) {
    std::vector<std::uint32_t> pool_of(out.activities.size());
    for (std::size_t i = 0; i < out.pools.size(); ++i) {
        PoolResult& pool = out.pools[i];
        const Measuring::Span& span = measuring.of(pool.department, pool.kind);
        for (std::uint32_t at = span.first; at < span.first + span.count; ++at) {
            const ActivityResult& activity = out.activities[at];
            pool_of[at] = static_cast<std::uint32_t>(i);
            pool.not_borne += activity.unallocated() + activity.idle_cost;
            pool.weight = activity.is_whole() ? activity.use : 0;
        }
    }
    for (std::size_t e = 0; e + 2 < netted.offset.size(); ++e) {
        for (std::size_t at = netted.offset[e]; at < netted.offset[e + 1]; ++at) {
            const std::uint32_t pool = pool_of[netted.entries[at].activity];
            if (at == netted.offset[e] || pool_of[netted.entries[at - 1].activity] != pool) {
                ++out.pools[pool].entries;
            }
        }
    }
}

struct CostChunk {
    std::vector<std::uint32_t> counts;
    std::vector<std::uint8_t> rank;
    std::vector<Money> cost;
    std::vector<Money> totals;
};

std::array<Money, kComponents> components_of(EntrySplitter& splitter, const NettedLines& netted,
                                             std::size_t encounter) {
    std::array<Money, kComponents> sums{};
    for (std::size_t at = netted.offset[encounter]; at < netted.offset[encounter + 1]; ++at) {
        splitter.add(netted.entries[at], sums);
    }
    return sums;
}

CostChunk cost_chunk(const PatientCosting& out, const NettedLines& netted, std::size_t begin,
                     std::size_t end) {
    CostChunk chunk;
    EntrySplitter splitter(out.activities);
    for (std::size_t e = begin; e < end; ++e) {
        const auto sums = components_of(splitter, netted, e);
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

/// Zero tolerance: every component of every activity is with a patient, with the parked lines,
/// idle or unallocated.
void check_conserved(const PatientCosting& out) {
    std::array<Money, kComponents> sums{};
    for (const ActivityResult& activity : out.activities) {
        for (std::size_t k = 0; k < activity.component_ranks.size() && activity.weight != 0; ++k) {
            sums[activity.component_ranks[k]] +=
                activity.component_costs[k] -
                (activity.idle_costs.empty() ? Money() : activity.idle_costs[k]);
        }
    }
    for (std::size_t i = 0; i < out.month_costs.cost.size(); ++i) {
        sums[out.month_costs.rank[i]] -= out.month_costs.cost[i];
    }
    for (std::size_t rank = 0; rank < kComponents; ++rank) {
        YUANLIU_CHECK(sums[rank] == out.parked_cost[rank]);
    }
}

/// Every line of items and stays together is what the pool gave.
void check_items(const PatientCosting& out) {
    for (const PoolResult& pool : out.pools) {
        Money sum = pool.not_borne;
        for (const ServiceItemCost& item : pool.items) {
            sum += item.cost;
        }
        YUANLIU_CHECK(sum == pool.cost);
    }
}

void append(std::vector<Finding>& to, std::vector<Finding> from) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
}

}  // namespace

EntrySplitter::EntrySplitter(const std::vector<ActivityResult>& activities)
    : activities_(activities), reached_(activities.size(), -1) {
    std::size_t prefixes = 0;
    for (const ActivityResult& activity : activities) {
        first_.push_back(prefixes);
        prefixes += activity.component_costs.size();
    }
    shares_.resize(prefixes);
}

void EntrySplitter::add(const PoolEntry& entry, std::array<Money, kComponents>& sums) {
    const ActivityResult& activity = activities_[entry.activity];
    const std::size_t first = first_[entry.activity];
    const bool is_next = reached_[entry.activity] == entry.before;
    const std::int64_t after = entry.before + entry.weight;
    std::int64_t prefix = 0;
    std::int64_t share_of_prefix = 0;
    for (std::size_t k = 0; k < activity.component_ranks.size(); ++k) {
        prefix += activity.component_costs[k].raw();
        std::int64_t& until = shares_[first + k];
        const std::int64_t before =
            is_next ? until : split_until(prefix, entry.before, activity.weight);
        until = split_until(prefix, after, activity.weight);
        const std::int64_t share = until - before;
        sums[activity.component_ranks[k]] += Money::from_raw(share - share_of_prefix);
        share_of_prefix = share;
    }
    reached_[entry.activity] = after;
}

PatientCosting cost_patients(const Month& month, const Balances& for_items,
                             const ParallelFor& parallel_for, const CostingSettings& settings) {
    PatientCosting out;
    Pools pools(month, for_items);
    out.activities = list_activities(month, pools, settings);
    std::optional<Measuring> measuring(std::in_place, month, out.activities);
    NettedLines netted = net_lines(month, *measuring, parallel_for);
    out.findings = std::move(netted.findings);
    run_weights(month, netted, out);
    if (!settings.methods.empty() && merge_idle_units(netted, out.activities)) {
        measuring.emplace(month, out.activities);
    }
    append(
        out.findings,
        divide_pools({.month = month, .for_items = for_items, .pools = pools, .settings = settings},
                     out.activities));
    set_weights(month, out);
    if (has_stop(out.findings)) {
        return out;
    }
    report_without_use(month, out);
    std::for_each(out.activities.begin(), out.activities.end(), split_idle);
    out.pools = std::move(pools.list());
    sum_pools(*measuring, netted, out);
    cost_encounters(netted, parallel_for, month.encounters.size(), out);
    EntrySplitter splitter(out.activities);
    out.parked_cost = components_of(splitter, netted, month.encounters.size());
    check_conserved(out);
    const ItemInput items{
        .month = month, .measuring = *measuring, .netted = netted, .activities = out.activities};
    append(out.findings, find_unmeasured(items));
    cost_items(items, out.pools);
    check_items(out);
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
