// Why this file: puts the server together: database, workers, page, door; and takes it apart in
// order.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "server/serve/server_config.hpp"

namespace yuanliu::serve {

/// Words belong to the caller.
struct FindingWords {
    std::function<std::string(const std::vector<Finding>&)> document;  ///< of a posted run
    std::function<std::string(const std::vector<Finding>&)> array;     ///< JSON array of a job
};

/// Serves until SIGTERM or SIGINT. Throws ConfigError, ClusterError, StoreError, std::system_error.
void serve(const ServerConfig& config, const FindingWords& words);

}  // namespace yuanliu::serve
