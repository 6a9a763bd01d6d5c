// Why this file: keys and jobs are kept as long as somebody may ask for them, not for ever.
#pragma once

#include <chrono>
#include <string>

#include "server/store/connection_pool.hpp"

namespace yuanliu::store {

/// Every method is a transaction of its own.
class RetentionStore {
  public:
    using Time = std::chrono::system_clock::time_point;
    explicit RetentionStore(Session& session) : session_(session) {}

    /// Removes keys of requests that were made before; how many. The same key then makes a new job.
    int remove_keys(Time before);
    /// Removes jobs that ended before, with their keys and findings; how many.
    int remove_jobs(Time before);
    /// Whether a job that has not ended was asked to import this upload.
    [[nodiscard]] bool is_wanted(const std::string& upload);

  private:
    Session& session_;
};

}  // namespace yuanliu::store
