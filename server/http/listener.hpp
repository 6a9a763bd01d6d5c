// Why this file: the door. It accepts connections, guards framing, limits and time, and hands whole
// requests to a Service on worker threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "server/http/message.hpp"
#include "server/http/wire.hpp"

namespace yuanliu::http {

struct ListenerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8480;  ///< 0 = any free one
    std::size_t workers = 8;
    std::size_t max_connections = 1000;
    std::size_t max_connections_per_address = 200;
    std::size_t max_waiting = 64;  ///< requests handed to workers and not answered
    std::size_t max_bodies = 500;  ///< bodies that are arriving
    std::size_t max_bodies_per_address = 100;
    std::vector<std::string> hosts{};    ///< names it answers to; empty = any
    std::vector<std::string> proxies{};  ///< plain addresses of peers that speak for others
    std::chrono::milliseconds header_deadline{10'000};
    std::chrono::milliseconds idle_deadline{75'000};
    std::chrono::milliseconds body_grace{5'000};  ///< a body kept in memory is whole by then
    std::chrono::milliseconds write_stall{30'000};
    std::chrono::milliseconds stop_deadline{8'000};
    std::size_t body_bytes_per_second = 1024;

    [[nodiscard]] BodyPlaces body_places() const {
        return {.all = max_bodies, .of_one_address = max_bodies_per_address};
    }
};

class Listener {
  public:
    /// Binds at once; throws std::system_error when the address can't be had.
    Listener(ListenerOptions options, Service& service);
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    Listener(Listener&&) = delete;
    Listener& operator=(Listener&&) = delete;
    ~Listener();

    [[nodiscard]] std::uint16_t port() const;
    /// Serves until stop() or, when asked, SIGTERM or SIGINT; requests in flight are answered.
    void run(bool until_signal);
    /// From any thread.
    void stop();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace yuanliu::http
