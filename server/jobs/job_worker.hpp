// Why this file: takes jobs that were asked for through the API and does them, one at a time, on a
// thread of its own; survives a database that dies under it.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/parallel.hpp"
#include "server/jobs/job_hooks.hpp"
#include "server/jobs/retention.hpp"
#include "server/store/job_store.hpp"
#include "server/usecase/compute_month.hpp"

namespace yuanliu::jobs {

struct WorkerParts {
    store::ConnectionPool& pool;
    std::filesystem::path uploads;    ///< UPLOAD/month, UPLOAD/rules
    std::filesystem::path snapshots;  ///< folders of stored months
    std::filesystem::path scratch;    ///< of work, gone with it
    std::filesystem::path rules;      ///< for uploads that bring none; may be blank
    RetentionLimits limits{};
    ParallelFor parallel_for;
    std::function<std::string(const std::vector<Finding>&)> findings_document;  ///< of a posted run
    std::function<std::string(const std::vector<Finding>&)> findings_array;     ///< of a job
    std::function<void(const char* event, const std::string& detail)> log;      ///< what went wrong
    std::function<void(const char* event, const std::string& detail)> note;     ///< what was done
    /// Takes the month of a posted run (run id, values, its folder); may be empty.
    std::function<void(const std::string&, usecase::ComputeOutcome&&, std::filesystem::path)> keep;
};

class JobWorker {
  public:
    explicit JobWorker(WorkerParts parts);
    JobWorker(const JobWorker&) = delete;
    JobWorker& operator=(const JobWorker&) = delete;
    JobWorker(JobWorker&&) = delete;
    JobWorker& operator=(JobWorker&&) = delete;
    /// Lets the job at work end.
    ~JobWorker();
    /// Takes no further job; true when the one at work has ended in time.
    [[nodiscard]] bool finish(std::chrono::milliseconds longest);
    /// There is something to do.
    void wake();

  private:
    void loop();
    /// Takes away what has expired, once an hour.
    void tidy();
    /// False when there was nothing to do.
    bool take_one();
    /// The oldest that we can do: what was uploaded to another server of this database is its own.
    [[nodiscard]] std::optional<store::Job> claim_next(store::Session& session);
    void work(store::Session& session, const store::Job& job);
    void import(store::Session& session, const store::Job& job);
    void run(store::Session& session, const store::Job& job);
    /// What ties the work to its job. The session is the one that does the work.
    [[nodiscard]] JobHooks hooks(store::Session& session, const store::Job& job);
    void end(store::Session& session, const store::Job& job, bool is_done);
    void sleep(std::chrono::milliseconds time);

    WorkerParts parts_;
    std::chrono::steady_clock::time_point next_tidy_{};
    std::mutex mutex_;
    std::condition_variable woken_;
    bool is_woken_ = false;
    bool stopping_ = false;
    bool ended_ = false;
    std::thread thread_;
};

}  // namespace yuanliu::jobs
