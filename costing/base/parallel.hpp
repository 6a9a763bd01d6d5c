// Why this file: pure modules own no threads; whoever calls them injects how a loop is spread.
#pragma once

#include <cstddef>
#include <functional>

namespace yuanliu {

/// Calls body(i) for i in [0, n), in any order, maybe at once; returns when all are done.
using ParallelFor =
    std::function<void(std::size_t n, const std::function<void(std::size_t)>& body)>;

}  // namespace yuanliu
