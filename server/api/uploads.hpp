// Why this file: a month folder arrives file by file, under the names that a month folder may have.
#pragma once

#include "server/api/backend.hpp"

namespace yuanliu::api {

void add_upload_routes(http::Router& router, const Backend& backend);

}  // namespace yuanliu::api
