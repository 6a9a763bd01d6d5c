// Why this file: a misspelt key must not silently mean the default.
#include "server/serve/server_config.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <charconv>
#include <sstream>

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
    } else if (key == "behind_tls") {
        config.behind_tls = value_of<bool>(node, key);
    } else if (key == "workers") {
        config.workers = value_of<std::int64_t>(node, key);
    } else if (key == "database_connections") {
        config.database_connections = value_of<std::int64_t>(node, key);
    } else if (key == "max_connections") {
        config.max_connections = value_of<std::int64_t>(node, key);
    } else if (key == "max_connections_per_address") {
        config.max_connections_per_address = value_of<std::int64_t>(node, key);
    } else {
        throw ConfigError(fmt::format("config: there is no key {}", key));
    }
}

void require_between(std::int64_t value, std::int64_t least, std::int64_t most, const char* key) {
    if (value < least || value > most) {
        throw ConfigError(fmt::format("config: {} must be {} to {}", key, least, most));
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
    require_between(config.workers, 1, 256, "workers");
    require_between(config.database_connections, 3, 30, "database_connections");
    require_between(config.max_connections, 1, 100'000, "max_connections");
    require_between(config.max_connections_per_address, 1, 100'000, "max_connections_per_address");
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
    toml::table table;
    table.insert("listen", config.listen);
    table.insert("data", config.data.string());
    table.insert("database", config.database);
    table.insert("web", config.web.string());
    table.insert("rules", config.rules.string());
    table.insert("hosts", std::move(hosts));
    table.insert("behind_tls", config.behind_tls);
    table.insert("workers", config.workers);
    table.insert("database_connections", config.database_connections);
    table.insert("max_connections", config.max_connections);
    table.insert("max_connections_per_address", config.max_connections_per_address);
    std::ostringstream out;
    out << table << "\n";
    return out.str();
}

}  // namespace yuanliu::serve
