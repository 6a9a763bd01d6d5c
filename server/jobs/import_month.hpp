// Why this file: a month folder becomes a stored month: read and checked as a whole, completed with
// what the store knows of the month before, and stored only when nothing stops it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/jobs/job_hooks.hpp"
#include "server/store/month_store.hpp"

namespace yuanliu::jobs {

/// Whose month a job was asked for.
struct ExpectedMonth {
    std::string hospital;
    Period period;
};

struct ImportRequest {
    std::filesystem::path month;
    std::filesystem::path rules;
    const ParallelFor& parallel_for;
    /// Where a working folder may stand while the month is imported.
    std::filesystem::path scratch = std::filesystem::temp_directory_path();
    JobHooks hooks{};
    /// Another month than this is not stored (upload_changed).
    std::optional<ExpectedMonth> expected{};
};

struct ImportOutcome {
    std::vector<Finding> findings;             ///< of rules and month, stops first
    std::optional<store::StoredMonth> stored;  ///< none when a finding stops the month
    std::uint64_t charge_lines = 0;
    bool took_prior_from_store = false;
    double read_seconds = 0;
    double store_seconds = 0;
};

[[nodiscard]] ImportOutcome import_month(store::Session& session, const ImportRequest& request);

}  // namespace yuanliu::jobs
