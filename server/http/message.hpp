// Why this file: the whole server sees requests and answers as plain values; only two files know
// the HTTP library.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/text/language.hpp"

namespace yuanliu::http {

using yuanliu::Language;

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method;
    std::string target;  ///< as sent
    std::string path;    ///< of the target, still percent-encoded
    std::map<std::string, std::string> query;
    Headers headers;  ///< names in lower case
    std::string body;
    std::filesystem::path body_file;  ///< where the body was streamed to, when the route asks so
    std::string remote;               ///< address of the client
    std::string request_id;
    Language language = Language::zh;
    std::optional<std::uint64_t> content_length;
    bool has_body = false;
    // Filled in by the application, for the log line.
    std::string route;
    std::string user;

    [[nodiscard]] std::string_view header(std::string_view lower_case_name) const;
    [[nodiscard]] std::string cookie(std::string_view name) const;
};

/// A stream of server-sent events, asked again and again on a worker thread.
class EventSource {
  public:
    EventSource() = default;
    EventSource(const EventSource&) = delete;
    EventSource& operator=(const EventSource&) = delete;
    EventSource(EventSource&&) = delete;
    EventSource& operator=(EventSource&&) = delete;
    virtual ~EventSource() = default;
    /// Events since the last call, in wire form, blank when there are none; nothing = the end.
    virtual std::optional<std::string> poll() = 0;
};

struct Response {
    int status = 200;
    Headers headers{};
    std::string body{};
    std::shared_ptr<const std::string> shared_body{};  ///< instead of body, for files of the page
    std::shared_ptr<EventSource> events{};             ///< instead of a body
    bool close = false;

    [[nodiscard]] std::string_view content() const {
        return shared_body ? std::string_view(*shared_body) : std::string_view(body);
    }
};

/// What may be read after a header; decided before a byte of the body is read.
struct Admission {
    std::optional<Response> answer;  ///< refused (or answered) without reading the body
    std::uint64_t limit = 0;         ///< of the body, in bytes
    std::filesystem::path file;      ///< stream it there; blank = keep it in memory
};

/// What the listener serves. Called on worker threads; may block, must not throw.
class Service {
  public:
    Service() = default;
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    Service(Service&&) = delete;
    Service& operator=(Service&&) = delete;
    virtual ~Service() = default;
    virtual Admission admit(Request& head) = 0;
    virtual Response handle(Request& request) = 0;
    /// An answer that the listener gives by itself: framing, limits, time.
    virtual Response refuse(const Request& request, int status) = 0;
    /// The listener ends: long work that may be given up is. From the network thread; must not
    /// wait.
    virtual void stopping() {}
    /// After the answer is written.
    virtual void finished(const Request& request, int status, std::size_t bytes, double ms) = 0;
};

/// The query's `a=b&c=d`, percent-decoded; nothing when it is malformed or a name comes twice.
[[nodiscard]] std::optional<std::map<std::string, std::string>> parse_query(std::string_view query);
/// Percent-decoded; nothing when malformed, with a NUL or not UTF-8.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);
[[nodiscard]] Language language_of(std::string_view accept_language);
/// A request id that a client may choose: 1 to 64 letters, digits, '.', '_', '-'.
[[nodiscard]] bool is_safe_token(std::string_view text);

}  // namespace yuanliu::http
