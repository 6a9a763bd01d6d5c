// Why this file: tests of the wire send their own bytes over a real socket; a client library would
// tidy them up.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <thread>

#include "server/http/listener.hpp"

namespace yuanliu::http {

class RawClient {
  public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    RawClient(RawClient&&) = delete;
    RawClient& operator=(RawClient&&) = delete;
    ~RawClient() { ::close(socket_); }

    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// All bytes until the end, or until nothing comes for `patience` milliseconds.
    [[nodiscard]] std::string read_all(int patience) {
        std::string text;
        pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
        while (::poll(&waiting, 1, patience) > 0) {
            std::string piece(65536, '\0');
            const ssize_t got = ::recv(socket_, piece.data(), piece.size(), 0);
            if (got <= 0) {
                ended_ = true;
                break;
            }
            text.append(piece, 0, static_cast<std::size_t>(got));
        }
        return text;
    }
    [[nodiscard]] bool ended() const { return ended_; }
    [[nodiscard]] bool connected() const { return connected_; }

  private:
    int socket_;
    bool connected_ = false;
    bool ended_ = false;
};

/// Answers with what it was asked: "METHOD path body-size".
class EchoService : public Service {
  public:
    Admission admit(Request&) override { return {.answer = {}, .limit = 4096, .file = {}}; }
    Response handle(Request& request) override {
        return {.body = request.method + " " + request.path + " " +
                        std::to_string(request.body.size()) + "\n"};
    }
    Response refuse(const Request&, int status) override { return {.status = status}; }
    void finished(const Request&, int, std::size_t, double) override {}
};

/// A listener on a free port of the loopback, stopped at the end.
class RunningListener {
  public:
    RunningListener(Service& service, ListenerOptions options)
        : listener_(with_free_port(std::move(options)), service),
          thread_([this] { listener_.run(false); }) {}
    RunningListener(const RunningListener&) = delete;
    RunningListener& operator=(const RunningListener&) = delete;
    RunningListener(RunningListener&&) = delete;
    RunningListener& operator=(RunningListener&&) = delete;
    ~RunningListener() {
        listener_.stop();
        if (thread_.joinable()) {
            thread_.join();
        }
    }
    [[nodiscard]] std::uint16_t port() const { return listener_.port(); }
    void stop_and_wait() {
        listener_.stop();
        thread_.join();
    }

  private:
    static ListenerOptions with_free_port(ListenerOptions options) {
        options.port = 0;
        return options;
    }
    Listener listener_;
    std::thread thread_;
};

}  // namespace yuanliu::http
