// The hospital's ledger of a month, made from what its charge lines add up to.
#pragma once

#include "server/demo/tables.hpp"
#include "server/demo/tally.hpp"

namespace yuanliu::demo {

void write_ledger(const World& world, const MonthSpan& month, const Tally& tally,
                  const std::filesystem::path& folder, RowCounts& counts);

}  // namespace yuanliu::demo
