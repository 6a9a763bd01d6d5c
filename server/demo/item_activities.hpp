// The optional tables of a month that say how laboratories and imaging divide their cost: by
// activities with readings and traced reagents in the laboratory, by minutes with a practical
// capacity in imaging (docs/service-items.md).
#pragma once

#include "server/demo/tables.hpp"
#include "server/demo/tally.hpp"

namespace yuanliu::demo {

/// Imaging is time-driven: rooms and readers have a capacity in minutes.
[[nodiscard]] constexpr bool is_imaging(Role role) {
    return role == Role::xray || role == Role::ct || role == Role::mri;
}

/// `reagents`: what the ledger booked on each department for reagents, of the hospital's own money.
void write_item_activities(const World& world, const MonthSpan& month, const Tally& tally,
                           const std::vector<Fen>& reagents, const std::filesystem::path& folder,
                           RowCounts& counts);

}  // namespace yuanliu::demo
