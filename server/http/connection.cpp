// Why this file: the loop of one connection: header, judge, admit, body, handle, write. Coroutines
// live here only. g++ 12.2 destroys some temporaries of an awaited expression twice, so whatever is
// awaited is built and named in a statement of its own.
#include "server/http/connection.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <fstream>

#include "server/http/framing_guard.hpp"
#include "server/http/wire.hpp"

namespace yuanliu::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

/// Runs on a worker: what the network thread waits for.
asio::awaitable<Admission> admit(Service& service, Request& head) {
    co_return service.admit(head);
}
asio::awaitable<Response> handle(Service& service, Request& request) {
    co_return service.handle(request);
}
asio::awaitable<std::optional<std::string>> poll(std::shared_ptr<EventSource> events) {
    co_return events->poll();
}

/// Where a body goes while it arrives.
class Sink {
  public:
    explicit Sink(const Admission& admission, Request& request) : request_(request) {
        if (!admission.file.empty()) {
            request.body_file = admission.file;
            file_.open(admission.file, std::ios::binary | std::ios::trunc);
            failed_ = !file_;
        }
    }
    void take(const char* data, std::size_t size) {
        if (request_.body_file.empty()) {
            request_.body.append(data, size);
        } else if (!failed_) {
            file_.write(data, static_cast<std::streamsize>(size));
            failed_ = !file_;
        }
    }
    [[nodiscard]] bool close() {
        if (file_.is_open()) {
            file_.close();
            failed_ = failed_ || !file_;
        }
        return !failed_;
    }
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    Request& request_;
    std::ofstream file_;
    bool failed_ = false;
};

using Parser = bhttp::request_parser<bhttp::buffer_body>;

void fill(Request& request, const Parser& parser) {
    const auto& message = parser.get();
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    for (const auto& field : message) {
        std::string name(field.name_string());
        std::transform(name.begin(), name.end(), name.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        request.headers.emplace_back(std::move(name), std::string(field.value()));
    }
    if (const auto length = parser.content_length()) {
        request.content_length = *length;
    }
    request.has_body = parser.chunked() || request.content_length.value_or(0) > 0;
}

class BeastConnection final : public Connection {
  public:
    BeastConnection(tcp::socket socket, std::string remote, ConnectionContext& context)
        : stream_(std::move(socket)), remote_(std::move(remote)), context_(context) {}

    void close(bool force) override {
        if (force || idle_) {
            error_code error;
            stream_.socket().close(error);
        }
    }

    asio::awaitable<void> serve(std::shared_ptr<Connection> self) override {
        keep_ = true;
        while (keep_ && !context_.stopping) {
            const int status = co_await read_header();
            if (status < 0) {
                break;
            }
            co_await serve_one(status);
        }
        co_await linger();
        self.reset();
    }

  private:
    /// 0 = a header is in the buffer, -1 = nobody there, else the status to refuse with.
    asio::awaitable<int> read_header() {
        idle_ = buffer_.size() == 0;
        stream_.expires_after(idle_ ? context_.options.idle_deadline
                                    : context_.options.header_deadline);
        while (true) {
            std::string_view seen = bytes();
            if (seen.starts_with("\r\n")) {  // an empty line left over by an old client
                buffer_.consume(2);
                continue;
            }
            if (is_hopeless(seen)) {
                co_return 400;
            }
            if (const auto end = header_end(seen)) {
                idle_ = false;
                head_size_ = *end;
                co_return *end > kHeaderLimit
                    ? 431
                    : judge_header(seen.substr(0, *end), context_.options.hosts).value_or(0);
            }
            if (seen.size() > kHeaderLimit) {
                co_return 431;
            }
            error_code error;
            auto token = asio::redirect_error(asio::use_awaitable, error);
            const auto space = buffer_.prepare(4096);
            const std::size_t read = co_await stream_.async_read_some(space, token);
            if (error) {
                const bool slow = error == beast::error::timeout && !idle_;
                co_return slow ? 408 : -1;
            }
            if (idle_) {
                idle_ = false;
                stream_.expires_after(context_.options.header_deadline);
            }
            buffer_.commit(read);
        }
    }

    asio::awaitable<void> serve_one(int status) {
        const auto began = Clock::now();
        Request request;
        request.remote = remote_;
        request.request_id = make_request_id();
        Parser parser;
        if (status == 0 && !parse_header(parser, request)) {
            status = 400;
        }
        Response response;
        if (status == 0) {
            response = co_await answer(parser, request);
        } else {
            request.route = "(refused)";
            response = context_.service.refuse(request, status);
            response.close = true;
        }
        keep_ = keep_ && !response.close && !context_.stopping && status == 0 && parser.is_done() &&
                parser.keep_alive();
        const std::size_t sent = co_await write(response, request, parser.get().version());
        const std::chrono::duration<double, std::milli> took = Clock::now() - began;
        context_.service.finished(request, response.status, sent, took.count());
    }

    bool parse_header(Parser& parser, Request& request) {
        error_code error;
        parser.header_limit(kHeaderLimit + 1);
        parser.body_limit(boost::none);
        parser.eager(false);
        const std::size_t used =
            parser.put(asio::const_buffer(buffer_.data().data(), head_size_), error);
        if ((error && error != bhttp::error::need_more) || !parser.is_header_done()) {
            return false;
        }
        buffer_.consume(used);
        fill(request, parser);
        request.remote = client_address(remote_, request, context_.options.proxies);
        return complete_request(request);
    }

    /// The workers are asked twice, and wait for nobody in between: what arrives slowly, slowly
    /// fills a place of its own.
    asio::awaitable<Response> answer(Parser& parser, Request& request) {
        if (request.has_body) {
            Admission admission = co_await ask_admission(request);
            if (admission.answer) {
                co_return std::move(*admission.answer);
            }
            const int status = co_await read_body(parser, request, admission);
            if (status != 0) {
                co_return refusal(request, status);
            }
        } else if (!parser.is_done()) {
            error_code error;
            parser.put_eof(error);
        }
        if (is_drowned()) {
            Response busy = context_.service.refuse(request, 503);
            co_return busy;
        }
        const WaitingCount count(context_.waiting);
        auto asked = handle(context_.service, request);
        auto job = asio::co_spawn(context_.workers, std::move(asked), asio::use_awaitable);
        Response response = co_await std::move(job);
        co_return response;
    }

    asio::awaitable<Admission> ask_admission(Request& request) {
        Admission admission;
        if (is_drowned()) {
            admission.answer = refusal(request, 503);
            co_return admission;
        }
        const WaitingCount count(context_.waiting);
        auto asked = admit(context_.service, request);
        auto job = asio::co_spawn(context_.workers, std::move(asked), asio::use_awaitable);
        admission = co_await std::move(job);
        co_return admission;
    }

    [[nodiscard]] bool is_drowned() const {
        return context_.waiting.load() >= context_.options.max_waiting;
    }

    /// Of a request whose body will not be read.
    [[nodiscard]] Response refusal(const Request& request, int status) {
        Response refused = context_.service.refuse(request, status);
        refused.close = true;
        return refused;
    }

    /// 0 = read, else the status to refuse with.
    asio::awaitable<int> read_body(Parser& parser, Request& request, const Admission& admission) {
        if (request.content_length.value_or(0) > admission.limit) {
            co_return 413;
        }
        const BodyPlace place(context_.bodies, request.remote, context_.options.body_places());
        if (!place.is_taken()) {
            co_return 503;
        }
        error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        if (request.header("expect") == "100-continue") {
            const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            const auto bytes_to_send = asio::buffer(go_on);
            co_await asio::async_write(stream_, bytes_to_send, token);
        }
        bool bad_extension = false;
        auto on_chunk = [&bad_extension](std::uint64_t, beast::string_view extension,
                                         error_code& refused) {
            if (is_bad_chunk_extension(extension)) {
                bad_extension = true;
                refused = bhttp::error::bad_chunk_extension;
            }
        };
        parser.on_chunk_header(on_chunk);
        parser.eager(true);
        Sink sink(admission, request);
        std::vector<char> piece(65536);
        std::uint64_t received = 0;
        const auto began = Clock::now();
        while (!parser.is_done()) {
            parser.get().body().data = piece.data();
            parser.get().body().size = piece.size();
            parser.get().body().more = true;
            stream_.expires_at(body_deadline(began, admission.file.empty() ? 0 : received));
            co_await bhttp::async_read_some(stream_, buffer_, parser, token);
            if (error == bhttp::error::need_buffer) {
                error = {};
            }
            const std::size_t got = piece.size() - parser.get().body().size;
            received += got;
            if (error || received > admission.limit || sink.failed()) {
                co_return error == beast::error::timeout ? 408
                                                         : (error           ? 400
                                                            : sink.failed() ? 507
                                                                            : 413);
            }
            sink.take(piece.data(), got);
        }
        co_return sink.close() ? 0 : 507;
    }

    /// A fixed time of grace, then as long as the least rate allows; never a stall of 30 s. A body
    /// that is kept in memory is small and earns nothing.
    [[nodiscard]] Clock::time_point body_deadline(Clock::time_point began,
                                                  std::uint64_t earning) const {
        const auto earned = std::chrono::seconds(earning / context_.options.body_bytes_per_second);
        return std::min(began + context_.options.body_grace + earned,
                        Clock::now() + context_.options.write_stall);
    }

    asio::awaitable<std::size_t> write(Response& response, const Request& request,
                                       unsigned version) {
        std::string head = head_of(response, request, version, keep_);
        const bool bare = request.method == "HEAD" || response.events;
        const std::string_view content = bare ? std::string_view() : response.content();
        std::size_t sent = co_await write_all(head);
        if (sent > 0) {
            sent += co_await write_all(content);
        }
        if (response.events && request.method != "HEAD") {
            keep_ = false;
            sent += co_await write_events(response.events);
        }
        co_return sent;
    }

    asio::awaitable<std::size_t> write_all(std::string_view rest) {
        std::size_t sent = 0;
        error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        while (!rest.empty()) {
            stream_.expires_after(context_.options.write_stall);
            const asio::const_buffer piece(rest.data(), std::min<std::size_t>(rest.size(), 65536));
            const std::size_t wrote = co_await stream_.async_write_some(piece, token);
            if (error) {
                keep_ = false;
                broken_ = true;
                co_return 0;
            }
            rest.remove_prefix(wrote);
            sent += wrote;
        }
        co_return sent;
    }

    asio::awaitable<std::size_t> write_events(std::shared_ptr<EventSource> events) {
        constexpr auto kInterval = std::chrono::milliseconds(300);
        constexpr auto kPing = std::chrono::seconds(15);
        std::size_t sent = 0;
        auto last = Clock::now();
        error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        asio::steady_timer timer(stream_.get_executor());
        while (!context_.stopping && !broken_) {
            auto asked = poll(events);
            auto job = asio::co_spawn(context_.workers, std::move(asked), asio::use_awaitable);
            const std::optional<std::string> text = co_await std::move(job);
            std::string piece = text.value_or("");
            if (piece.empty() && Clock::now() - last >= kPing) {
                piece = ":\n\n";
            }
            if (!piece.empty()) {
                const std::string chunk = chunk_of(piece);
                sent += co_await write_all(chunk);
                last = Clock::now();
            }
            if (!text) {
                break;
            }
            timer.expires_after(kInterval);
            co_await timer.async_wait(token);
        }
        const std::string end = chunk_of({});
        sent += co_await write_all(end);
        co_return sent;
    }

    /// Lets a client that is still sending read the answer: closing at once would reset it away.
    asio::awaitable<void> linger() {
        error_code error;
        idle_ = true;
        stream_.socket().shutdown(tcp::socket::shutdown_send, error);
        std::vector<char> waste(65536);
        const auto until = Clock::now() + std::chrono::seconds(2);
        while (!error && !broken_ && stream_.socket().is_open()) {
            stream_.expires_at(until);
            auto token = asio::redirect_error(asio::use_awaitable, error);
            const auto space = asio::buffer(waste);
            co_await stream_.async_read_some(space, token);
        }
        stream_.socket().close(error);
    }

    [[nodiscard]] std::string_view bytes() const {
        return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
    }

    beast::tcp_stream stream_;
    std::string remote_;
    ConnectionContext& context_;
    beast::flat_buffer buffer_{128UL * 1024};
    std::size_t head_size_ = 0;
    bool idle_ = true;
    bool keep_ = true;
    bool broken_ = false;
};

}  // namespace

std::shared_ptr<Connection> make_connection(tcp::socket socket, std::string remote,
                                            ConnectionContext& context) {
    return std::make_shared<BeastConnection>(std::move(socket), std::move(remote), context);
}

}  // namespace yuanliu::http
