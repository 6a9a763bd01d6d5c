// Why this file: one hospital needs no database administrator. The program brings its own private
// PostgreSQL: made on first use with data checksums, reachable by a private Unix socket only, and
// gone when we are, whatever ends us.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "server/postgres/cluster_error.hpp"

namespace yuanliu::postgres {

class FolderLock;

class EmbeddedCluster {
  public:
    /// Starts the cluster of the folder, making it when it is new; ready when it returns. Throws
    /// ClusterError. Call it from a thread that lives as long as the object: the cluster ends with
    /// that thread.
    explicit EmbeddedCluster(const std::filesystem::path& data_dir);
    /// In a folder that is locked already, and stays so when the database ends.
    explicit EmbeddedCluster(std::shared_ptr<const FolderLock> lock);
    /// Stops it.
    ~EmbeddedCluster();
    EmbeddedCluster(const EmbeddedCluster&) = delete;
    EmbeddedCluster& operator=(const EmbeddedCluster&) = delete;

    /// Connects as its owner to the database `yuanliu`.
    [[nodiscard]] std::string dsn() const;
    [[nodiscard]] int process_id() const noexcept;
    /// A fast shutdown: open transactions are rolled back. Harder when that takes too long.
    void stop() noexcept;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace yuanliu::postgres
