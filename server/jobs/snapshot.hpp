// Why this file: a run reads a month folder, whoever asks for it. A stored month is written once as
// a folder beside the database and used again as long as it is that month, which its hashes tell.
#pragma once

#include <filesystem>

#include "server/store/month_store.hpp"

namespace yuanliu::jobs {

/// Where the folder of a stored month stands; it is written when it isn't there.
[[nodiscard]] std::filesystem::path snapshot_of(store::Session& session,
                                                const store::StoredMonth& month,
                                                const std::filesystem::path& snapshots);
/// Where the rules of a stored month stand, likewise.
[[nodiscard]] std::filesystem::path rules_of(store::Session& session,
                                             const store::StoredMonth& month,
                                             const std::filesystem::path& snapshots);
/// Removes a snapshot that is not what it should be.
void discard_snapshot(const std::filesystem::path& snapshot);
/// Removes a copy of rules; nobody is writing one meanwhile.
void discard_rules(const std::filesystem::path& rules);

}  // namespace yuanliu::jobs
