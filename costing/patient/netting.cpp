// Why this file: nets and merges charge lines, [RULE COST-005], chunk by chunk of encounters.
#include "costing/patient/netting.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace yuanliu::costing {
namespace {

/// One line as netting sees it.
struct Use {
    DepartmentId executing;
    ServiceItemId service_item;
    std::int64_t quantity = 0;
    std::int64_t charge = 0;
};

/// What one chunk of encounters yields; chunks are joined in order.
struct Chunk {
    std::vector<std::uint32_t> entry_counts;
    std::vector<PoolEntry> entries;
    std::unordered_map<std::uint64_t, ItemUse> items;
    std::map<std::pair<std::uint32_t, ServiceItemId>, std::int64_t> activity_items;
    std::map<std::pair<DepartmentId, PoolKind>, std::int64_t> rows_without_pool;
    std::vector<Money> charges;
    std::vector<Finding> findings;
};

/// Lines sorted by encounter: row numbers, cut by offset. Counting sort; keeps input order inside
/// an encounter.
struct LinesByEncounter {
    std::vector<std::uint32_t> offset;
    std::vector<std::uint32_t> row;
};

LinesByEncounter sort_by_encounter(const Month& month) {
    const ChargeLines& lines = month.charge_lines;
    LinesByEncounter sorted;
    sorted.offset.assign(month.encounters.size() + 2, 0);
    for (const EncounterId encounter : lines.encounter) {
        ++sorted.offset[encounter.index() + 2];
    }
    std::partial_sum(sorted.offset.begin(), sorted.offset.end(), sorted.offset.begin());
    sorted.row.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        sorted.row[sorted.offset[lines.encounter[i].index() + 1]++] = static_cast<std::uint32_t>(i);
    }
    return sorted;
}

class ChunkNetter {
  public:
    ChunkNetter(const Month& month, const Measuring& measuring)
        : month_(month), measuring_(measuring) {}

    /// Adds one encounter's (or one unknown code's) lines; `uses` is scratch and gets sorted.
    void add(std::string_view encounter, std::vector<Use>& uses) {
        std::sort(uses.begin(), uses.end(), [](const Use& left, const Use& right) {
            return std::tie(left.executing, left.service_item) <
                   std::tie(right.executing, right.service_item);
        });
        for (std::size_t i = 0; i < uses.size();) {
            Use net = uses[i];
            std::size_t next = i + 1;
            for (; next < uses.size() && uses[next].executing == net.executing &&
                   uses[next].service_item == net.service_item;
                 ++next) {
                net.quantity = narrowed(Int128{net.quantity} + uses[next].quantity);
                net.charge = narrowed(Int128{net.charge} + uses[next].charge);
            }
            add_netted(encounter, net);
            i = next;
        }
    }

    /// Adds what a known encounter used by its days and visits.
    void add_stays(EncounterId encounter) {
        measuring_.add_stays(encounter, stays_);
        for (const ActivityUse& use : stays_) {
            open_.push_back({.activity = use.activity, .weight = use.weight, .before = 0});
        }
        stays_.clear();
    }

    /// Ends an encounter: its weights, merged by activity, become entries.
    void close_encounter(Money charge) {
        std::sort(open_.begin(), open_.end(), [](const PoolEntry& left, const PoolEntry& right) {
            return left.activity < right.activity;
        });
        std::uint32_t count = 0;
        for (const PoolEntry& entry : open_) {
            if (count > 0 && chunk_.entries.back().activity == entry.activity) {
                chunk_.entries.back().weight =
                    capped_weight(Int128{chunk_.entries.back().weight} + entry.weight);
            } else {
                chunk_.entries.push_back(entry);
                ++count;
            }
        }
        open_.clear();
        chunk_.entry_counts.push_back(count);
        chunk_.charges.push_back(charge);
    }

    Chunk take() { return std::move(chunk_); }

  private:
    void add_netted(std::string_view encounter, const Use& net) {
        const ServiceItem& item = month_.service_items[net.service_item.index()];
        const PoolKind kind = pool_of(item.kind);
        const Measuring::Span& span = measuring_.of(net.executing, kind);
        if (!span.is_plain) {
            add_measured(encounter, net, item, span);
            return;
        }
        const std::int64_t measure = kind == PoolKind::service ? net.quantity : net.charge;
        if (measure < 0) {
            report_negative(encounter, net, item, kind);
        }
        const std::int64_t positive = std::max<std::int64_t>(measure, 0);
        const std::int64_t weight = kind == PoolKind::service
                                        ? capped_weight(Int128{positive} * item.equivalent.raw())
                                        : positive;
        add_item(net, weight);
        if (weight == 0) {
            return;
        }
        if (span.count == 0) {
            ++chunk_.rows_without_pool[{net.executing, kind}];
        } else {
            open_.push_back({.activity = span.first, .weight = weight, .before = 0});
        }
    }

    void add_item(const Use& net, std::int64_t weight) {
        const std::uint64_t key =
            (std::uint64_t{net.executing.value()} << 32U) | net.service_item.value();
        ItemUse& use = chunk_.items[key];
        use.department = net.executing;
        use.service_item = net.service_item;
        use.quantity = narrowed(Int128{use.quantity} + net.quantity);
        use.weight = capped_weight(Int128{use.weight} + weight);
        use.charge = narrowed(Int128{use.charge} + net.charge);
    }

    /// A row of a service pool that is divided otherwise than by equivalents.
    void add_measured(std::string_view encounter, const Use& net, const ServiceItem& item,
                      const Measuring::Span& span) {
        add_item(net, 0);
        bool negative_charge = false;
        for (std::uint32_t at = span.first; at < span.first + span.count; ++at) {
            negative_charge =
                negative_charge ||
                (net.charge < 0 && measuring_.activity(at).measure == Measure::charge &&
                 measuring_.measures(at, net.service_item));
            const std::int64_t weight =
                measuring_.use_of_row(at, net.service_item, net.quantity, net.charge);
            if (weight > 0) {
                std::int64_t& sum = chunk_.activity_items[{at, net.service_item}];
                sum = capped_weight(Int128{sum} + weight);
                open_.push_back({.activity = at, .weight = weight, .before = 0});
            }
        }
        if (net.quantity < 0) {
            report_negative(encounter, net, item, PoolKind::service);
        } else if (negative_charge) {
            report_negative(encounter, net, item, PoolKind::drug);
        }
    }

    /// Of services by quantity, of any other kind by charge.
    void report_negative(std::string_view encounter, const Use& net, const ServiceItem& item,
                         PoolKind kind) {
        chunk_.findings.push_back(
            {.code = FindingCode::net_quantity_negative,
             .severity = Severity::warn,
             .where = {.file = "charge_lines.csv",
                       .row = 0,
                       .column = kind == PoolKind::service ? "quantity" : "charge"},
             .arguments = {std::string(encounter), month_.departments[net.executing.index()].code,
                           item.code,
                           kind == PoolKind::service ? Quantity::from_raw(net.quantity).trimmed()
                                                     : Money::from_raw(net.charge).text()}});
    }

    const Month& month_;
    const Measuring& measuring_;
    Chunk chunk_;
    std::vector<PoolEntry> open_;
    std::vector<ActivityUse> stays_;
};

Chunk net_chunk(const Month& month, const Measuring& measuring, const LinesByEncounter& sorted,
                std::size_t begin, std::size_t end) {
    const ChargeLines& lines = month.charge_lines;
    ChunkNetter netter(month, measuring);
    std::vector<Use> uses;
    for (std::size_t e = begin; e < end; ++e) {
        uses.clear();
        Int128 charge = 0;
        for (std::size_t at = sorted.offset[e]; at < sorted.offset[e + 1]; ++at) {
            const std::size_t row = sorted.row[at];
            uses.push_back({.executing = lines.executing[row],
                            .service_item = lines.service_item[row],
                            .quantity = lines.quantity[row].raw(),
                            .charge = lines.charge[row].raw()});
            charge += lines.charge[row].raw();
        }
        netter.add(month.encounters[e].code, uses);
        netter.add_stays(EncounterId(e));
        netter.close_encounter(Money::from_raw(narrowed(charge)));
    }
    return netter.take();
}

/// All lines of unknown encounters are one entry at the end: they used resources that no patient
/// should pay for.
Chunk net_parked(const Month& month, const Measuring& measuring) {
    ChunkNetter netter(month, measuring);
    std::vector<Use> uses;
    const auto& parked = month.parked_lines;
    for (std::size_t i = 0; i < parked.size();) {
        uses.clear();
        std::size_t next = i;
        for (; next < parked.size() && parked[next].encounter == parked[i].encounter; ++next) {
            uses.push_back({.executing = parked[next].executing,
                            .service_item = parked[next].service_item,
                            .quantity = parked[next].quantity.raw(),
                            .charge = parked[next].charge.raw()});
        }
        netter.add(parked[i].encounter, uses);
        i = next;
    }
    netter.close_encounter(Money());
    return netter.take();
}

void join_items(const std::vector<Chunk>& chunks, NettedLines& netted) {
    std::map<std::uint64_t, ItemUse> joined;
    for (const Chunk& chunk : chunks) {
        for (const auto& [key, use] : chunk.items) {
            ItemUse& sum = joined[key];
            sum.department = use.department;
            sum.service_item = use.service_item;
            sum.quantity = narrowed(Int128{sum.quantity} + use.quantity);
            sum.weight = capped_weight(Int128{sum.weight} + use.weight);
            sum.charge = narrowed(Int128{sum.charge} + use.charge);
        }
    }
    for (const auto& [key, use] : joined) {
        netted.items.push_back(use);
    }
    for (const Chunk& chunk : chunks) {
        for (const auto& [key, weight] : chunk.activity_items) {
            std::int64_t& sum = netted.activity_items[key];
            sum = capped_weight(Int128{sum} + weight);
        }
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
