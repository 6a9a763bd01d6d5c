// Why this file: one stored month is computed and posted, as a job: the same computation as
// headless, on a folder of the stored month, with the rules that were imported with it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "server/jobs/job_hooks.hpp"
#include "server/store/run_store.hpp"
#include "server/usecase/compute_month.hpp"

namespace yuanliu::jobs {

struct RunRequest {
    std::string hospital;  ///< blank: the only one
    Period period;
    std::filesystem::path snapshots;
    const ParallelFor& parallel_for;
    /// Makes JSON of findings; words and form belong to the caller.
    std::function<std::string(const std::vector<Finding>&)> findings_document;
    JobHooks hooks{};
    usecase::Finish finish = usecase::Finish::certified;
};

struct RunOutcome {
    usecase::ComputeOutcome computed;
    std::optional<std::int64_t> run_no;  ///< none when a finding stops the run
};

/// Computes on the snapshot; one that was damaged on disk is written anew, once.
[[nodiscard]] usecase::ComputeOutcome compute_stored(store::Session& session,
                                                     const store::StoredMonth& month,
                                                     const RunRequest& request);

/// For a worker that has claimed the job, which is done with the result. Throws StoreError:
/// month_changed.
[[nodiscard]] RunOutcome compute_and_post(store::Session& session, const store::StoredMonth& month,
                                          const RunRequest& request);

/// Throws StoreError: month_missing, run_already_active, month_changed.
[[nodiscard]] RunOutcome run_month(store::Session& session, const RunRequest& request);

}  // namespace yuanliu::jobs
