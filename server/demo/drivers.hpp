// The readings by which cost is shared out.
#pragma once

#include "server/demo/tables.hpp"
#include "server/demo/tally.hpp"

namespace yuanliu::demo {

void write_drivers(const World& world, const MonthSpan& month, const Tally& tally,
                   const std::filesystem::path& folder, RowCounts& counts);

}  // namespace yuanliu::demo
