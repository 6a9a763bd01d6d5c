// Why this file: the demonstration of other cost objects (docs/objects.md): attending groups and
// opened beds of its wards, and two research projects.
#pragma once

#include "server/demo/tables.hpp"
#include "server/demo/tally.hpp"
#include "server/demo/world.hpp"

namespace yuanliu::demo {

/// attending_groups.csv, beds.csv, research_projects.csv, project_lines.csv; a clinic has none.
void write_objects(const World& world, const MonthSpan& month, const Tally& tally,
                   const std::filesystem::path& folder, RowCounts& counts);

}  // namespace yuanliu::demo
