// Why this file: see snapshot.hpp.
#include "server/jobs/snapshot.hpp"

#include <mutex>

#include "server/store/run_store.hpp"

namespace yuanliu::jobs {

namespace fs = std::filesystem;

namespace {

/// month_hash/prior_hash of the run that people see, whose folder an explanation may be reading.
fs::path folder_of_current_run(store::Session& session, const store::StoredMonth& month) {
    const auto run = store::RunStore(session).current(month.hospital, month.period);
    return run ? fs::path(run->month_hash) / run->prior_hash : fs::path();
}

/// Folders of former imports serve nobody any more, but the one that is kept.
void remove_former(const fs::path& period, const fs::path& kept) {
    if (!fs::exists(period)) {
        return;
    }
    for (const fs::directory_entry& month : fs::directory_iterator(period)) {
        const fs::path month_hash = month.path().filename();
        for (const fs::directory_entry& prior : fs::directory_iterator(month.path())) {
            if (month_hash / prior.path().filename() != kept) {
                fs::remove_all(prior.path());
            }
        }
        if (fs::is_empty(month.path())) {
            fs::remove(month.path());
        }
    }
}

/// A run and a report may want the same rules at the same time.
std::mutex& rules_mutex() {
    static std::mutex mutex;
    return mutex;
}

}  // namespace

fs::path snapshot_of(store::Session& session, const store::StoredMonth& month,
                     const fs::path& snapshots) {
    // The number stands for the hospital: a code may hold a slash. What the month stands on is part
    // of the folder, so its hash is part of the name.
    const fs::path parent =
        snapshots / std::to_string(month.hospital_id) / month.period.text() / month.month_hash;
    const fs::path folder = parent / month.prior_hash;
    if (!fs::exists(folder)) {
        remove_former(parent.parent_path(), folder_of_current_run(session, month));
        fs::create_directories(parent);
        store::MonthStore(session).write_folder(month, folder);
    }
    return folder;
}

fs::path rules_of(store::Session& session, const store::StoredMonth& month,
                  const fs::path& snapshots) {
    fs::path folder = snapshots / std::to_string(month.hospital_id) / ("rules-" + month.rules_hash);
    const std::lock_guard lock(rules_mutex());
    if (!fs::exists(folder)) {
        const fs::path fresh = folder.string() + ".part";
        fs::remove_all(fresh);
        store::MonthStore(session).write_rules(month.hospital_id, month.rules_hash, fresh);
        fs::rename(fresh, folder);
    }
    return folder;
}

void discard_snapshot(const fs::path& snapshot) {
    fs::remove_all(snapshot);
}

void discard_rules(const fs::path& rules) {
    const std::lock_guard lock(rules_mutex());
    fs::remove_all(rules);
}

}  // namespace yuanliu::jobs
