// Why this file: what ties work to the job that it is done for: progress, cancellation, findings,
// and the end, which is written in the transaction of the effect: a job is done if and only if its
// effect is there.
#pragma once

#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "server/store/connection_pool.hpp"
#include "server/usecase/progress.hpp"

namespace yuanliu::jobs {

struct JobHooks {
    int job_no = 0;  ///< 0 = no job
    usecase::Progress progress{};
    /// Keeps the findings, before anything is changed.
    std::function<void(const std::vector<Finding>&)> found{};
};

/// Somebody has asked to end the job.
class JobCancelled : public std::exception {
  public:
    [[nodiscard]] const char* what() const noexcept override { return "cancelled"; }
};

/// Progress that others see at once, written through a session of its own: the work may be inside a
/// transaction. Throws JobCancelled when that was asked for.
[[nodiscard]] usecase::Progress shown_progress(store::ConnectionPool& pool, int job_no);

/// The name of a failure that a job keeps; a store error has its own.
[[nodiscard]] std::string error_name_of(const std::exception& failure);

}  // namespace yuanliu::jobs
