// Why this file: parts of the sheet of a department that stand in files of their own: cost by
// attribute, and earlier months beside this one (docs/reports.md §6).
#pragma once

#include <string>

#include "server/report/reports.hpp"

namespace yuanliu::report {

/// Fixed and variable, capital, controllable: by cost line.
[[nodiscard]] Section attribute_section(const ReportInput& input, DepartmentId department,
                                        Report& report);
/// Full cost beside that of earlier months, by cost line, with the change and its percent.
[[nodiscard]] Section earlier_section(const ReportInput& input, DepartmentId department,
                                      const EarlierBooks& earlier);

}  // namespace yuanliu::report
