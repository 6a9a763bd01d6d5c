// Why this file: what the current run of a month found: summary, groups, cases.
#pragma once

#include "server/api/backend.hpp"

namespace yuanliu::api {

void add_result_routes(http::Router& router, const Backend& backend);

}  // namespace yuanliu::api
