// Why this file: the parts of the wire that need no HTTP library: ids, heads of answers, chunks.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

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

[[nodiscard]] std::string make_request_id();
/// Path, query, language, request id from the raw parts; false = malformed.
[[nodiscard]] bool complete_request(Request& request);
[[nodiscard]] std::string head_of(const Response& response, const Request& request,
                                  unsigned version, bool keep_alive);
/// One chunk of a chunked body; blank = the last.
[[nodiscard]] std::string chunk_of(std::string_view text);

}  // namespace yuanliu::http
