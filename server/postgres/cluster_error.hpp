// Why this file: what keeps the embedded database from starting is told in words for people, each
// with the mend; the type tells it from a bug.
#pragma once

#include <stdexcept>

namespace yuanliu::postgres {

class ClusterError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace yuanliu::postgres
