// Why this file: every answer leaves with the same security headers and a request id, whoever made
// it.
#include "server/http/wire.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <ctime>

namespace yuanliu::http {
namespace {

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 304:
            return "Not Modified";
        default:
            return status < 500 ? "Refused" : "Unavailable";
    }
}

std::string http_date() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 40> text{};
    const std::size_t size =
        std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), size};
}

bool has(const Response& response, std::string_view name) {
    for (const auto& [header, value] : response.headers) {
        if (header == name) {
            return true;
        }
    }
    return false;
}

constexpr std::string_view kSecurity =
    "Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self' "
    "'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

}  // namespace

BodyPlace::BodyPlace(BodyCount& count, const std::string& address, const BodyPlaces& places)
    : count_(count), address_(address) {
    const auto here = count_.per_address.find(address_);
    const std::size_t used = here == count_.per_address.end() ? 0 : here->second;
    is_taken_ = count_.all < places.all && used < places.of_one_address;
    if (is_taken_) {
        ++count_.all;
        ++count_.per_address[address_];
    }
}

BodyPlace::~BodyPlace() {
    if (is_taken_) {
        --count_.all;
        if (--count_.per_address[address_] == 0) {
            count_.per_address.erase(address_);
        }
    }
}

std::string plain_address(const std::string& text) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(text, error);
    if (error) {
        return {};
    }
    return address.is_v6() && address.to_v6().is_v4_mapped()
               ? boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6())
                     .to_string()
               : address.to_string();
}

std::string client_address(const std::string& peer, const Request& request,
                           const std::vector<std::string>& proxies) {
    if (std::find(proxies.begin(), proxies.end(), peer) == proxies.end()) {
        return peer;
    }
    std::string last;
    for (const auto& [name, value] : request.headers) {
        last = name == "x-forwarded-for" ? value : last;
    }
    last.erase(0, last.rfind(',') + 1);
    const std::size_t begin = last.find_first_not_of(" \t");
    const std::size_t end = last.find_last_not_of(" \t");
    const std::string named =
        begin == std::string::npos ? "" : plain_address(last.substr(begin, end - begin + 1));
    return named.empty() ? peer : named;
}

std::string make_request_id() {
    std::array<unsigned char, 8> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string id;
    for (const unsigned char byte : bytes) {
        id += fmt::format("{:02x}", byte);
    }
    return id;
}

bool complete_request(Request& request) {
    std::string_view target = request.target;
    if (target.starts_with("http://")) {
        target.remove_prefix(7);
        const std::size_t slash = target.find('/');
        target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
    }
    const std::size_t mark = target.find('?');
    request.path = std::string(target.substr(0, mark));
    request.language = language_of(request.header("accept-language"));
    if (const auto id = request.header("x-request-id"); is_safe_token(id)) {
        request.request_id = std::string(id);
    }
    auto query = parse_query(mark == std::string_view::npos ? "" : target.substr(mark + 1));
    if (!query || !percent_decoded(request.path)) {
        return false;
    }
    request.query = std::move(*query);
    return true;
}

std::string head_of(const Response& response, const Request& request, unsigned version,
                    bool keep_alive) {
    // HTTP/1.0 clients read a stream to its end.
    std::string head =
        fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\nX-Request-Id: {}\r\n", response.status,
                    reason_of(response.status), http_date(), request.request_id);
    head += kSecurity;
    if (!has(response, "Cache-Control")) {
        head += "Cache-Control: no-store\r\n";
    }
    for (const auto& [name, value] : response.headers) {
        head += fmt::format("{}: {}\r\n", name, value);
    }
    if (response.events) {
        head += "Transfer-Encoding: chunked\r\n";
    } else if (response.status != 204 && response.status != 304) {
        head += fmt::format("Content-Length: {}\r\n", response.content().size());
    }
    if (!keep_alive || response.events) {
        head += "Connection: close\r\n";
    } else if (version == 10) {
        head += "Connection: keep-alive\r\n";
    }
    return head + "\r\n";
}

std::string chunk_of(std::string_view text) {
    return fmt::format("{:x}\r\n{}\r\n", text.size(), text);
}

}  // namespace yuanliu::http
