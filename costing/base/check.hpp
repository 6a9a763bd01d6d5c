// Why this file: a claim that turns out false is a bug of ours, never the user's; it must stop the
// run in release builds too.
#pragma once

#include <stdexcept>
#include <string>

namespace yuanliu {

/// Thrown when an internal claim is false. Caught only at the edge of a run: nothing is written.
class InvariantViolation : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

/// Throws InvariantViolation that names the claim and its place.
[[noreturn]] void fail_check(const char* claim, const char* file, int line);

}  // namespace yuanliu

/// Throws InvariantViolation unless `claim` holds. Always on, in every build.
#define YUANLIU_CHECK(claim)                                   \
    do {                                                       \
        if (!(claim)) {                                        \
            ::yuanliu::fail_check(#claim, __FILE__, __LINE__); \
        }                                                      \
    } while (false)
