// Why this file: a report on a terminal, its columns lined up.
#pragma once

#include <string>

#include "server/report/report.hpp"

namespace yuanliu::cli {

[[nodiscard]] std::string as_text(const report::Report& report);

}  // namespace yuanliu::cli
