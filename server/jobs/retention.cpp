// Why this file: see retention.hpp.
#include "server/jobs/retention.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "server/jobs/upload_folder.hpp"

namespace yuanliu::jobs {
namespace {

namespace fs = std::filesystem;
using Time = std::chrono::system_clock::time_point;

/// Also while files of it come and go.
Time newest_change(const fs::path& folder) {
    std::error_code error;
    fs::file_time_type newest = fs::last_write_time(folder, error);
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code gone;
        const auto changed = fs::last_write_time(entry->path(), gone);
        newest = gone ? newest : std::max(newest, changed);
    }
    return std::chrono::file_clock::to_sys(newest);
}

int remove_uploads(store::RetentionStore& retention, const fs::path& uploads, Time before) {
    std::error_code error;
    std::vector<fs::path> old;
    for (fs::directory_iterator entry(uploads, error), end; !error && entry != end;
         entry.increment(error)) {
        if (newest_change(entry->path()) < before) {
            old.push_back(entry->path());
        }
    }
    int count = 0;
    for (const fs::path& upload : old) {
        if (!retention.is_wanted(upload_of_folder(upload))) {
            fs::remove_all(upload, error);
            count += error ? 0 : 1;
        }
    }
    return count;
}

}  // namespace

Removed remove_expired(store::Session& session, const fs::path& uploads,
                       const RetentionLimits& limits, Time now) {
    store::RetentionStore retention(session);
    Removed removed;
    removed.request_keys = retention.remove_keys(now - limits.request_keys);
    removed.jobs = retention.remove_jobs(now - limits.jobs);
    removed.uploads = remove_uploads(retention, uploads, now - limits.uploads);
    return removed;
}

}  // namespace yuanliu::jobs
