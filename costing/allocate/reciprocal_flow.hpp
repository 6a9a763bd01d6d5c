// Why this file: gross totals become flows between departments, first in fine units, then in whole
// fen, so that every sender is in balance to the fen (docs/allocation.md §4, steps 4 and 5).
#pragma once

#include <vector>

#include "costing/allocate/reciprocal_solve.hpp"

namespace yuanliu::costing {

/// Fine flows by edge: gross totals apportioned by share, every sender brought into balance along
/// its way out. `own` takes what each sender keeps for itself, in fine units.
[[nodiscard]] FineColumn fine_flows(const ServiceNetwork& network, const FenColumn& held,
                                    const FineColumn& gross, FineColumn& own);

/// Where edges meet: of every node the edges that leave or enter it, in order; the edges to the
/// sink follow those of the network.
class Meetings {
  public:
    explicit Meetings(const ServiceNetwork& network);
    [[nodiscard]] std::size_t edges() const { return tail_.size(); }
    [[nodiscard]] std::size_t nodes() const { return first_.size() - 1; }
    [[nodiscard]] std::uint32_t tail(std::size_t edge) const { return tail_[edge]; }
    [[nodiscard]] std::uint32_t head(std::size_t edge) const { return head_[edge]; }
    [[nodiscard]] std::size_t begin_at(std::size_t node) const { return first_[node]; }
    [[nodiscard]] std::size_t end_at(std::size_t node) const { return first_[node + 1]; }
    [[nodiscard]] std::uint32_t edge_at(std::size_t place) const { return edges_[place]; }

  private:
    std::vector<std::uint32_t> tail_;
    std::vector<std::uint32_t> head_;
    std::vector<std::size_t> first_;  ///< by node
    std::vector<std::uint32_t> edges_;
};

/// Every flow becomes its floor or its ceiling in fen; senders stay in balance, and every receiver
/// gets the floor or the ceiling of its sum. When the two directions of a circle tie, the sign of
/// the cell decides: `rises` if its first amount held is above zero.
[[nodiscard]] std::vector<std::int64_t> whole_flows(const ServiceNetwork& network,
                                                    const Meetings& meetings,
                                                    const FineColumn& fine, bool rises);

}  // namespace yuanliu::costing
