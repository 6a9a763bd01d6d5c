// Why this file: the folder of an embedded database belongs to one process at a time, must be
// reachable by the account that runs the database, and has a socket at a path short enough for the
// kernel (107 bytes).
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "server/postgres/child_process.hpp"

namespace yuanliu::postgres {

/// DATA belongs to one process at a time, with a database in it or without.
class FolderLock {
  public:
    /// Makes the folder when it is new. Throws ClusterError when another process has the lock.
    explicit FolderLock(const std::filesystem::path& data_dir);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

  private:
    std::filesystem::path folder_;
    int file_ = -1;
};

/// DATA: `lock`, `cluster/` (PostgreSQL's own), `postgres.log`, and whatever our caller keeps
/// there.
class DataFolder {
  public:
    /// Throws ClusterError when the account can't get there.
    DataFolder(std::shared_ptr<const FolderLock> lock, const Account& account);
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
    void check_reachable() const;
    void make_socket_folder();

    std::shared_ptr<const FolderLock> lock_;
    const std::filesystem::path& path_;
    std::filesystem::path sockets_;
    const Account& account_;
};

}  // namespace yuanliu::postgres
