// Why this file: see grouping.hpp.
#include "server/api/grouping.hpp"

namespace yuanliu::api {
namespace {

http::Response grouping_of_case(const http::Call& call, store::ConnectionPool& pool,
                                ComputedMonths& months, const TellGrouping& tell) {
    const int period = period_of(call.placeholder("period"));
    const std::string& encounter = call.placeholder("encounter");
    const auto [run, computed] = explained_month(pool, months, period);
    auto told = tell(computed->outcome, encounter, call.request.language);
    if (!told) {
        throw http::Refusal(http::ProblemCode::not_found, {"case", encounter});
    }
    (*told)["run_id"] = run.run_id;
    return http::json_response(200, *told);
}

}  // namespace

void add_grouping_routes(http::Router& router, const Backend& backend, ComputedMonths& months,
                         const TellGrouping& tell) {
    store::ConnectionPool& pool = backend.pool;
    router.add({.method = "GET",
                .pattern = "/api/v1/months/{period}/cases/{encounter}/grouping",
                .handle = [&pool, &months, tell](auto& call) {
                    return grouping_of_case(call, pool, months, tell);
                }});
}

}  // namespace yuanliu::api
