// The tables that name things: departments, cost items, accounts, service items, staff, DIP
// catalogue, procedure classes; and the quality readings of departments.
#pragma once

#include "server/demo/tables.hpp"
#include "server/demo/world.hpp"

namespace yuanliu::demo {

void write_dictionaries(const World& world, const MonthSpan& month,
                        const std::filesystem::path& folder, RowCounts& counts);

}  // namespace yuanliu::demo
