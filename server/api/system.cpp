// Why this file: answers without a session and without a secret.
#include "server/api/system.hpp"

#include "server/http/json_body.hpp"

namespace yuanliu::api {

using http::Access;

namespace {

http::Response version(const SystemParts& parts) {
    std::string schema;
    try {
        schema = parts.schema_version();
    } catch (const std::exception&) {
        schema = "unknown";  // the version is asked most when something is down
    }
    return http::json_response(
        200, {{"name", "yuanliu"}, {"version", "0.1.0"}, {"numerics", "1"}, {"schema", schema}});
}

}  // namespace

void add_system_routes(http::Router& router, const SystemParts& parts) {
    router.add(
        {.method = "GET", .pattern = "/healthz", .access = Access::open, .handle = [](auto&) {
             return http::json_response(200, {{"status", "alive"}});
         }});
    router.add(
        {.method = "GET", .pattern = "/readyz", .access = Access::open, .handle = [parts](auto&) {
             (void)parts.schema_version();
             return http::json_response(200, {{"status", "ready"}});
         }});
    router.add(
        {.method = "GET", .pattern = "/version", .access = Access::open, .handle = [parts](auto&) {
             return version(parts);
         }});
}

}  // namespace yuanliu::api
