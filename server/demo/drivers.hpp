// The readings by which cost is shared out.
#pragma once

#include "server/demo/tables.hpp"
#include "server/demo/tally.hpp"

namespace yuanliu::demo {

/// kWh that a department's area and apparatus take in an ordinary month.
[[nodiscard]] std::int64_t power_of(const Department& department);

/// `consigned`: fen of consigned implants that a department used; empty where none are settled so.
void write_drivers(const World& world, const MonthSpan& month, const Tally& tally,
                   const std::vector<Fen>& consigned, const std::filesystem::path& folder,
                   RowCounts& counts);

}  // namespace yuanliu::demo
