// Why this file: largest remainders in fine units, and the cancelling of circles that brings flows
// to whole fen: every circle of broken flows is turned until one of its edges is whole.
#include "costing/allocate/reciprocal_flow.hpp"

#include <algorithm>
#include <numeric>

namespace yuanliu::costing {
namespace {

constexpr std::uint32_t kFen = 1U << kFineBits;

/// One target's part while a gross total is split: its place among the edges, or the sender itself.
struct FinePart {
    std::size_t edge = 0;
    DepartmentId department;
    std::int64_t share = 0;
    std::int64_t remainder = 0;
};

/// apportion of a 128-bit total over shares that sum to 2^56; floors come back through `put`.
template <class Put>
void split_total(Int128 total, std::vector<FinePart>& parts, const Put& put) {
    const Int128 size = total < 0 ? -total : total;
    const int sign = total < 0 ? -1 : 1;
    Int128 left = size;
    for (FinePart& part : parts) {
        const Int128 product = size * part.share;
        part.remainder = static_cast<std::int64_t>(product & (kWholeShare - 1));
        const Int128 floor = product / kWholeShare;
        left -= floor;
        put(part, sign * floor);
    }
    const auto before = [](const FinePart& one, const FinePart& other) {
        if (one.remainder != other.remainder) {
            return one.remainder > other.remainder;
        }
        return one.share != other.share ? one.share > other.share
                                        : one.department < other.department;
    };
    const auto takers = static_cast<std::ptrdiff_t>(left);
    YUANLIU_CHECK(left >= 0 && left <= static_cast<Int128>(parts.size()));
    if (takers > 0) {
        std::nth_element(parts.begin(), parts.begin() + takers - 1, parts.end(), before);
    }
    for (std::ptrdiff_t i = 0; i < takers; ++i) {
        put(parts[static_cast<std::size_t>(i)], sign);
    }
}

Int128 floor_of(Int128 fine) {
    return fine >= 0 ? fine / kFen : -((-fine + kFen - 1) / kFen);
}

/// Turns circles of open edges until none is open. Open: the value is not whole.
class CircleTurner {
  public:
    CircleTurner(const Meetings& meetings, std::vector<std::uint32_t> fractions, bool rises)
        : meetings_(meetings),
          fraction_(std::move(fractions)),
          rises_(rises),
          first_(meetings.nodes()),
          second_(meetings.nodes()),
          place_(meetings.nodes(), kOffPath) {
        for (std::size_t node = 0; node < meetings.nodes(); ++node) {
            first_[node] = meetings.begin_at(node);
            second_[node] = meetings.begin_at(node);
        }
    }

    /// Fractions at the end: 0 or a whole fen.
    std::vector<std::uint32_t> run() {
        std::uint32_t start = 0;
        while (true) {
            while (start < meetings_.nodes() && first_open(start) == meetings_.end_at(start)) {
                ++start;
            }
            if (start == meetings_.nodes()) {
                return std::move(fraction_);
            }
            walk_from(start);
        }
    }

  private:
    static constexpr std::uint32_t kOffPath = 0xFFFFFFFFU;
    struct Step {
        std::uint32_t node = 0;  ///< where the step begins
        std::uint32_t edge = 0;
        bool forward = true;
    };

    [[nodiscard]] bool is_open(std::size_t place) const {
        const std::uint32_t fraction = fraction_[meetings_.edge_at(place)];
        return fraction != 0 && fraction != kFen;
    }

    /// Edges only ever close, so both pointers only ever move on.
    std::size_t first_open(std::size_t node) {
        std::size_t& at = first_[node];
        while (at < meetings_.end_at(node) && !is_open(at)) {
            ++at;
        }
        return at;
    }

    std::size_t second_open(std::size_t node) {
        std::size_t& at = second_[node];
        at = std::max(at, first_open(node) + 1);
        while (at < meetings_.end_at(node) && !is_open(at)) {
            ++at;
        }
        return at;
    }

    /// The first open edge at a node, but not the one just walked.
    Step next_step(std::uint32_t node, const Step* walked) {
        std::size_t place = first_open(node);
        YUANLIU_CHECK(place < meetings_.end_at(node));
        if (walked != nullptr && meetings_.edge_at(place) == walked->edge) {
            place = second_open(node);
            YUANLIU_CHECK(place < meetings_.end_at(node));
        }
        const std::uint32_t edge = meetings_.edge_at(place);
        return {.node = node, .edge = edge, .forward = meetings_.tail(edge) == node};
    }

    /// Walks and turns circles until the path is used up. What stands before a circle is walked the
    /// same way again after it is turned, and so is the circle up to its first closed edge; so the
    /// walk goes on from there, in place of from the start.
    void walk_from(std::uint32_t start) {
        path_.clear();
        std::uint32_t node = start;
        while (true) {
            place_[node] = static_cast<std::uint32_t>(path_.size());
            const Step step = next_step(node, path_.empty() ? nullptr : &path_.back());
            path_.push_back(step);
            node = step.forward ? meetings_.head(step.edge) : meetings_.tail(step.edge);
            if (place_[node] == kOffPath) {
                continue;
            }
            const std::size_t kept = turn(place_[node]);
            node = path_[kept].node;
            for (std::size_t i = kept; i < path_.size(); ++i) {
                place_[path_[i].node] = kOffPath;
            }
            path_.resize(kept);
            if (kept == 0) {
                return;
            }
        }
    }

    /// Turns the circle that begins at `from`, and returns the place of its first closed edge.
    std::size_t turn(std::size_t from) {
        std::uint32_t along = kFen;
        std::uint32_t against = kFen;
        for (std::size_t i = from; i < path_.size(); ++i) {
            const std::uint32_t fraction = fraction_[path_[i].edge];
            along = std::min(along, path_[i].forward ? kFen - fraction : fraction);
            against = std::min(against, path_[i].forward ? fraction : kFen - fraction);
        }
        const bool goes_along = along != against ? along < against : rises_;
        const std::uint32_t amount = std::min(along, against);
        std::size_t first_closed = path_.size();
        for (std::size_t i = path_.size(); i-- > from;) {
            std::uint32_t& fraction = fraction_[path_[i].edge];
            fraction = path_[i].forward == goes_along ? fraction + amount : fraction - amount;
            if (fraction == 0 || fraction == kFen) {
                first_closed = i;
            }
        }
        return first_closed;
    }

    const Meetings& meetings_;
    std::vector<std::uint32_t> fraction_;  ///< by edge, above its floor, in fine units
    bool rises_;
    std::vector<std::size_t> first_;
    std::vector<std::size_t> second_;
    std::vector<std::uint32_t> place_;  ///< of a node on the path
    std::vector<Step> path_;
};

}  // namespace

FineColumn fine_flows(const ServiceNetwork& network, const FenColumn& held, const FineColumn& gross,
                      FineColumn& own) {
    FineColumn flows(network.target.size());
    FineColumn balance(network.nodes);
    own.assign(network.senders, 0);
    std::vector<FinePart> parts;
    for (std::size_t s = 0; s < network.senders; ++s) {
        balance[s] += Int128{held[s]} * kFen;
        parts.clear();
        for (std::size_t e = network.first_edge[s]; e < network.first_edge[s + 1]; ++e) {
            parts.push_back({.edge = e,
                             .department = network.department[network.target[e]],
                             .share = network.share[e],
                             .remainder = 0});
        }
        if (network.own_share[s] > 0) {
            parts.push_back({.edge = network.target.size(),
                             .department = network.department[s],
                             .share = network.own_share[s],
                             .remainder = 0});
        }
        if (gross[s] == 0) {
            continue;
        }
        split_total(gross[s], parts, [&](const FinePart& part, Int128 amount) {
            if (part.edge == network.target.size()) {
                own[s] += amount;
                return;
            }
            flows[part.edge] += amount;
            balance[s] -= amount;
            balance[network.target[part.edge]] += amount;
        });
    }
    std::vector<std::size_t> order(network.senders);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
        return network.distance[one] > network.distance[other];
    });
    for (const std::size_t s : order) {
        if (balance[s] != 0) {
            YUANLIU_CHECK(network.distance[s] != ServiceNetwork::kNoWay);
            flows[network.way_out[s]] += balance[s];
            balance[network.target[network.way_out[s]]] += balance[s];
            balance[s] = 0;
        }
    }
    return flows;
}

Meetings::Meetings(const ServiceNetwork& network) {
    for (std::uint32_t s = 0; s < network.senders; ++s) {
        for (std::size_t e = network.first_edge[s]; e < network.first_edge[s + 1]; ++e) {
            tail_.push_back(s);
            head_.push_back(network.target[e]);
        }
    }
    for (std::size_t r = network.senders; r < network.nodes; ++r) {
        tail_.push_back(static_cast<std::uint32_t>(r));
        head_.push_back(static_cast<std::uint32_t>(network.nodes));
    }
    first_.assign(network.nodes + 2, 0);
    for (std::size_t e = 0; e < tail_.size(); ++e) {
        ++first_[tail_[e] + 1];
        ++first_[head_[e] + 1];
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    std::vector<std::size_t> next = first_;
    edges_.resize(2 * tail_.size());
    for (std::size_t e = 0; e < tail_.size(); ++e) {
        edges_[next[tail_[e]]++] = static_cast<std::uint32_t>(e);
        edges_[next[head_[e]]++] = static_cast<std::uint32_t>(e);
    }
}

std::vector<std::int64_t> whole_flows(const ServiceNetwork& network, const Meetings& meetings,
                                      const FineColumn& fine, bool rises) {
    FineColumn values = fine;
    values.resize(meetings.edges());
    for (std::size_t e = 0; e < fine.size(); ++e) {
        if (network.target[e] >= network.senders) {
            values[fine.size() + network.target[e] - network.senders] += fine[e];
        }
    }
    std::vector<std::int64_t> flows;
    std::vector<std::uint32_t> fractions;
    for (const Int128 value : values) {
        const Int128 floor = floor_of(value);
        fractions.push_back(static_cast<std::uint32_t>(value - floor * kFen));
        flows.push_back(narrowed(floor));
    }
    fractions = CircleTurner(meetings, std::move(fractions), rises).run();
    flows.resize(fine.size());
    for (std::size_t e = 0; e < fine.size(); ++e) {
        flows[e] += fractions[e] / kFen;
    }
    return flows;
}

}  // namespace yuanliu::costing
