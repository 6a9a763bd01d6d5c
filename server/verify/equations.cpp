// Exact shares, elimination in fixed point of 192 binary places (no binary floats), fine flows, and
// the turning of circles, each walked from the start again as the page says.
#include "equations.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <numeric>
#include <tuple>

#include "report.hpp"
#include "splitters.hpp"

namespace yuanliu_verify {

namespace {

namespace mp = boost::multiprecision;
using Wide = mp::number<mp::cpp_int_backend<768, 768, mp::signed_magnitude, mp::unchecked, void>>;

constexpr int kShareBits = 56;
constexpr int kFineBits = 20;
constexpr int kPlaces = 192;
constexpr Fen kOneShare = Fen{1} << kShareBits;
constexpr Int128 kFineFen = Int128{1} << kFineBits;
constexpr std::uint32_t kFar = 0xFFFFFFFFU;

struct Edge {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    Int128 share = 0;
    Int128 value = 0;  // in fine units
};

// x >> places, toward minus infinity or zero: either is far below what matters.
Wide shifted(const Wide& product) {
    return product < 0 ? -((-product) >> kPlaces) : product >> kPlaces;
}

Int128 floor_divide(Int128 value, Int128 unit) {
    const Int128 quotient = value / unit;
    return value % unit < 0 ? quotient - 1 : quotient;
}

class Settlement {
  public:
    Settlement(const std::vector<EquationSender>& senders, std::size_t receivers,
               const std::vector<std::uint32_t>& code_of_node)
        : senders_(senders),
          count_(senders.size()),
          nodes_(senders.size() + receivers),
          code_(code_of_node) {}

    EquationFlows run() {
        take_shares();
        measure_ways();
        solve();
        flow();
        round_to_fen();
        return result();
    }

  private:
    void take_shares() {
        self_share_.assign(count_, 0);
        self_flow_.assign(count_, 0);
        for (std::uint32_t s = 0; s < count_; ++s) {
            const EquationSender& sender = senders_[s];
            // The splitter breaks ties by place, so its weights must stand in the order of codes.
            std::vector<std::size_t> by_code(sender.targets.size());
            std::iota(by_code.begin(), by_code.end(), std::size_t{0});
            std::sort(by_code.begin(), by_code.end(), [&](std::size_t a, std::size_t b) {
                return code_[sender.targets[a]] < code_[sender.targets[b]];
            });
            std::vector<Int128> weights;
            for (const std::size_t i : by_code) {
                weights.push_back(sender.bases[i]);
            }
            const std::vector<Fen> shares = apportion(kOneShare, weights);
            std::vector<Edge> edges;
            for (std::size_t i = 0; i < by_code.size(); ++i) {
                const std::uint32_t target = sender.targets[by_code[i]];
                if (target == s) {
                    self_share_[s] = shares[i];
                } else if (shares[i] > 0) {
                    edges.push_back({s, target, shares[i], 0});
                }
            }
            std::sort(edges.begin(), edges.end(),
                      [](const Edge& a, const Edge& b) { return a.to < b.to; });
            edges_.insert(edges_.end(), edges.begin(), edges.end());
        }
    }

    void measure_ways() {
        distance_.assign(nodes_, kFar);
        std::fill(distance_.begin() + static_cast<std::ptrdiff_t>(count_), distance_.end(), 0U);
        for (bool changes = true; changes;) {
            changes = false;
            for (const Edge& edge : edges_) {
                if (distance_[edge.to] != kFar && distance_[edge.to] + 1 < distance_[edge.from]) {
                    distance_[edge.from] = distance_[edge.to] + 1;
                    changes = true;
                }
            }
        }
        for (std::uint32_t s = 0; s < count_; ++s) {
            if (!senders_[s].targets.empty() && distance_[s] == kFar) {
                throw Refusal("derivation: plan_loop_closed");
            }
        }
    }

    // Elimination without exchange of rows: the columns are dominated by their diagonal.
    void solve() {
        const Wide one = Wide(1) << kPlaces;
        std::vector<std::vector<Wide>> row(count_, std::vector<Wide>(count_ + 1));
        for (std::size_t s = 0; s < count_; ++s) {
            row[s][s] = one - (Wide(static_cast<Fen>(self_share_[s])) << (kPlaces - kShareBits));
            row[s][count_] = Wide(senders_[s].held) << kPlaces;
        }
        for (const Edge& edge : edges_) {
            if (edge.to < count_) {
                row[edge.to][edge.from] -= Wide(static_cast<Fen>(edge.share))
                                           << (kPlaces - kShareBits);
            }
        }
        for (std::size_t p = 0; p < count_; ++p) {
            for (std::size_t r = p + 1; r < count_; ++r) {
                if (row[r][p] == 0) {
                    continue;
                }
                const Wide times = (row[r][p] << kPlaces) / row[p][p];
                for (std::size_t c = p; c <= count_; ++c) {
                    if (row[p][c] != 0) {
                        row[r][c] -= shifted(times * row[p][c]);
                    }
                }
            }
        }
        gross_.assign(count_, 0);
        std::vector<Wide> x(count_);
        for (std::size_t p = count_; p-- > 0;) {
            Wide rest = row[p][count_];
            for (std::size_t c = p + 1; c < count_; ++c) {
                rest -= shifted(row[p][c] * x[c]);
            }
            x[p] = (rest << kPlaces) / row[p][p];
            gross_[p] = rounded(x[p]);
        }
    }

    static Int128 rounded(const Wide& value) {
        const bool negative = value < 0;
        const Wide size = negative ? -value : value;
        // Nearly one half (2^-45 fen) is one half, and one half goes away from zero.
        const Wide half = Wide(1) << (kPlaces - kFineBits - 1);
        const Wide window = Wide(1) << (kPlaces - 45);
        const Wide units = (size + half + window) >> (kPlaces - kFineBits);
        if (units >= (Wide(1) << 67)) {
            throw Refusal("derivation: reciprocal_out_of_bounds");
        }
        const Int128 high = static_cast<std::int64_t>(units >> 60);
        const Int128 low = static_cast<std::int64_t>(units & ((Wide(1) << 60) - 1));
        const Int128 whole = (high << 60) + low;
        return negative ? -whole : whole;
    }

    void flow() {
        std::vector<Int128> balance(nodes_);
        for (std::uint32_t s = 0; s < count_; ++s) {
            balance[s] += Int128{senders_[s].held} * kFineFen;
            const Int128 sign = gross_[s] < 0 ? -1 : 1;
            const Int128 size = gross_[s] * sign;
            Int128 left = size;
            std::vector<std::tuple<Int128, Int128, std::uint32_t, Int128*>> takers;
            const auto give = [&](Int128 share, std::uint32_t node, Int128& value) {
                const Int128 product = multiply(size, share);
                value = sign * (product / kOneShare);
                left -= product / kOneShare;
                takers.emplace_back(-(product % kOneShare), -share, code_[node], &value);
            };
            for (Edge& edge : edges_) {
                if (edge.from == s) {
                    give(edge.share, edge.to, edge.value);
                }
            }
            if (self_share_[s] > 0) {
                give(self_share_[s], s, self_flow_[s]);
            }
            std::sort(takers.begin(), takers.end());
            for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) {
                *std::get<3>(takers[i]) += sign;
            }
        }
        for (const Edge& edge : edges_) {
            balance[edge.from] -= edge.value;
            balance[edge.to] += edge.value;
        }
        for (std::uint32_t far = static_cast<std::uint32_t>(nodes_); far > 0; --far) {
            for (std::uint32_t s = 0; s < count_; ++s) {
                if (distance_[s] == far && balance[s] != 0) {
                    Edge& way = edges_.at(way_out(s));
                    way.value += balance[s];
                    balance[way.to] += balance[s];
                    balance[s] = 0;
                }
            }
        }
    }

    std::size_t way_out(std::uint32_t sender) const {
        std::size_t best = edges_.size();
        for (std::size_t e = 0; e < edges_.size(); ++e) {
            const Edge& edge = edges_[e];
            if (edge.from == sender && distance_[edge.to] + 1 == distance_[sender] &&
                (best == edges_.size() || edge.share > edges_[best].share)) {
                best = e;
            }
        }
        return best;
    }

    static bool is_open(const Edge& edge) { return edge.value % kFineFen != 0; }

    void round_to_fen() {
        const auto sink = static_cast<std::uint32_t>(nodes_);
        for (auto r = static_cast<std::uint32_t>(count_); r < nodes_; ++r) {
            Edge to_sink{r, sink, 0, 0};
            for (const Edge& edge : edges_) {
                to_sink.value += edge.to == r ? edge.value : 0;
            }
            edges_.push_back(to_sink);
        }
        meetings_.assign(nodes_ + 1, {});
        for (std::size_t e = 0; e < edges_.size(); ++e) {
            meetings_[edges_[e].from].push_back(e);
            meetings_[edges_[e].to].push_back(e);
        }
        const auto first = std::find_if(senders_.begin(), senders_.end(),
                                        [](const EquationSender& s) { return s.held != 0; });
        const bool rises = first != senders_.end() && first->held > 0;
        for (std::uint32_t node = 0; node <= nodes_;) {
            if (open_edge(node, edges_.size()) == edges_.size()) {
                ++node;
            } else {
                turn_circle(node, rises);
            }
        }
    }

    // The first open edge at a node that is not `walked`; the number of edges if there is none.
    std::size_t open_edge(std::uint32_t node, std::size_t walked) const {
        for (const std::size_t edge : meetings_[node]) {
            if (edge != walked && is_open(edges_[edge])) {
                return edge;
            }
        }
        return edges_.size();
    }

    void turn_circle(std::uint32_t start, bool rises) {
        std::vector<std::uint32_t> path{start};
        std::vector<std::size_t> walked;
        std::vector<std::uint32_t> place(nodes_ + 1, kFar);
        while (place[path.back()] == kFar) {
            place[path.back()] = static_cast<std::uint32_t>(path.size() - 1);
            const std::size_t edge =
                open_edge(path.back(), walked.empty() ? edges_.size() : walked.back());
            walked.push_back(edge);
            const Edge& step = edges_.at(edge);
            path.push_back(step.from == path.back() ? step.to : step.from);
        }
        Int128 along = kFineFen;
        Int128 against = kFineFen;
        for (std::size_t i = place[path.back()]; i < walked.size(); ++i) {
            const Edge& edge = edges_[walked[i]];
            const Int128 over = edge.value - floor_divide(edge.value, kFineFen) * kFineFen;
            const bool forward = edge.from == path[i];
            along = std::min(along, forward ? kFineFen - over : over);
            against = std::min(against, forward ? over : kFineFen - over);
        }
        const bool goes_along = along < against || (along == against && rises);
        for (std::size_t i = place[path.back()]; i < walked.size(); ++i) {
            Edge& edge = edges_[walked[i]];
            const bool forward = edge.from == path[i];
            edge.value +=
                forward == goes_along ? std::min(along, against) : -std::min(along, against);
        }
    }

    EquationFlows result() const {
        EquationFlows flows;
        for (std::uint32_t s = 0; s < count_; ++s) {
            flows.moved.emplace_back(senders_[s].targets.size());
            flows.gross.push_back(static_cast<Fen>(round_divide(self_flow_[s], kFineFen)));
        }
        for (const Edge& edge : edges_) {
            if (edge.from >= count_) {
                continue;
            }
            const auto& targets = senders_[edge.from].targets;
            const auto at = std::find(targets.begin(), targets.end(), edge.to) - targets.begin();
            const Fen fen = static_cast<Fen>(edge.value / kFineFen);
            flows.moved[edge.from][static_cast<std::size_t>(at)] = fen;
            flows.gross[edge.from] += fen;
        }
        return flows;
    }

    const std::vector<EquationSender>& senders_;
    std::size_t count_;
    std::size_t nodes_;
    const std::vector<std::uint32_t>& code_;
    std::vector<Edge> edges_;
    std::vector<Int128> self_share_;
    std::vector<Int128> self_flow_;
    std::vector<std::uint32_t> distance_;
    std::vector<Int128> gross_;  // in fine units
    std::vector<std::vector<std::size_t>> meetings_;
};

}  // namespace

EquationFlows settle_equations(const std::vector<EquationSender>& senders, std::size_t receivers,
                               const std::vector<std::uint32_t>& code_of_node) {
    return Settlement(senders, receivers, code_of_node).run();
}

}  // namespace yuanliu_verify
