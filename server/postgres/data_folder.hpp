// Why this file: the folder of an embedded database belongs to one process at a time, must be
// reachable by the account that runs the database, and has a socket at a path short enough for the
// kernel (107 bytes).
#pragma once

#include <filesystem>
#include <string>

#include "server/postgres/child_process.hpp"

namespace yuanliu::postgres {

/// DATA: `lock`, `cluster/` (PostgreSQL's own), `postgres.log`, and whatever our caller keeps
/// there.
class DataFolder {
  public:
    /// Makes the folder when it is new, and takes its lock. Throws ClusterError when another
    /// process has it, or the account can't get there.
    DataFolder(const std::filesystem::path& data_dir, const Account& account);
    ~DataFolder();
    DataFolder(const DataFolder&) = delete;
    DataFolder& operator=(const DataFolder&) = delete;

    [[nodiscard]] std::filesystem::path cluster() const { return path_ / "cluster"; }
    [[nodiscard]] std::filesystem::path unfinished_cluster() const { return path_ / "cluster.new"; }
    [[nodiscard]] std::filesystem::path log() const { return path_ / "postgres.log"; }
    [[nodiscard]] const std::filesystem::path& socket_folder() const noexcept { return sockets_; }
    /// A new folder of the account's own, which nobody else may enter.
    void make_private(const std::filesystem::path& folder) const;

  private:
    void take_lock();
    void check_reachable() const;
    void make_socket_folder();

    std::filesystem::path path_;
    std::filesystem::path sockets_;
    const Account& account_;
    int lock_ = -1;
};

}  // namespace yuanliu::postgres
