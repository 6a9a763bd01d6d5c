// Why this file: the schema moves forward only, one transaction each; a migration that was altered
// after it ran, or a database newer than the program, is refused and not guessed at.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/store/connection_pool.hpp"

namespace yuanliu::store {

struct Migration {
    std::string_view name;  ///< file name: 0001_base.sql
    std::string_view text;
};

/// All migrations, by name; part of the program (sql/embed.cmake).
[[nodiscard]] std::span<const Migration> migrations() noexcept;

/// Brings the database to the newest state; how many were new. Two at once wait for each other.
int migrate(Session& session);
/// Throws StoreError (schema_not_current) unless the database is in the newest state.
void require_current_schema(Session& session);
/// Name of the newest migration that the database has.
[[nodiscard]] std::string schema_version(Session& session);

}  // namespace yuanliu::store
