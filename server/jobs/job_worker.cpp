// Why this file: see job_worker.hpp.
#include "server/jobs/job_worker.hpp"

#include "server/jobs/import_month.hpp"
#include "server/jobs/run_month.hpp"
#include "server/jobs/snapshot.hpp"
#include "server/jobs/upload_folder.hpp"
#include "server/store/pg_error.hpp"
#include "server/store/request_store.hpp"

namespace yuanliu::jobs {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto kPause = 1000ms;
constexpr auto kPauseAfterFailure = 2000ms;
constexpr auto kTidyInterval = 1h;

Period period_of(int number) {
    return Period::parse(std::to_string(number).insert(4, 1, '-')).value();
}

}  // namespace

JobWorker::JobWorker(WorkerParts parts) : parts_(std::move(parts)), thread_([this] { loop(); }) {}

JobWorker::~JobWorker() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_all();
    thread_.join();
}

bool JobWorker::finish(std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    woken_.notify_all();
    return woken_.wait_for(lock, longest, [this] { return ended_; });
}

void JobWorker::wake() {
    {
        const std::lock_guard lock(mutex_);
        is_woken_ = true;
    }
    woken_.notify_all();
}

void JobWorker::sleep(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, time, [this] { return stopping_ || is_woken_; });
    is_woken_ = false;
}

void JobWorker::loop() {
    while (true) {
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) {
                ended_ = true;
                woken_.notify_all();
                return;
            }
        }
        try {
            tidy();
            if (!take_one()) {
                sleep(kPause);
            }
        } catch (const std::exception& failure) {
            parts_.log("job_failed", failure.what());
            sleep(kPauseAfterFailure);
        }
    }
}

void JobWorker::tidy() {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_tidy_) {
        return;
    }
    const auto lease = parts_.pool.lease();
    const Removed removed =
        remove_expired(*lease, parts_.uploads, parts_.limits, std::chrono::system_clock::now());
    next_tidy_ = now + kTidyInterval;
    parts_.note("expired_removed", "keys " + std::to_string(removed.request_keys) + ", jobs " +
                                       std::to_string(removed.jobs) + ", uploads " +
                                       std::to_string(removed.uploads));
}

bool JobWorker::take_one() {
    const auto lease = parts_.pool.lease();
    store::JobStore jobs(*lease);
    if (const int lost = jobs.reclaim(); lost > 0) {
        parts_.log("jobs_interrupted", std::to_string(lost));
    }
    const auto job = claim_next(*lease);
    if (!job) {
        return false;
    }
    try {
        work(*lease, *job);
    } catch (const JobCancelled&) {
        jobs.end(job->job_no, store::JobEnd::cancelled);
    } catch (const std::exception& failure) {
        // A session that is still whole can say so itself; else the job is found dead and
        // reclaimed.
        if (lease->is_reusable()) {
            jobs.end(job->job_no, store::JobEnd::failed, error_name_of(failure));
        }
        throw;
    }
    return true;
}

std::optional<store::Job> JobWorker::claim_next(store::Session& session) {
    store::JobStore jobs(session);
    for (const store::QueuedJob& waiting : jobs.queued()) {
        const bool is_elsewhere = waiting.kind == "import" && !waiting.upload.empty() &&
                                  freeze_upload(parts_.uploads, waiting.upload).empty();
        if (is_elsewhere) {
            continue;
        }
        if (auto job = jobs.claim(waiting.job_no)) {
            return job;
        }
    }
    return std::nullopt;
}

void JobWorker::work(store::Session& session, const store::Job& job) {
    if (store::RequestStore(session).is_cancel_asked(job.job_no)) {
        store::JobStore(session).end(job.job_no, store::JobEnd::cancelled);
    } else if (job.kind == "import") {
        import(session, job);
    } else {
        run(session, job);
    }
}

JobHooks JobWorker::hooks(store::Session& session, const store::Job& job) {
    return {.job_no = job.job_no,
            .progress = shown_progress(parts_.pool, job.job_no),
            .found = [this, &session, &job](const std::vector<Finding>& findings) {
                store::RequestStore(session).keep_findings(job.job_no,
                                                           parts_.findings_array(findings));
            }};
}

void JobWorker::end(store::Session& session, const store::Job& job, bool is_done) {
    store::JobStore jobs(session);
    if (is_done) {  // written with its effect
        jobs.release(job.job_no);
    } else {
        jobs.end(job.job_no, store::JobEnd::failed, "findings");
    }
}

void JobWorker::import(store::Session& session, const store::Job& job) {
    const store::AskedImport asked = store::RequestStore(session).import_of(job.job_no);
    const fs::path upload = freeze_upload(parts_.uploads, asked.upload);
    if (upload.empty()) {
        throw std::runtime_error("job " + std::to_string(job.job_no) + ": no upload '" +
                                 asked.upload + "'");
    }
    const bool own_rules = fs::exists(upload / "rules");
    const ImportOutcome outcome = import_month(
        session,
        {.month = upload / "month",
         .rules = own_rules ? upload / "rules" : parts_.rules,
         .parallel_for = parts_.parallel_for,
         .scratch = parts_.scratch,
         .hooks = hooks(session, job),
         .expected = ExpectedMonth{.hospital = asked.hospital, .period = period_of(job.period)}});
    end(session, job, outcome.stored.has_value());
    std::error_code ignored;
    fs::remove_all(upload, ignored);
}

void JobWorker::run(store::Session& session, const store::Job& job) {
    const RunRequest request{.hospital = job.hospital,
                             .period = period_of(job.period),
                             .snapshots = parts_.snapshots,
                             .parallel_for = parts_.parallel_for,
                             .findings_document = parts_.findings_document,
                             .hooks = hooks(session, job)};
    const auto month = store::MonthStore(session).find(request.hospital, request.period);
    if (!month) {
        throw store::StoreError(store::StoreErrorCode::month_missing, request.period.text());
    }
    RunOutcome outcome = compute_and_post(session, *month, request);
    if (outcome.run_no && parts_.keep) {  // before the end, so that whoever waited finds it
        const std::string run_id = outcome.computed.certificate->run_id;
        parts_.keep(run_id, std::move(outcome.computed),
                    snapshot_of(session, *month, parts_.snapshots));
    }
    end(session, job, outcome.run_no.has_value());
}

}  // namespace yuanliu::jobs
