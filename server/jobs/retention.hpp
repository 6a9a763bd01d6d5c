// Why this file: nothing grows for ever: old keys, old jobs and uploads that nobody imported are
// taken away by the worker, between two jobs. What a hospital has posted is never touched.
#pragma once

#include <chrono>
#include <filesystem>

#include "server/store/retention_store.hpp"

namespace yuanliu::jobs {

struct RetentionLimits {
    std::chrono::hours request_keys{24};
    std::chrono::hours uploads{24};
    std::chrono::hours jobs{24 * 90};
};

struct Removed {
    int request_keys = 0;
    int jobs = 0;
    int uploads = 0;
};

/// Removes what is older than its limit at the time `now`. An upload is as old as the newest thing
/// in it.
Removed remove_expired(store::Session& session, const std::filesystem::path& uploads,
                       const RetentionLimits& limits, std::chrono::system_clock::time_point now);

}  // namespace yuanliu::jobs
