// Why this file: guessing passwords must be slow. Failures are counted for a user and an address
// together, so that a stranger can't lock the finance office out, and for an address alone.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace yuanliu::access {

using SteadyClock = std::function<std::chrono::steady_clock::time_point()>;

class Throttle {
  public:
    explicit Throttle(SteadyClock now) : now_(std::move(now)) {}
    /// Seconds to wait before the next attempt; 0 = go on.
    [[nodiscard]] int wait_seconds(const std::string& username, const std::string& address);
    void failed(const std::string& username, const std::string& address);
    void succeeded(const std::string& username, const std::string& address);

  private:
    struct Window {
        int failures = 0;
        std::chrono::steady_clock::time_point ends;
    };
    [[nodiscard]] int wait_of(const std::string& key, int allowed);
    void count(const std::string& key);

    SteadyClock now_;
    std::mutex mutex_;
    std::map<std::string, Window> windows_;
};

}  // namespace yuanliu::access
