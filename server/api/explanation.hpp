// Why this file: 来龙去脉 of one figure. It is read from the computed month, which is kept when a
// run ends, and computed once more when the server has started anew since.
#pragma once

#include <memory>
#include <mutex>

#include "server/api/backend.hpp"
#include "server/jobs/run_month.hpp"

namespace yuanliu::api {

/// The current run's month, computed and kept in memory; one at a time.
class ComputedMonths {
  public:
    ComputedMonths(std::filesystem::path snapshots, ParallelFor parallel_for)
        : snapshots_(std::move(snapshots)), parallel_for_(std::move(parallel_for)) {}

    struct Computed {
        std::string run_id;
        usecase::ComputeOutcome outcome;
        std::filesystem::path month_dir;
    };
    /// A run that was just posted: its month is at hand, so the first explanation need not compute.
    void keep(const std::string& run_id, usecase::ComputeOutcome&& outcome,
              std::filesystem::path month_dir);
    /// Throws Refusal when the month is no longer what the run was computed from, or when others
    /// keep it busy.
    [[nodiscard]] std::shared_ptr<const Computed> get(store::Session& session, int period,
                                                      const store::VisibleRun& run);
    [[nodiscard]] const ParallelFor& parallel_for() const { return parallel_for_; }

  private:
    std::filesystem::path snapshots_;
    ParallelFor parallel_for_;
    std::timed_mutex mutex_;
    std::shared_ptr<const Computed> last_;
};

void add_explanation_routes(http::Router& router, const Backend& backend, ComputedMonths& months);

}  // namespace yuanliu::api
