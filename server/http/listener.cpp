// Why this file: accepts and counts connections, and ends them in order. One thread does all
// network work; handlers run on the workers.
#include "server/http/listener.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <map>
#include <set>

#include "server/http/connection.hpp"

namespace yuanliu::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class Listener::Impl {
  public:
    Impl(ListenerOptions options, Service& service)
        : options_(std::move(options)),
          workers_(options_.workers),
          context_{.options = options_, .service = service, .workers = workers_},
          acceptor_(io_),
          signals_(io_),
          deadline_(io_) {
        const tcp::endpoint endpoint(asio::ip::make_address(options_.address), options_.port);
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        acceptor_.bind(endpoint);
        acceptor_.listen();
    }

    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    void run(bool until_signal) {
        if (until_signal) {
            signals_.add(SIGTERM);
            signals_.add(SIGINT);
            signals_.async_wait([this](error_code error, int) {
                if (!error) {
                    begin_stop();
                }
            });
            let_signals_in();
        }
        asio::co_spawn(io_, accept(), asio::detached);
        io_.run();
        workers_.join();
    }

    void stop() {
        asio::post(io_, [this] { begin_stop(); });
    }

  private:
    asio::awaitable<void> accept() {
        while (!context_.stopping) {
            error_code error;
            tcp::socket socket(io_);
            auto token = asio::redirect_error(asio::use_awaitable, error);
            co_await acceptor_.async_accept(socket, token);
            if (error == asio::error::operation_aborted || context_.stopping) {
                co_return;
            }
            if (error) {  // out of descriptors, most likely: let some connections end first
                asio::steady_timer pause(io_, std::chrono::milliseconds(100));
                co_await pause.async_wait(token);
                continue;
            }
            admit(std::move(socket));
        }
    }

    /// One that came during the start has waited, and comes now.
    static void let_signals_in() {
        sigset_t ending;
        sigemptyset(&ending);
        sigaddset(&ending, SIGTERM);
        sigaddset(&ending, SIGINT);
        pthread_sigmask(SIG_UNBLOCK, &ending, nullptr);
    }

    void admit(tcp::socket socket) {
        error_code error;
        const tcp::endpoint peer = socket.remote_endpoint(error);
        if (error) {
            return;
        }
        const std::string remote = plain_address(peer.address().to_string());
        if (connections_.size() >= options_.max_connections || has_too_many(remote)) {
            return;  // the socket closes; answering would cost what the limit saves
        }
        socket.set_option(tcp::no_delay(true), error);
        ++per_address_[remote];
        const auto connection = make_connection(std::move(socket), remote, context_);
        connections_.insert(connection);
        asio::co_spawn(io_, connection->serve(connection),
                       [this, connection, remote](const std::exception_ptr&) {
                           connections_.erase(connection);
                           if (--per_address_[remote] == 0) {
                               per_address_.erase(remote);
                           }
                           end_if_empty();
                       });
    }

    /// A proxy of ours speaks for many.
    [[nodiscard]] bool has_too_many(const std::string& remote) const {
        const auto found = per_address_.find(remote);
        return found != per_address_.end() &&
               found->second >= options_.max_connections_per_address &&
               std::find(options_.proxies.begin(), options_.proxies.end(), remote) ==
                   options_.proxies.end();
    }

    void begin_stop() {
        if (context_.stopping) {
            return;
        }
        context_.stopping = true;
        context_.service.stopping();
        error_code error;
        acceptor_.close(error);
        signals_.cancel(error);
        close_all(false);
        deadline_.expires_after(options_.stop_deadline);
        deadline_.async_wait([this](error_code waited) {
            if (!waited) {
                close_all(true);
            }
        });
        end_if_empty();
    }

    void close_all(bool force) {
        const auto open = connections_;  // closing may take one out
        for (const auto& connection : open) {
            connection->close(force);
        }
    }

    void end_if_empty() {
        if (context_.stopping && connections_.empty()) {
            deadline_.cancel();
        }
    }

    ListenerOptions options_;
    asio::thread_pool workers_;
    asio::io_context io_{1};
    ConnectionContext context_;
    tcp::acceptor acceptor_;
    asio::signal_set signals_;
    asio::steady_timer deadline_;
    std::set<std::shared_ptr<Connection>> connections_;
    std::map<std::string, std::size_t> per_address_;
};

Listener::Listener(ListenerOptions options, Service& service)
    : impl_(std::make_unique<Impl>(std::move(options), service)) {}
Listener::~Listener() = default;
std::uint16_t Listener::port() const {
    return impl_->port();
}
void Listener::run(bool until_signal) {
    impl_->run(until_signal);
}
void Listener::stop() {
    impl_->stop();
}

}  // namespace yuanliu::http
