// Why this file: one connection, seen by the listener; the HTTP library stays in connection.cpp.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <string>

#include "server/http/listener.hpp"
#include "server/http/wire.hpp"

namespace yuanliu::http {

/// What all connections share. Everything but `waiting` is touched on the one network thread only.
struct ConnectionContext {
    const ListenerOptions& options;
    Service& service;
    boost::asio::thread_pool& workers;
    std::atomic<std::size_t> waiting{0};
    BodyCount bodies{};
    bool stopping = false;
};

class Connection {
  public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection(Connection&&) = delete;
    Connection& operator=(Connection&&) = delete;
    virtual ~Connection() = default;
    /// Ends the connection now if it is idle (or in any state, when forced).
    virtual void close(bool force) = 0;
    [[nodiscard]] virtual boost::asio::awaitable<void> serve(std::shared_ptr<Connection> self) = 0;
};

[[nodiscard]] std::shared_ptr<Connection> make_connection(boost::asio::ip::tcp::socket socket,
                                                          std::string remote,
                                                          ConnectionContext& context);

}  // namespace yuanliu::http
