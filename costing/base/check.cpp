// Why this file: keeps the cold path of YUANLIU_CHECK out of every translation unit that uses it.
#include "costing/base/check.hpp"

namespace yuanliu {

void fail_check(const char* claim, const char* file, int line) {
    throw InvariantViolation(std::string("internal claim is false: ") + claim + " at " + file +
                             ":" + std::to_string(line));
}

}  // namespace yuanliu
