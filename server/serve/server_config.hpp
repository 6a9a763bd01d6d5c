// Why this file: everything that may be set about a server, with its defaults, in one file that can
// be checked and printed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace yuanliu::serve {

struct ServerConfig {
    std::string listen = "127.0.0.1:8480";
    std::filesystem::path data = ".yuanliu/data";  ///< embedded database, uploads, snapshots
    std::string database;                          ///< blank = embedded
    std::filesystem::path web;                     ///< the built page; blank = none
    std::filesystem::path rules;       ///< for uploads that bring none; blank = they must
    std::vector<std::string> hosts;    ///< names it answers to; empty = any
    std::vector<std::string> proxies;  ///< addresses that speak for others (X-Forwarded-For)
    bool behind_tls = false;           ///< a proxy speaks TLS to the browsers: cookies are Secure
    std::int64_t workers = 8;
    std::int64_t database_connections = 12;
    std::int64_t max_connections = 1000;
    std::int64_t max_connections_per_address = 200;
    std::int64_t header_seconds = 10;     ///< for a request to come in as far as its body
    std::int64_t body_seconds = 5;        ///< of grace, before a body must come at 1 KiB/s
    std::int64_t request_key_hours = 24;  ///< how long an Idempotency-Key is known
    std::int64_t upload_hours = 24;       ///< how long an upload waits to be imported
    std::int64_t job_days = 90;           ///< how long an ended job and its findings can be read
};

class ConfigError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Throws ConfigError: unknown keys, wrong types, values out of bounds.
void read_config(const std::filesystem::path& file, ServerConfig& config);
void check_config(const ServerConfig& config);
/// As TOML that read_config takes again.
[[nodiscard]] std::string config_text(const ServerConfig& config);

struct Address {
    std::string host;
    std::uint16_t port = 0;
};
[[nodiscard]] Address address_of(const std::string& listen);

}  // namespace yuanliu::serve
