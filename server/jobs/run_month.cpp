// Why this file: see run_month.hpp.
#include "server/jobs/run_month.hpp"

#include <stdexcept>

#include "server/export/result_tables.hpp"
#include "server/jobs/snapshot.hpp"
#include "server/store/job_store.hpp"
#include "server/store/pg_error.hpp"

namespace yuanliu::jobs {
namespace {

namespace fs = std::filesystem;
using store::StoreError;
using store::StoreErrorCode;

bool is_this_month(const usecase::ComputeOutcome& computed, const store::StoredMonth& month) {
    return computed.loaded.month_hash == month.month_hash &&
           computed.loaded.prior_hash == month.prior_hash &&
           computed.rules.rules_hash == month.rules_hash;
}

}  // namespace

usecase::ComputeOutcome compute_stored(store::Session& session, const store::StoredMonth& month,
                                       const RunRequest& request) {
    for (int attempt = 0; attempt < 2; ++attempt) {
        usecase::reach(request.hooks.progress, "read", 50);
        const fs::path rules = rules_of(session, month, request.snapshots);
        const fs::path folder = snapshot_of(session, month, request.snapshots);
        usecase::ComputeOutcome computed = usecase::compute_month(
            folder, rules, request.parallel_for, request.finish, request.hooks.progress);
        if (is_this_month(computed, month)) {
            return computed;
        }
        discard_snapshot(folder);
        // Other months and reports read the same rules: only a copy that is not theirs goes.
        if (computed.rules.rules_hash != month.rules_hash) {
            discard_rules(rules);
        }
    }
    const auto now = store::MonthStore(session).find(month.hospital, month.period);
    if (!now || now->import_no != month.import_no) {
        throw StoreError(StoreErrorCode::month_changed, month.period.text());
    }
    throw std::runtime_error("the stored month " + month.period.text() +
                             " is not what was imported: import it again");
}

RunOutcome compute_and_post(store::Session& session, const store::StoredMonth& month,
                            const RunRequest& request) {
    const auto started = std::chrono::system_clock::now();
    RunOutcome out{.computed = compute_stored(session, month, request), .run_no = std::nullopt};
    if (request.hooks.found) {
        request.hooks.found(out.computed.findings);
    }
    if (out.computed.certificate) {
        usecase::reach(request.hooks.progress, "store_result", 850);
        out.run_no = store::RunStore(session).post(
            {.month = month,
             .certificate = *out.computed.certificate,
             .tables = out.computed.tables,
             .findings = request.findings_document(out.computed.findings),
             .started = started,
             .job_no = request.hooks.job_no,
             .group_names =
                 exporting::group_names_table(out.computed.loaded.month, out.computed.result.profit)
                     .text});
    }
    return out;
}

RunOutcome run_month(store::Session& session, const RunRequest& request) {
    const auto month = store::MonthStore(session).find(request.hospital, request.period);
    if (!month) {
        throw StoreError(StoreErrorCode::month_missing,
                         request.period.text() + " has not been imported");
    }
    store::JobStore job_store(session);
    job_store.reclaim();
    const int job_no =
        job_store.start(month->hospital_id, store::period_number(month->period), "run");
    try {
        RunRequest tied = request;
        tied.hooks.job_no = job_no;
        RunOutcome out = compute_and_post(session, *month, tied);
        if (out.run_no) {
            job_store.release(job_no);
        } else {
            job_store.end(job_no, store::JobEnd::failed, "findings");
        }
        return out;
    } catch (const std::exception& failure) {
        if (session.is_reusable()) {
            job_store.end(job_no, store::JobEnd::failed, error_name_of(failure));
        }
        throw;
    }
}

}  // namespace yuanliu::jobs
