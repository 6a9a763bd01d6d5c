// Why this file: the contract and the router are compared both ways, so that neither grows alone.
#include "server/api/routes.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

namespace yuanliu::api {
namespace {

/// "GET /api/v1/months" for every operation of the contract: paths stand at two blanks, methods at
/// four.
std::set<std::string> routes_of_contract() {
    std::ifstream in(std::string(YUANLIU_SOURCE_DIR) + "/server/api/openapi.yaml");
    std::set<std::string> routes;
    std::string path;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("components:")) {
            break;
        }
        if (line.starts_with("  /") && line.ends_with(":")) {
            path = line.substr(2, line.size() - 3);
        }
        for (const std::string method : {"get", "post", "put", "delete", "patch"}) {
            if (line == "    " + method + ":") {
                std::string upper = method;
                for (char& c : upper) {
                    c = static_cast<char>(c - 'a' + 'A');
                }
                routes.insert(upper + " " + path);
            }
        }
    }
    return routes;
}

TEST(RoutesTest, AreThoseOfTheContractBothWays) {
    store::ConnectionPool pool("", 1);  // nothing is asked of it
    store::PgAccessStore access_store(pool);
    access::SessionKeeper sessions(access_store, [] { return std::chrono::steady_clock::now(); });
    ComputedMonths months({}, {});
    ReportDesk desk({}, {});
    const http::Router router =
        all_routes({.system = {.schema_version = {}},
                    .sessions = sessions,
                    .secure_cookie = false,
                    .backend = {.pool = pool, .uploads = {}, .wake_worker = {}},
                    .months = months,
                    .desk = desk});
    std::set<std::string> routes;
    for (const http::Route& route : router.routes()) {
        EXPECT_TRUE(routes.insert(route.method + " " + route.pattern).second) << "twice";
        const bool changes = route.method != "GET";
        EXPECT_TRUE(!changes || route.access != http::Access::session)
            << route.pattern << " changes something without a CSRF token";
    }
    EXPECT_EQ(routes, routes_of_contract());
    EXPECT_GT(routes.size(), 20U);
}

}  // namespace
}  // namespace yuanliu::api
