// Why this file: answers where a figure comes from; the tree is made and proved by the use case.
#include "server/api/explanation.hpp"

#include "server/api/explanation_json.hpp"
#include "server/jobs/snapshot.hpp"
#include "server/store/pg_error.hpp"
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
    changed_.notify_all();
}

/// The right to compute, given back at the end.
class ComputedMonths::Turn {
  public:
    explicit Turn(ComputedMonths& months) : months_(months) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    Turn(Turn&&) = delete;
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
        const std::lock_guard lock(months_.mutex_);
        months_.is_computing_ = false;
        months_.changed_.notify_all();
    }

  private:
    ComputedMonths& months_;
};

ComputedMonths::Shared ComputedMonths::get(const std::string& run_id, const Compute& compute) {
    if (auto there = wait_for_turn(run_id)) {
        return there;
    }
    const Turn turn(*this);
    auto computed = compute([this](std::string_view, int) { check_stop(); });
    const std::lock_guard lock(mutex_);
    if (!last_) {  // else a run has ended meanwhile, and its month is the newer one
        last_ = computed;
    }
    return computed;
}

ComputedMonths::Shared ComputedMonths::wait_for_turn(const std::string& run_id) {
    std::unique_lock lock(mutex_);
    if (is_computing_ && !find(run_id) && waiting_ < kMostWaiting) {
        ++waiting_;
        changed_.wait_for(lock, kLongestWait,
                          [&] { return find(run_id) || !is_computing_ || stopping_; });
        --waiting_;
    }
    if (auto there = find(run_id)) {
        return there;
    }
    if (is_computing_) {
        throw Refusal(ProblemCode::overloaded);
    }
    check_stop();
    is_computing_ = true;
    last_.reset();  // two months at once would double the memory
    return {};
}

ComputedMonths::Shared ComputedMonths::find(const std::string& run_id) const {
    const bool is_it =
        last_ && last_->run_id == run_id && std::filesystem::exists(last_->month_dir);
    return is_it ? last_ : nullptr;
}

void ComputedMonths::check_stop() const {
    if (stopping_) {
        throw Refusal(ProblemCode::overloaded);
    }
}

void ComputedMonths::stop() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
}

ParallelFor ComputedMonths::stoppable_loop() const {
    return [this](std::size_t n, const std::function<void(std::size_t)>& body) {
        parallel_for_(n, [&](std::size_t i) {
            check_stop();
            body(i);
        });
    };
}

namespace {

/// Throws Refusal when the month is no longer what the run was computed from.
ComputedMonths::Shared compute(store::ConnectionPool& pool, const ComputedMonths& months,
                               int period, const store::VisibleRun& run,
                               const usecase::Progress& progress) {
    const auto lease = pool.lease(store::kRequestPatience);
    const std::string text = period_text(period);
    const auto month = store::MonthStore(*lease).find(run.hospital, Period::parse(text).value());
    if (!month || month->month_hash != run.month_hash || month->prior_hash != run.prior_hash ||
        month->rules_hash != run.rules_hash) {
        refuse_changed_month(run, period);
    }
    const ParallelFor loop = months.stoppable_loop();
    const jobs::RunRequest request{.hospital = run.hospital,
                                   .period = month->period,
                                   .snapshots = months.snapshots(),
                                   .parallel_for = loop,
                                   .findings_document = {},
                                   .hooks = {.job_no = {}, .progress = progress, .found = {}},
                                   .finish = usecase::Finish::values_only};
    try {
        auto outcome = jobs::compute_stored(*lease, *month, request);
        return slim(run.run_id, std::move(outcome),
                    jobs::snapshot_of(*lease, *month, months.snapshots()));
    } catch (const store::StoreError& failure) {
        if (failure.code() == store::StoreErrorCode::month_changed) {
            refuse_changed_month(run, period);
        }
        throw;
    }
}

store::VisibleRun run_of(store::ConnectionPool& pool, int period) {
    const auto lease = pool.lease(store::kRequestPatience);
    store::ResultReader reader(*lease);
    return visible_run(reader, period);
}

http::Response explain(const http::Call& call, store::ConnectionPool& pool,
                       ComputedMonths& months) {
    const int period = period_of(call.placeholder("period"));
    const std::string cell = parameter(call, "cell");
    const auto [run, month] = explained_month(pool, months, period);
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

ExplainedMonth explained_month(store::ConnectionPool& pool, ComputedMonths& months, int period) {
    store::VisibleRun run = run_of(pool, period);
    if (!run.has_its_month || !run.has_its_prior || !run.has_its_rules) {
        refuse_changed_month(run, period);
    }
    auto computed = months.get(run.run_id, [&](const usecase::Progress& progress) {
        return compute(pool, months, period, run, progress);
    });
    return {.run = std::move(run), .computed = std::move(computed)};
}

void add_explanation_routes(http::Router& router, const Backend& backend, ComputedMonths& months) {
    store::ConnectionPool& pool = backend.pool;
    router.add({.method = "GET",
                .pattern = "/api/v1/months/{period}/explanation",
                .handle = [&pool, &months](auto& call) { return explain(call, pool, months); }});
}

}  // namespace yuanliu::api
