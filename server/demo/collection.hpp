// How the demonstration hospital collects direct cost (docs/collection.md), from county size on:
// whose cost a ledger line really is, and which departments lend people and beds to each other.
#pragma once

#include <string>
#include <utility>

#include "server/demo/tables.hpp"
#include "server/demo/world.hpp"

namespace yuanliu::demo {

/// The wards of one nursing unit: the first, whose nurses they are, and the second.
[[nodiscard]] std::pair<std::size_t, std::size_t> nursing_unit_of(const Layout& layout);
/// The ward that lends beds, and the one whose patients lie in them.
[[nodiscard]] std::pair<std::size_t, std::size_t> bed_loan_of(const Layout& layout);

/// collection.toml
[[nodiscard]] std::string collection_text(const Layout& layout);
/// successors.csv for `yuanliu restate`: the ward that is closed in the second month.
[[nodiscard]] std::string successors_text(const Layout& layout);

}  // namespace yuanliu::demo
