// Why this file: which months are there, and how far each is.
#pragma once

#include "server/api/backend.hpp"

namespace yuanliu::api {

void add_month_routes(http::Router& router, const Backend& backend);

}  // namespace yuanliu::api
