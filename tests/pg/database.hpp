// Why this file: tests of the store run on a real PostgreSQL: one cluster for the program, in a
// temporary folder, and a fresh database for each test that wants one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "server/store/connection_pool.hpp"

namespace yuanliu::testing {

/// A temporary folder that the user `postgres` can pass; gone with the object.
class OpenFolder {
  public:
    OpenFolder();
    ~OpenFolder();
    OpenFolder(const OpenFolder&) = delete;
    OpenFolder& operator=(const OpenFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  private:
    std::filesystem::path path_;
};

/// Connection string of the program's cluster, which is started by the first call and stopped at
/// the end of the program.
[[nodiscard]] std::string cluster_dsn(const std::string& database);

/// What the cluster writes.
[[nodiscard]] std::filesystem::path cluster_log();

/// A new migrated database with a session on it; dropped at the end.
class Database {
  public:
    Database();
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    [[nodiscard]] store::Session& session() noexcept { return *session_; }
    [[nodiscard]] const std::string& dsn() const noexcept { return dsn_; }

  private:
    std::string name_;
    std::string dsn_;
    std::unique_ptr<store::Session> session_;
};

/// The number that a query gives.
[[nodiscard]] long long number_of(store::Session& session, const std::string& query);
[[nodiscard]] std::string text_of(store::Session& session, const std::string& query);

}  // namespace yuanliu::testing
