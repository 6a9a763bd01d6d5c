// Why this file: 来龙去脉 of one figure. It is read from the computed month, which is kept when a
// run ends, and computed once more when the server has started anew since.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

#include "server/api/backend.hpp"
#include "server/jobs/run_month.hpp"

namespace yuanliu::api {

/// The current run's month, computed and kept in memory; one at a time. At most one request
/// computes and few wait, shortly: the workers belong to everybody.
class ComputedMonths {
  public:
    static constexpr int kMostWaiting = 2;
    static constexpr std::chrono::milliseconds kLongestWait{1000};

    ComputedMonths(std::filesystem::path snapshots, ParallelFor parallel_for)
        : snapshots_(std::move(snapshots)), parallel_for_(std::move(parallel_for)) {}

    struct Computed {
        std::string run_id;
        usecase::ComputeOutcome outcome;
        std::filesystem::path month_dir;
    };
    using Shared = std::shared_ptr<const Computed>;
    /// Computes the month of a run; throws what `progress` throws.
    using Compute = std::function<Shared(const usecase::Progress& progress)>;

    /// A run that was just posted: its month is at hand, so the first explanation need not compute.
    void keep(const std::string& run_id, usecase::ComputeOutcome&& outcome,
              std::filesystem::path month_dir);
    /// Throws Refusal (overloaded) when others keep it busy or the server ends, and what `compute`
    /// throws. Hold nothing that others need meanwhile.
    [[nodiscard]] Shared get(const std::string& run_id, const Compute& compute);
    /// From any thread: nothing is computed any more, and what is at work ends soon.
    void stop();
    [[nodiscard]] const ParallelFor& parallel_for() const { return parallel_for_; }
    /// Ends between two indexes when the server ends.
    [[nodiscard]] ParallelFor stoppable_loop() const;
    [[nodiscard]] const std::filesystem::path& snapshots() const { return snapshots_; }

  private:
    class Turn;
    /// What is there after a short wait for who computes; null = it is our turn.
    [[nodiscard]] Shared wait_for_turn(const std::string& run_id);
    [[nodiscard]] Shared find(const std::string& run_id) const;
    void check_stop() const;

    std::filesystem::path snapshots_;
    ParallelFor parallel_for_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::atomic<bool> stopping_{false};
    bool is_computing_ = false;
    int waiting_ = 0;
    Shared last_;
};

/// The month of the run that people see, computed, with the run.
struct ExplainedMonth {
    store::VisibleRun run;
    ComputedMonths::Shared computed;
};
/// Throws Refusal: not_found, month_not_computed, month_changed_since_run, overloaded. Hold no
/// session of the pool meanwhile.
[[nodiscard]] ExplainedMonth explained_month(store::ConnectionPool& pool, ComputedMonths& months,
                                             int period);

void add_explanation_routes(http::Router& router, const Backend& backend, ComputedMonths& months);

}  // namespace yuanliu::api
