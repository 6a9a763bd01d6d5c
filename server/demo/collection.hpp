// How the demonstration hospital collects direct cost (docs/collection.md): the power bill by
// meters first, nurses of one ward who serve a second one, a clinical trial kept out by name.
#pragma once

#include <string>

#include "server/demo/tables.hpp"
#include "server/demo/world.hpp"

namespace yuanliu::demo {

/// A clinic has no meters of departments, and no trials: its ledger is taken as it is booked.
[[nodiscard]] inline bool collects(const Scale& scale) {
    return scale.size != Size::clinic;
}

/// collection.toml
[[nodiscard]] std::string collection_text(const Layout& layout);

/// staff_time.csv: where the nurses of the first ward spend their time.
void write_staff_time(const World& world, const std::filesystem::path& folder, RowCounts& counts);

}  // namespace yuanliu::demo
