// Why this file: long work is queued in the database, so that it is known after a crash, is done by
// one worker, and a hospital's month has one active run. A worker holds an advisory lock as long as
// it works: whose lock is free is dead.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/period.hpp"
#include "server/store/connection_pool.hpp"

namespace yuanliu::store {

struct Job {
    int job_no = 0;
    std::int16_t hospital_id = 0;  ///< 0: of an import for a hospital without a month
    int period = 0;                ///< yyyymm
    std::string kind;
    std::string hospital;  ///< its code; blank as long as it has no month
};

/// A job that waits.
struct QueuedJob {
    int job_no = 0;
    std::string kind;
    std::string upload;  ///< of an import that was asked for by an upload
};

enum class JobEnd : std::uint8_t { done, failed, cancelled };

/// Every method is a transaction of its own.
class JobStore {
  public:
    explicit JobStore(Session& session) : session_(session) {}

    /// A job of this very session, never seen by others but at work, so that a kill leaves nothing
    /// that waits. Throws StoreError (run_already_active) for a second run of a month.
    int start(std::int16_t hospital_id, int period, const std::string& kind);
    /// Takes the oldest queued job, or the named one; this session must stay with the worker.
    [[nodiscard]] std::optional<Job> claim(int job_no = 0);
    /// Oldest first.
    [[nodiscard]] std::vector<QueuedJob> queued();
    void report(int job_no, const std::string& stage, int permille);
    void end(int job_no, JobEnd end, const std::string& error = {});
    /// Lets go of a job that ended with `end_job_within`.
    void release(int job_no);
    /// Marks jobs of dead workers as interrupted, also those that wait for nobody; how many.
    int reclaim();

  private:
    Session& session_;
};

/// Marks a job as done inside the open transaction of its effect, as its last statement.
void end_job_within(Transaction& transaction, int job_no);

}  // namespace yuanliu::store
