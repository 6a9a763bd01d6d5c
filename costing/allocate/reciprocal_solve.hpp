// Why this file: the equations of the reciprocal method have one solution, a rational; this is the
// only place of the product where binary floating point helps to find it, and none of it is left in
// the result (docs/allocation.md §4, step 3).
#pragma once

#include <optional>
#include <vector>

#include "costing/allocate/reciprocal_network.hpp"

namespace yuanliu::costing {

/// A fen has 2^20 fine units.
inline constexpr int kFineBits = 20;

/// Amounts by sender, for one cell.
using FenColumn = std::vector<std::int64_t>;
using FineColumn = std::vector<Int128>;

/// Gross totals x(s) = held(s) + sum over p of x(p) share(p -> s), each rounded half away from zero
/// to fine units; a fraction within 2^-45 fen of one half counts as one half. `active` are the
/// senders that the cost reaches; each has a way out, the others hold nothing. Nothing when a total
/// reaches 2^47 fen, or when the total of one unit held by every sender would reach 2^40 units.
[[nodiscard]] std::optional<std::vector<FineColumn>> gross_totals(
    const ServiceNetwork& network, const std::vector<bool>& active,
    const std::vector<FenColumn>& held);

}  // namespace yuanliu::costing
