// Why this file: spreads a loop over threads that take the next index when they are free.
#include "server/usecase/thread_loop.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace yuanliu::usecase {
namespace {

void run_loop(unsigned threads, std::size_t n, const std::function<void(std::size_t)>& body) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr first_failure;
    std::mutex failure_mutex;
    const auto work = [&] {
        for (std::size_t i = next++; i < n; i = next++) {
            try {
                body(i);
            } catch (...) {
                const std::scoped_lock lock(failure_mutex);
                if (!first_failure) {
                    first_failure = std::current_exception();
                }
                next = n;
            }
        }
    };
    const std::size_t extra = std::min<std::size_t>(threads, n) - (n == 0 ? 0 : 1);
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 0; i < extra; ++i) {
            others.emplace_back(work);
        }
        work();
    }
    if (first_failure) {
        std::rethrow_exception(first_failure);
    }
}

}  // namespace

ParallelFor make_thread_loop(unsigned threads) {
    const unsigned count =
        threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
    return [count](std::size_t n, const std::function<void(std::size_t)>& body) {
        run_loop(count, n, body);
    };
}

}  // namespace yuanliu::usecase
