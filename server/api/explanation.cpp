// Why this file: answers where a figure comes from; the tree is made and proved by the use case.
#include "server/api/explanation.hpp"

#include "server/api/explanation_json.hpp"
#include "server/jobs/snapshot.hpp"
#include "server/usecase/explain_words.hpp"

namespace yuanliu::api {

using http::ProblemCode;
using http::Refusal;

namespace {

/// What an explanation reads; the finished tables are as large as the month again.
std::shared_ptr<const ComputedMonths::Computed> slim(std::string run_id,
                                                     usecase::ComputeOutcome&& outcome,
                                                     std::filesystem::path month_dir) {
    auto computed = std::make_shared<ComputedMonths::Computed>();
    computed->run_id = std::move(run_id);
    computed->outcome = std::move(outcome);
    computed->outcome.tables = {};
    computed->month_dir = std::move(month_dir);
    return computed;
}

}  // namespace

void ComputedMonths::keep(const std::string& run_id, usecase::ComputeOutcome&& outcome,
                          std::filesystem::path month_dir) {
    auto computed = slim(run_id, std::move(outcome), std::move(month_dir));
    const std::lock_guard lock(mutex_);
    last_ = std::move(computed);
}

std::shared_ptr<const ComputedMonths::Computed> ComputedMonths::get(store::Session& session,
                                                                    int period,
                                                                    const store::VisibleRun& run) {
    const std::unique_lock lock(mutex_, std::chrono::seconds(30));
    if (!lock.owns_lock()) {
        throw Refusal(ProblemCode::overloaded);
    }
    if (last_ && last_->run_id == run.run_id) {
        return last_;
    }
    const std::string text = period_text(period);
    const auto month = store::MonthStore(session).find(run.hospital, Period::parse(text).value());
    if (!month || month->month_hash != run.month_hash || month->rules_hash != run.rules_hash) {
        throw Refusal(ProblemCode::month_not_computed, {text});
    }
    last_.reset();  // two months at once would double the memory
    const jobs::RunRequest request{.hospital = run.hospital,
                                   .period = month->period,
                                   .snapshots = snapshots_,
                                   .parallel_for = parallel_for_,
                                   .findings_document = {},
                                   .finish = usecase::Finish::values_only};
    auto outcome = jobs::compute_stored(session, *month, request);
    last_ = slim(run.run_id, std::move(outcome), jobs::snapshot_of(session, *month, snapshots_));
    return last_;
}

namespace {

http::Response explain(const http::Call& call, store::ConnectionPool& pool,
                       ComputedMonths& months) {
    const int period = period_of(call.placeholder("period"));
    const std::string cell = parameter(call, "cell");
    const auto lease = pool.lease(store::kRequestPatience);
    store::VisibleRun run;
    {
        store::ResultReader reader(*lease);
        run = visible_run(reader, period);
    }
    const auto month = months.get(*lease, period, run);
    const auto explanation = usecase::explain({.outcome = month->outcome,
                                               .month_dir = month->month_dir,
                                               .parallel_for = months.parallel_for()},
                                              cell);
    const Language language = call.request.language;
    if (!explanation) {
        const usecase::CellError& error = explanation.error();
        throw error.unknown
            ? Refusal(ProblemCode::not_found, {usecase::name_in(language, *error.unknown),
                                               error.code + usecase::near_in(language, error)})
            : Refusal(ProblemCode::parameter_invalid, {"cell", usecase::kCellGrammar});
    }
    return http::json_response(200, explanation_json(*explanation, cell, run.run_id, language));
}

}  // namespace

void add_explanation_routes(http::Router& router, const Backend& backend, ComputedMonths& months) {
    store::ConnectionPool& pool = backend.pool;
    router.add({.method = "GET",
                .pattern = "/api/v1/months/{period}/explanation",
                .handle = [&pool, &months](auto& call) { return explain(call, pool, months); }});
}

}  // namespace yuanliu::api
