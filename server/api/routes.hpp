// Why this file: all routes of the server in one list, which a test compares with openapi.yaml.
#pragma once

#include "server/access/session_keeper.hpp"
#include "server/api/backend.hpp"
#include "server/api/explanation.hpp"
#include "server/api/grouping.hpp"
#include "server/api/jobs.hpp"
#include "server/api/months.hpp"
#include "server/api/reports.hpp"
#include "server/api/results.hpp"
#include "server/api/session.hpp"
#include "server/api/system.hpp"
#include "server/api/uploads.hpp"

namespace yuanliu::api {

struct RouteParts {
    SystemParts system;
    access::SessionKeeper& sessions;
    bool secure_cookie = false;
    Backend backend;
    ComputedMonths& months;
    ReportDesk& desk;
    TellGrouping tell_grouping{};
};

[[nodiscard]] inline http::Router all_routes(const RouteParts& parts) {
    http::Router router;
    add_system_routes(router, parts.system);
    add_session_routes(router, parts.sessions, parts.secure_cookie);
    add_month_routes(router, parts.backend);
    add_upload_routes(router, parts.backend);
    add_job_routes(router, parts.backend);
    add_result_routes(router, parts.backend);
    add_explanation_routes(router, parts.backend, parts.months);
    add_report_routes(router, parts.backend, parts.months, parts.desk);
    add_grouping_routes(router, parts.backend, parts.months, parts.tell_grouping);
    return router;
}

}  // namespace yuanliu::api
