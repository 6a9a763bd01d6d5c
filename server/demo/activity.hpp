// The patients' part of a month folder: encounters, records, charge lines, pathway readings.
#pragma once

#include "server/demo/tables.hpp"
#include "server/demo/tally.hpp"

namespace yuanliu::demo {

[[nodiscard]] Tally write_activity(const World& world, const MonthSpan& month,
                                   const std::filesystem::path& folder, RowCounts& counts);

/// prior/ of the first month: what the stays in hospital at its start have used before.
void write_opening(const World& world, const MonthSpan& month, const std::filesystem::path& folder);

}  // namespace yuanliu::demo
