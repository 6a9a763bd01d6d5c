// Why this file: the list of months, newest first.
#include "server/api/months.hpp"

namespace yuanliu::api {

namespace json = boost::json;
using store::cell;

namespace {

json::object rendered(const store::Row& row, const std::vector<store::Row>& feeds) {
    json::object states;
    for (const store::Row& feed : feeds) {
        if (cell(feed, 0) == cell(row, 0) && cell(feed, 1) == cell(row, 2)) {
            states[cell(feed, 2)] = cell(feed, 3);
        }
    }
    json::value run = nullptr;
    if (row[5]) {
        run = json::object{
            {"run_id", cell(row, 5)}, {"result_hash", cell(row, 6)}, {"ended_at", cell(row, 7)}};
    }
    return {{"hospital", cell(row, 0)},
            {"hospital_name", cell(row, 1)},
            {"period", period_text(std::stoi(cell(row, 2)))},
            {"month_hash", cell(row, 3)},
            {"imported_at", cell(row, 4)},
            {"feeds", std::move(states)},
            {"current_run", std::move(run)},
            {"active_job", row[8] ? json::value(cell(row, 8)) : json::value(nullptr)}};
}

}  // namespace

void add_month_routes(http::Router& router, const Backend& backend) {
    store::ConnectionPool& pool = backend.pool;
    router.add({.method = "GET", .pattern = "/api/v1/months", .handle = [&pool](auto&) {
                    const auto lease = pool.lease(store::kRequestPatience);
                    store::ResultReader reader(*lease);
                    const auto feeds = reader.feeds();
                    json::array months;
                    for (const store::Row& row : reader.months()) {
                        months.push_back(rendered(row, feeds));
                    }
                    return http::json_response(200, {{"months", std::move(months)}});
                }});
}

}  // namespace yuanliu::api
