// Why this file: renders an explanation; its parts sum to the figure, which is checked where it is
// made.
#include "server/api/explanation.hpp"

#include "server/jobs/snapshot.hpp"
#include "server/usecase/explain.hpp"

namespace yuanliu::api {

namespace json = boost::json;
using http::ProblemCode;
using http::Refusal;

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
                                   .findings_document = {}};
    auto computed = std::make_shared<Computed>();
    computed->run_id = run.run_id;
    computed->outcome = jobs::compute_stored(session, *month, request);
    computed->month_dir = jobs::snapshot_of(session, *month, snapshots_);
    last_ = computed;
    return computed;
}

namespace {

json::object rendered(const usecase::SourceLine& line) {
    return {{"reference", line.reference},
            {"text", line.text},
            {"quantity", line.quantity.empty() ? json::value(nullptr) : json::value(line.quantity)},
            {"amount", line.amount.text()}};
}

json::object rendered(const usecase::ExplanationPart& part) {
    json::array lines;
    for (const usecase::SourceLine& line : part.lines) {
        lines.push_back(rendered(line));
    }
    return {{"amount", part.amount.text()},
            {"kind", usecase::word_of(part.kind)},
            {"label", part.label},
            {"formula", part.formula},
            {"cell", part.cell.empty() ? json::value(nullptr) : json::value(part.cell)},
            {"lines", std::move(lines)}};
}

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
    const auto explanation =
        usecase::explain({.outcome = month->outcome,
                          .month_dir = month->month_dir,
                          .parallel_for = months.parallel_for(),
                          .chinese = call.request.language == http::Language::zh},
                         cell);
    if (!explanation) {
        const usecase::CellError& error = explanation.error();
        throw error.kind == usecase::CellError::Kind::malformed
            ? Refusal(ProblemCode::parameter_invalid,
                      {"cell", "patient:ENCOUNTER, department:CODE[:COST_ITEM[:FUND_SOURCE]]"})
            : Refusal(ProblemCode::not_found, {error.what, error.code});
    }
    json::array parts;
    for (const usecase::ExplanationPart& part : explanation->parts) {
        parts.push_back(rendered(part));
    }
    return http::json_response(200, {{"run_id", run.run_id},
                                     {"cell", cell},
                                     {"title", explanation->title},
                                     {"total", explanation->total.text()},
                                     {"parts", std::move(parts)}});
}

}  // namespace

void add_explanation_routes(http::Router& router, const Backend& backend, ComputedMonths& months) {
    store::ConnectionPool& pool = backend.pool;
    router.add({.method = "GET",
                .pattern = "/api/v1/months/{period}/explanation",
                .handle = [&pool, &months](auto& call) { return explain(call, pool, months); }});
}

}  // namespace yuanliu::api
