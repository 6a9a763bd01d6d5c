// Why this file: pure modules own no threads; this is the loop that the shell injects into them.
#pragma once

#include "costing/base/parallel.hpp"

namespace yuanliu::usecase {

/// A loop over `threads` threads (0 = as many as the machine has). An exception of a body is thrown
/// again by the loop.
[[nodiscard]] ParallelFor make_thread_loop(unsigned threads);

}  // namespace yuanliu::usecase
