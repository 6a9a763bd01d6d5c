// Why this file: a misspelt key must not silently mean the default.
#include "server/serve/server_config.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

#include "server/http/wire.hpp"

namespace yuanliu::serve {
namespace {

template <class Value>
Value value_of(const toml::node& node, std::string_view key) {
    const auto value = node.value_exact<Value>();
    if (!value) {
        throw ConfigError(fmt::format("config: {} has the wrong type", key));
    }
    return *value;
}

std::vector<std::string> names_of(const toml::node& node, std::string_view key) {
    const toml::array* array = node.as_array();
    if (array == nullptr) {
        throw ConfigError(fmt::format("config: {} must be a list of names", key));
    }
    std::vector<std::string> names;
    for (const toml::node& each : *array) {
        names.push_back(value_of<std::string>(each, key));
    }
    return names;
}

struct Whole {
    std::string_view key;
    std::int64_t ServerConfig::*place;
    std::int64_t least;
    std::int64_t most;
};

constexpr std::array kWholes{
    Whole{"workers", &ServerConfig::workers, 1, 256},
    Whole{"database_connections", &ServerConfig::database_connections, 3, 30},
    Whole{"max_connections", &ServerConfig::max_connections, 1, 100'000},
    Whole{"max_connections_per_address", &ServerConfig::max_connections_per_address, 1, 100'000},
    Whole{"header_seconds", &ServerConfig::header_seconds, 1, 600},
    Whole{"body_seconds", &ServerConfig::body_seconds, 1, 600},
    Whole{"request_key_hours", &ServerConfig::request_key_hours, 1, 8760},
    Whole{"upload_hours", &ServerConfig::upload_hours, 1, 8760},
    Whole{"job_days", &ServerConfig::job_days, 1, 36'500},
};

const Whole* find_whole(std::string_view key) {
    const auto* found =
        std::find_if(kWholes.begin(), kWholes.end(), [&](const Whole& w) { return w.key == key; });
    return found == kWholes.end() ? nullptr : found;
}

void set(ServerConfig& config, std::string_view key, const toml::node& node) {
    if (key == "listen") {
        config.listen = value_of<std::string>(node, key);
    } else if (key == "data") {
        config.data = value_of<std::string>(node, key);
    } else if (key == "database") {
        config.database = value_of<std::string>(node, key);
    } else if (key == "web") {
        config.web = value_of<std::string>(node, key);
    } else if (key == "rules") {
        config.rules = value_of<std::string>(node, key);
    } else if (key == "hosts") {
        config.hosts = names_of(node, key);
    } else if (key == "proxies") {
        config.proxies = names_of(node, key);
    } else if (key == "behind_tls") {
        config.behind_tls = value_of<bool>(node, key);
    } else if (const Whole* whole = find_whole(key); whole != nullptr) {
        config.*(whole->place) = value_of<std::int64_t>(node, key);
    } else {
        throw ConfigError(fmt::format("config: there is no key {}", key));
    }
}

}  // namespace

void read_config(const std::filesystem::path& file, ServerConfig& config) {
    try {
        const toml::table table = toml::parse_file(file.string());
        for (const auto& [key, node] : table) {
            set(config, key.str(), node);
        }
    } catch (const toml::parse_error& error) {
        throw ConfigError(fmt::format("config: {} line {}: {}", file.string(),
                                      error.source().begin.line, error.description()));
    }
}

Address address_of(const std::string& listen) {
    const std::size_t colon = listen.rfind(':');
    std::uint16_t port = 0;
    bool good = colon != std::string::npos && colon > 0;
    if (good) {
        const char* end = listen.data() + listen.size();
        const auto read = std::from_chars(listen.data() + colon + 1, end, port);
        good = read.ec == std::errc() && read.ptr == end;
    }
    if (!good) {
        throw ConfigError("config: listen must be ADDRESS:PORT, not " + listen);
    }
    std::string host = listen.substr(0, colon);
    if (host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    return {.host = host == "localhost" ? "127.0.0.1" : host, .port = port};
}

void check_config(const ServerConfig& config) {
    (void)address_of(config.listen);
    for (const Whole& whole : kWholes) {
        const std::int64_t value = config.*(whole.place);
        if (value < whole.least || value > whole.most) {
            throw ConfigError(
                fmt::format("config: {} must be {} to {}", whole.key, whole.least, whole.most));
        }
    }
    for (const std::string& proxy : config.proxies) {
        if (http::plain_address(proxy).empty()) {
            throw ConfigError("config: proxies must be addresses, not " + proxy);
        }
    }
    for (const auto& folder : {config.web, config.rules}) {
        if (!folder.empty() && !std::filesystem::is_directory(folder)) {
            throw ConfigError("config: " + folder.string() + " is no folder");
        }
    }
}

std::string config_text(const ServerConfig& config) {
    toml::array hosts;
    for (const std::string& host : config.hosts) {
        hosts.push_back(host);
    }
    toml::array proxies;
    for (const std::string& proxy : config.proxies) {
        proxies.push_back(proxy);
    }
    toml::table table;
    table.insert("listen", config.listen);
    table.insert("data", config.data.string());
    table.insert("database", config.database);
    table.insert("web", config.web.string());
    table.insert("rules", config.rules.string());
    table.insert("hosts", std::move(hosts));
    table.insert("proxies", std::move(proxies));
    table.insert("behind_tls", config.behind_tls);
    for (const Whole& whole : kWholes) {
        table.insert(whole.key, config.*(whole.place));
    }
    std::ostringstream out;
    out << table << "\n";
    return out.str();
}

}  // namespace yuanliu::serve
