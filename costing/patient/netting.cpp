// Why this file: nets and merges charge lines, [RULE COST-005], chunk by chunk of encounters. A
// line costs one look-up of its (department, item); what the pair weighs by is found once for a
// chunk.
#include "costing/patient/netting.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "costing/patient/pair_index.hpp"

namespace yuanliu::costing {
namespace {

/// How a pair weighs in one activity, and the sum of that over a chunk.
struct Way {
    std::uint32_t activity = 0;
    bool has_pool = true;
    RowFactor factor;
    std::int64_t sum = 0;
};

/// One item in one department, as one chunk sees it.
struct Pair {
    ItemUse use;
    PoolKind kind{};
    bool is_plain = true;
    std::size_t first_way = 0;
    std::size_t end_way = 0;
    Quantity quantity;  ///< of the open encounter, as the next two
    Money charge;
    bool is_open = false;
};

/// What one chunk of encounters yields; chunks are joined in order.
struct Chunk {
    std::vector<std::uint32_t> entry_counts;
    std::vector<PoolEntry> entries;
    std::vector<ItemUse> items;
    std::vector<std::pair<std::pair<std::uint32_t, ServiceItemId>, std::int64_t>> activity_items;
    std::map<std::pair<DepartmentId, PoolKind>, std::int64_t> rows_without_pool;
    std::vector<Money> charges;
    std::vector<Finding> findings;
};

/// Lines sorted by encounter: row numbers, cut by offset. Counting sort; keeps input order inside
/// an encounter. A month's lines stand so already, and then need no row numbers.
struct LinesByEncounter {
    std::vector<std::uint32_t> offset;
    std::vector<std::uint32_t> row;
    [[nodiscard]] std::size_t row_at(std::size_t at) const { return row.empty() ? at : row[at]; }
};

LinesByEncounter sort_by_encounter(const Month& month) {
    const ChargeLines& lines = month.charge_lines;
    LinesByEncounter sorted;
    sorted.offset.assign(month.encounters.size() + 2, 0);
    bool is_sorted = true;
    EncounterId before(std::size_t{0});
    for (const EncounterId encounter : lines.encounter) {
        ++sorted.offset[encounter.index() + 2];
        is_sorted = is_sorted && before <= encounter;
        before = encounter;
    }
    std::partial_sum(sorted.offset.begin(), sorted.offset.end(), sorted.offset.begin());
    if (is_sorted) {
        sorted.offset.erase(sorted.offset.begin());
        return sorted;
    }
    sorted.row.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        sorted.row[sorted.offset[lines.encounter[i].index() + 1]++] = static_cast<std::uint32_t>(i);
    }
    return sorted;
}

class ChunkNetter {
  public:
    ChunkNetter(const Month& month, const Measuring& measuring)
        : month_(month), measuring_(measuring), weight_of_(measuring.activities()) {}

    /// Adds one line of the open encounter.
    void add(DepartmentId executing, ServiceItemId service_item, Quantity quantity, Money charge) {
        const std::size_t at = index_.of(executing.value(), service_item.value());
        if (at == pairs_.size()) {
            pairs_.push_back(new_pair(executing, service_item));
        }
        Pair& pair = pairs_[at];
        pair.quantity += quantity;
        pair.charge += charge;
        if (!pair.is_open) {
            pair.is_open = true;
            open_.push_back(at);
        }
    }

    /// The open encounter (or unknown code) has no more lines: they are netted and weighed.
    void net(std::string_view encounter) {
        std::vector<std::size_t> negative;
        for (const std::size_t at : open_) {
            if (weigh(pairs_[at])) {
                negative.push_back(at);
            }
        }
        std::sort(negative.begin(), negative.end(), [&](std::size_t left, std::size_t right) {
            return index_.key(left) < index_.key(right);
        });
        for (const std::size_t at : negative) {
            report_negative(encounter, pairs_[at]);
        }
        for (const std::size_t at : open_) {
            pairs_[at].quantity = Quantity();
            pairs_[at].charge = Money();
            pairs_[at].is_open = false;
        }
        open_.clear();
    }

    /// Adds what a known encounter used by its days and visits.
    void add_stays(EncounterId encounter) {
        measuring_.add_stays(encounter, stays_);
        for (const ActivityUse& use : stays_) {
            add_weight(use.activity, use.weight);
        }
        stays_.clear();
    }

    /// Ends an encounter: its weights by activity become entries.
    void close_encounter(Money charge) {
        std::sort(used_.begin(), used_.end());
        for (const std::uint32_t activity : used_) {
            chunk_.entries.push_back(
                {.activity = activity, .weight = weight_of_[activity], .before = 0});
            weight_of_[activity] = 0;
        }
        chunk_.entry_counts.push_back(static_cast<std::uint32_t>(used_.size()));
        chunk_.charges.push_back(charge);
        used_.clear();
    }

    Chunk take() {
        for (Pair& pair : pairs_) {
            for (std::size_t at = pair.first_way; at < pair.end_way; ++at) {
                if (pair.is_plain) {
                    pair.use.weight = ways_[at].sum;
                } else if (ways_[at].sum > 0) {
                    chunk_.activity_items.push_back(
                        {{ways_[at].activity, pair.use.service_item}, ways_[at].sum});
                }
            }
            chunk_.items.push_back(pair.use);
        }
        return std::move(chunk_);
    }

  private:
    Pair new_pair(DepartmentId executing, ServiceItemId service_item) {
        const ServiceItem& item = month_.service_items[service_item.index()];
        Pair pair;
        pair.use.department = executing;
        pair.use.service_item = service_item;
        pair.kind = pool_of(item.kind);
        const Measuring::Span& span = measuring_.of(executing, pair.kind);
        pair.is_plain = span.is_plain;
        pair.first_way = ways_.size();
        for (std::uint32_t at = span.first; at < span.first + span.count; ++at) {
            const RowFactor factor = measuring_.row_factor(at, service_item);
            if (factor.value > 0) {
                ways_.push_back({.activity = at, .has_pool = true, .factor = factor});
            }
        }
        if (span.count == 0) {
            ways_.push_back({.has_pool = false, .factor = plain_factor(item)});
        }
        pair.end_way = ways_.size();
        return pair;
    }

    void add_weight(std::uint32_t activity, std::int64_t weight) {
        if (weight_of_[activity] == 0) {
            used_.push_back(activity);
        }
        weight_of_[activity] = capped_weight(Int128{weight_of_[activity]} + weight);
    }

    /// Sums the open encounter's netted row and gives its weights to the activities. True if the
    /// row is negative where it should weigh: services by quantity, others by charge.
    bool weigh(Pair& pair) {
        pair.use.quantity = narrowed(Int128{pair.use.quantity} + pair.quantity.raw());
        pair.use.charge = narrowed(Int128{pair.use.charge} + pair.charge.raw());
        bool is_negative = pair.kind == PoolKind::service && pair.quantity < Quantity();
        for (std::size_t at = pair.first_way; at < pair.end_way; ++at) {
            Way& way = ways_[at];
            const std::int64_t units =
                way.factor.by_charge ? pair.charge.raw() : pair.quantity.raw();
            is_negative = is_negative || units < 0;
            if (units <= 0) {
                continue;
            }
            const std::int64_t weight = capped_weight(Int128{units} * way.factor.value);
            way.sum = capped_weight(Int128{way.sum} + weight);
            if (way.has_pool) {
                add_weight(way.activity, weight);
            } else {
                ++chunk_.rows_without_pool[{pair.use.department, pair.kind}];
            }
        }
        return is_negative;
    }

    void report_negative(std::string_view encounter, const Pair& pair) {
        const bool by_quantity = pair.kind == PoolKind::service && pair.quantity < Quantity();
        chunk_.findings.push_back(
            {.code = FindingCode::net_quantity_negative,
             .severity = Severity::warn,
             .where = {.file = "charge_lines.csv",
                       .row = 0,
                       .column = by_quantity ? "quantity" : "charge"},
             .arguments = {std::string(encounter),
                           month_.departments[pair.use.department.index()].code,
                           month_.service_items[pair.use.service_item.index()].code,
                           by_quantity ? pair.quantity.trimmed() : pair.charge.text()}});
    }

    const Month& month_;
    const Measuring& measuring_;
    Chunk chunk_;
    PairIndex index_;
    std::vector<Pair> pairs_;  ///< by number of index_
    std::vector<Way> ways_;
    std::vector<std::size_t> open_;        ///< pairs of the open encounter
    std::vector<std::int64_t> weight_of_;  ///< of the open encounter by activity
    std::vector<std::uint32_t> used_;      ///< activities with such a weight
    std::vector<ActivityUse> stays_;
};

Chunk net_chunk(const Month& month, const Measuring& measuring, const LinesByEncounter& sorted,
                std::size_t begin, std::size_t end) {
    const ChargeLines& lines = month.charge_lines;
    ChunkNetter netter(month, measuring);
    for (std::size_t e = begin; e < end; ++e) {
        Int128 charge = 0;
        for (std::size_t at = sorted.offset[e]; at < sorted.offset[e + 1]; ++at) {
            const std::size_t row = sorted.row_at(at);
            netter.add(lines.executing[row], lines.service_item[row], lines.quantity[row],
                       lines.charge[row]);
            charge += lines.charge[row].raw();
        }
        netter.net(month.encounters[e].code);
        netter.add_stays(EncounterId(e));
        netter.close_encounter(Money::from_raw(narrowed(charge)));
    }
    return netter.take();
}

/// All lines of unknown encounters are one entry at the end: they used resources that no patient
/// should pay for.
Chunk net_parked(const Month& month, const Measuring& measuring) {
    ChunkNetter netter(month, measuring);
    const auto& parked = month.parked_lines;
    for (std::size_t i = 0; i < parked.size();) {
        std::size_t next = i;
        for (; next < parked.size() && parked[next].encounter == parked[i].encounter; ++next) {
            netter.add(parked[next].executing, parked[next].service_item, parked[next].quantity,
                       parked[next].charge);
        }
        netter.net(parked[i].encounter);
        i = next;
    }
    netter.close_encounter(Money());
    return netter.take();
}

void join_items(const std::vector<Chunk>& chunks, NettedLines& netted) {
    PairIndex index;
    PairIndex activity_index;
    std::vector<std::int64_t> weights;
    for (const Chunk& chunk : chunks) {
        for (const ItemUse& use : chunk.items) {
            const std::size_t at = index.of(use.department.value(), use.service_item.value());
            if (at == netted.items.size()) {
                netted.items.push_back(use);
                continue;
            }
            ItemUse& sum = netted.items[at];
            sum.quantity = narrowed(Int128{sum.quantity} + use.quantity);
            sum.weight = capped_weight(Int128{sum.weight} + use.weight);
            sum.charge = narrowed(Int128{sum.charge} + use.charge);
        }
        for (const auto& [key, weight] : chunk.activity_items) {
            const std::size_t at = activity_index.of(key.first, key.second.value());
            weights.resize(activity_index.size());
            weights[at] = capped_weight(Int128{weights[at]} + weight);
        }
    }
    std::sort(netted.items.begin(), netted.items.end(), [](const ItemUse& a, const ItemUse& b) {
        return std::tie(a.department, a.service_item) < std::tie(b.department, b.service_item);
    });
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const std::uint64_t key = activity_index.key(i);
        netted.activity_items[{static_cast<std::uint32_t>(key >> 32U),
                               ServiceItemId(static_cast<std::uint32_t>(key))}] = weights[i];
    }
}

void report_without_pool(const Month& month, const std::vector<Chunk>& chunks,
                         NettedLines& netted) {
    std::map<std::pair<DepartmentId, PoolKind>, std::int64_t> rows;
    for (const Chunk& chunk : chunks) {
        for (const auto& [where, count] : chunk.rows_without_pool) {
            rows[where] += count;
        }
    }
    for (const auto& [where, count] : rows) {
        netted.findings.push_back(
            {.code = FindingCode::lines_without_pool,
             .severity = Severity::warn,
             .where = {.file = "charge_lines.csv", .row = 0, .column = "executing_department"},
             .arguments = {month.departments[where.first.index()].code,
                           std::string(word_of(where.second)), std::to_string(count)}});
    }
}

NettedLines join(const Month& month, std::vector<Chunk> chunks) {
    NettedLines netted;
    netted.offset.push_back(0);
    for (Chunk& chunk : chunks) {
        for (const std::uint32_t count : chunk.entry_counts) {
            netted.offset.push_back(netted.offset.back() + count);
        }
        netted.entries.insert(netted.entries.end(), chunk.entries.begin(), chunk.entries.end());
        netted.encounter_charge.insert(netted.encounter_charge.end(), chunk.charges.begin(),
                                       chunk.charges.end());
        std::move(chunk.findings.begin(), chunk.findings.end(),
                  std::back_inserter(netted.findings));
    }
    netted.encounter_charge.pop_back();  // the parked entry is nobody's charge
    join_items(chunks, netted);
    report_without_pool(month, chunks, netted);
    return netted;
}

}  // namespace

NettedLines net_lines(const Month& month, const Measuring& measuring,
                      const ParallelFor& parallel_for) {
    const LinesByEncounter sorted = sort_by_encounter(month);
    constexpr std::size_t kChunk = 4096;
    const std::size_t encounters = month.encounters.size();
    const std::size_t count = (encounters + kChunk - 1) / kChunk;
    std::vector<Chunk> chunks(count + 1);
    parallel_for(count + 1, [&](std::size_t i) {
        chunks[i] = i == count ? net_parked(month, measuring)
                               : net_chunk(month, measuring, sorted, i * kChunk,
                                           std::min(encounters, (i + 1) * kChunk));
    });
    return join(month, std::move(chunks));
}

}  // namespace yuanliu::costing
