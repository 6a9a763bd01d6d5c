// Why this file: a report for programs and for the page: the same cells as on paper, as data.
#pragma once

#include <boost/json/object.hpp>

#include "server/report/report.hpp"

namespace yuanliu::report {

/// As `Report` of server/api/openapi.yaml: head, lead, sections with columns, rows and notes.
/// Values are text without separators, blank = there is none; `kinds` of a row has a letter a cell:
/// t text, a amount, n number.
[[nodiscard]] boost::json::object as_json(const Report& report);

}  // namespace yuanliu::report
