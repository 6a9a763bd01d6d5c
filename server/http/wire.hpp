// Why this file: the parts of the wire that need no HTTP library: ids, heads of answers, chunks.
#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace yuanliu::http {

class WaitingCount {
  public:
    explicit WaitingCount(std::atomic<std::size_t>& count) : count_(count) { ++count_; }
    WaitingCount(const WaitingCount&) = delete;
    WaitingCount& operator=(const WaitingCount&) = delete;
    WaitingCount(WaitingCount&&) = delete;
    WaitingCount& operator=(WaitingCount&&) = delete;
    ~WaitingCount() { --count_; }

  private:
    std::atomic<std::size_t>& count_;
};

struct BodyPlaces {
    std::size_t all = 0;
    std::size_t of_one_address = 0;
};

/// Bodies that are arriving, counted on the one network thread.
struct BodyCount {
    std::size_t all = 0;
    std::map<std::string, std::size_t> per_address;
};

/// A place for a body while it arrives; not taken when there is none left.
class BodyPlace {
  public:
    BodyPlace(BodyCount& count, const std::string& address, const BodyPlaces& places);
    BodyPlace(const BodyPlace&) = delete;
    BodyPlace& operator=(const BodyPlace&) = delete;
    BodyPlace(BodyPlace&&) = delete;
    BodyPlace& operator=(BodyPlace&&) = delete;
    ~BodyPlace();
    [[nodiscard]] bool is_taken() const { return is_taken_; }

  private:
    BodyCount& count_;
    std::string address_;
    bool is_taken_ = false;
};

/// As the network shows it, IPv4 not in IPv6; blank when it is no address.
[[nodiscard]] std::string plain_address(const std::string& text);
/// Of the client: the peer, or whom a proxy of ours names last; what stands before, anybody may
/// have written.
[[nodiscard]] std::string client_address(const std::string& peer, const Request& request,
                                         const std::vector<std::string>& proxies);
[[nodiscard]] std::string make_request_id();
/// Path, query, language, request id from the raw parts; false = malformed.
[[nodiscard]] bool complete_request(Request& request);
[[nodiscard]] std::string head_of(const Response& response, const Request& request,
                                  unsigned version, bool keep_alive);
/// One chunk of a chunked body; blank = the last.
[[nodiscard]] std::string chunk_of(std::string_view text);

}  // namespace yuanliu::http
