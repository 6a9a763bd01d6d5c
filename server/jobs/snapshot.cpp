// Why this file: see snapshot.hpp.
#include "server/jobs/snapshot.hpp"

namespace yuanliu::jobs {

namespace fs = std::filesystem;

fs::path snapshot_of(store::Session& session, const store::StoredMonth& month,
                     const fs::path& snapshots) {
    // The number stands for the hospital: a code may hold a slash. What the month stands on is part
    // of the folder, so its hash is part of the name.
    const fs::path parent =
        snapshots / std::to_string(month.hospital_id) / month.period.text() / month.month_hash;
    const fs::path folder = parent / month.prior_hash;
    if (!fs::exists(folder)) {
        // Folders of former imports serve nobody any more.
        if (fs::exists(parent.parent_path())) {
            fs::remove_all(parent.parent_path());
        }
        fs::create_directories(parent);
        store::MonthStore(session).write_folder(month, folder);
    }
    return folder;
}

void discard_snapshot(const fs::path& snapshot) {
    fs::remove_all(snapshot);
}

}  // namespace yuanliu::jobs
