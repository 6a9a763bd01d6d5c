// Why this file: setting up, logging in and out.
#pragma once

#include "server/access/session_keeper.hpp"
#include "server/http/router.hpp"

namespace yuanliu::api {

void add_session_routes(http::Router& router, access::SessionKeeper& sessions, bool secure_cookie);

}  // namespace yuanliu::api
