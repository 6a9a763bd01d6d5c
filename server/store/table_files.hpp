// Why this file: one table between a folder and the database, either way.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "server/store/connection_pool.hpp"
#include "server/store/row_code.hpp"
#include "server/store/stored_table.hpp"

namespace yuanliu::store {

/// A table of a month folder into `into`; rows in canonical order whatever the order of the file.
/// The number of rows.
struct TableFile {
    const intake::TableSpec& spec;
    const std::filesystem::path& folder;
    bool stands_canonical = false;  ///< then the file need not be sorted again
};
std::uint64_t copy_in(Session& session, const TableFile& file, const std::string& into, RowKey key);

/// Canonical rows with their header, as they stand in memory.
std::uint64_t copy_in(Session& session, const StoredTable& table, std::string_view text,
                      RowKey key);

/// Writes the table as a canonical CSV file. `where` says which rows. False when there are none.
bool copy_out(Session& session, const StoredTable& table, const std::string& where,
              const std::filesystem::path& path);

/// Makes the folders above it. Throws std::runtime_error when it can't be written whole.
void write_file(const std::filesystem::path& path, const std::string& text);

}  // namespace yuanliu::store
