// Why this file: the embedded database is watched while the server serves; killed, it is started
// again, and requests in between are told to come back.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include <condition_variable>

#include "server/postgres/data_folder.hpp"

namespace yuanliu::serve {

class ClusterKeeper {
  public:
    /// Starts it in the locked folder; throws postgres::ClusterError.
    ClusterKeeper(std::shared_ptr<const postgres::FolderLock> lock,
                  std::function<void(const std::string&)> log);
    ClusterKeeper(const ClusterKeeper&) = delete;
    ClusterKeeper& operator=(const ClusterKeeper&) = delete;
    ClusterKeeper(ClusterKeeper&&) = delete;
    ClusterKeeper& operator=(ClusterKeeper&&) = delete;
    /// Stops it.
    ~ClusterKeeper();
    [[nodiscard]] const std::string& dsn() const { return dsn_; }

  private:
    /// The cluster belongs to this thread from its start to its end.
    void keep(std::promise<std::string> started);
    /// False: we are asked to stop.
    bool wait_until_dead(int process);

    std::shared_ptr<const postgres::FolderLock> lock_;
    std::function<void(const std::string&)> log_;
    std::string dsn_;
    std::mutex mutex_;
    std::condition_variable stop_asked_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace yuanliu::serve
