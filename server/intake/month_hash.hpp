// Why this file: a folder's hash is the hash of the names and hashes of its tables
// (docs/month-folder.md §5).
#pragma once

#include <string>
#include <vector>

#include "server/intake/table_reader.hpp"

namespace yuanliu::intake {

/// SHA-256 of the lines `NAME SHA256`, sorted by name.
[[nodiscard]] std::string hash_of_identities(std::vector<TableIdentity> identities);

}  // namespace yuanliu::intake
