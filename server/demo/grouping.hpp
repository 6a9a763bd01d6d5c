// The demonstration's own DIP catalogue as a catalogue folder of the rules (docs/grouping.md §2):
// made from the groups of catalogue.hpp, in every level that a grouper knows. No city's table.
#pragma once

#include <filesystem>

#include "server/demo/world.hpp"

namespace yuanliu::demo {

/// A community hospital keeps the plain dip_catalogue.csv of its months.
[[nodiscard]] bool groups_by_catalogue(const Scale& scale);
/// grouping.toml and the folder dip/.
void write_grouping(const World& world, const std::filesystem::path& rules_dir);

}  // namespace yuanliu::demo
