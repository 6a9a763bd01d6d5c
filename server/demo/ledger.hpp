// The hospital's ledger of a month, made from what its charge lines add up to.
#pragma once

#include "server/demo/tables.hpp"
#include "server/demo/tally.hpp"

namespace yuanliu::demo {

/// What was booked on each department for reagents, of the hospital's own money.
std::vector<Fen> write_ledger(const World& world, const MonthSpan& month, const Tally& tally,
                              const std::filesystem::path& folder, RowCounts& counts);

}  // namespace yuanliu::demo
