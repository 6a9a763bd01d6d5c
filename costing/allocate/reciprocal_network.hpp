// Why this file: who serves whom, and by how much, as one graph: what the equations, the way out of
// a loop and the rounding of flows all walk on (docs/allocation.md §4, steps 1 and 2).
#pragma once

#include <cstdint>
#include <vector>

#include "costing/allocate/driver_choice.hpp"

namespace yuanliu::costing {

/// What the shares of a sender sum to.
inline constexpr std::int64_t kWholeShare = std::int64_t{1} << 56;

/// Nodes: senders by code, then receivers by code. Edges: by sender, then target; none to itself.
struct ServiceNetwork {
    std::size_t senders = 0;
    std::size_t nodes = 0;
    std::vector<DepartmentId> department;  ///< by node
    std::vector<std::size_t> first_edge;   ///< by sender, and one more for the end
    std::vector<std::uint32_t> target;     ///< by edge
    std::vector<std::int64_t> share;       ///< by edge, above zero
    std::vector<std::int64_t> own_share;   ///< by sender
    std::vector<std::uint32_t> distance;   ///< steps to the receivers, by node
    std::vector<std::size_t> way_out;      ///< edge one step nearer to them, by sender

    static constexpr std::uint32_t kNoWay = 0xFFFFFFFFU;
};

/// Builds the graph of a stage for one choice of drivers by sender (in order of code; none = the
/// sender holds and gets nothing).
[[nodiscard]] ServiceNetwork service_network(const ResolvedStage& stage,
                                             const std::vector<const DriverChoice*>& choices);

/// The senders that cost of `holders` (by sender) reaches, themselves included.
[[nodiscard]] std::vector<bool> reached_from(const ServiceNetwork& network,
                                             std::vector<bool> holders);

/// A circle of senders, first again at the end, from which nothing leads to a receiver and which a
/// `reached` sender leads to; empty when there is none.
[[nodiscard]] std::vector<DepartmentId> closed_loop(const ServiceNetwork& network,
                                                    const std::vector<bool>& reached);

}  // namespace yuanliu::costing
