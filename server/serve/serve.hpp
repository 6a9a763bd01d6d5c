// Why this file: puts the server together: database, workers, page, door; and takes it apart in
// order.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "server/api/grouping.hpp"
#include "server/api/report_kinds.hpp"
#include "server/serve/server_config.hpp"

namespace yuanliu::serve {

/// Words belong to the caller, and so do the reports, which the command prints as well.
struct FindingWords {
    std::function<std::string(const std::vector<Finding>&)> document;  ///< of a posted run
    std::function<std::string(const std::vector<Finding>&)> array;     ///< JSON array of a job
    api::MakeReport report;
    api::TellGrouping grouping;  ///< why a case is in its group
};

/// Serves until SIGTERM or SIGINT. Throws ConfigError, ClusterError, StoreError, std::system_error.
void serve(const ServerConfig& config, const FindingWords& words);

}  // namespace yuanliu::serve
