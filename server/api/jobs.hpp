// Why this file: imports and runs are jobs: ask, watch, cancel.
#pragma once

#include "server/api/backend.hpp"

namespace yuanliu::api {

void add_job_routes(http::Router& router, const Backend& backend);

}  // namespace yuanliu::api
