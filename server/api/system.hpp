// Why this file: /healthz, /readyz, /version: what a watchdog and a support call ask.
#pragma once

#include <functional>
#include <string>

#include "server/http/router.hpp"

namespace yuanliu::api {

struct SystemParts {
    /// The newest migration in the database; throws access::StoreUnavailable when it is dead.
    std::function<std::string()> schema_version;
};

void add_system_routes(http::Router& router, const SystemParts& parts);

}  // namespace yuanliu::api
