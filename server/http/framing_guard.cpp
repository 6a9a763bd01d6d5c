// Why this file: what RFC 9112 demands of framing, strictly: where it leaves a choice, refuse.
#include "server/http/framing_guard.hpp"

#include <algorithm>

namespace yuanliu::http {
namespace {

constexpr int kBadRequest = 400;
constexpr int kMisdirected = 421;
constexpr int kNotImplemented = 501;
constexpr int kVersionUnsupported = 505;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equals_ignoring_case(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           std::equal(left.begin(), left.end(), right.begin(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

bool is_token_character(char c) {
    const bool letter = lower(c) >= 'a' && lower(c) <= 'z';
    return letter || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

bool is_visible(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

/// What decides how the body is framed, and for whom it is.
struct Fields {
    std::vector<std::string_view> lengths;
    std::vector<std::string_view> codings;
    std::vector<std::string_view> hosts;
    std::optional<std::string_view> authority;  ///< of a target in absolute form
};

/// "http://host/path" is a legal target too (RFC 9112 §3.2.2).
std::optional<std::string_view> authority_of(std::string_view target) {
    constexpr std::string_view kScheme = "http://";
    if (!target.starts_with(kScheme)) {
        return std::nullopt;
    }
    target.remove_prefix(kScheme.size());
    return target.substr(0, target.find('/'));
}

/// METHOD SP target SP HTTP/1.x; gives the minor version.
std::optional<int> judge_request_line(std::string_view line, Fields& fields, int& minor) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first))) {
        return kBadRequest;
    }
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    fields.authority = authority_of(target);
    const bool origin_form = target.starts_with('/');
    if (target.empty() || !is_visible(target) || (!origin_form && !fields.authority) ||
        target.find('#') != std::string_view::npos) {
        return kBadRequest;
    }
    if (version.size() != 8 || !version.starts_with("HTTP/") || version[6] != '.' ||
        !is_digits(version.substr(5, 1)) || !is_digits(version.substr(7, 1))) {
        return kBadRequest;
    }
    if (version[5] != '1' || version[7] > '1') {
        return kVersionUnsupported;
    }
    minor = version[7] - '0';
    return std::nullopt;
}

std::optional<int> judge_field(std::string_view line, Fields& fields) {
    const std::size_t colon = line.find(':');
    // A line that begins with blank space is an obsolete fold; blank space before the colon hides a
    // name.
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        return kBadRequest;
    }
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (equals_ignoring_case(name, "content-length")) {
        fields.lengths.push_back(value);
    } else if (equals_ignoring_case(name, "transfer-encoding")) {
        fields.codings.push_back(value);
    } else if (equals_ignoring_case(name, "host")) {
        fields.hosts.push_back(value);
    }
    return std::nullopt;
}

bool is_allowed_host(std::string_view host, const std::vector<std::string>& hosts) {
    return hosts.empty() || std::any_of(hosts.begin(), hosts.end(), [&](const std::string& name) {
               return equals_ignoring_case(name, host);
           });
}

std::optional<int> judge_host(const Fields& fields, int minor,
                              const std::vector<std::string>& allowed) {
    if (fields.hosts.size() > 1 || (fields.hosts.empty() && minor == 1)) {
        return kBadRequest;
    }
    if (fields.hosts.empty()) {
        return std::nullopt;
    }
    const std::string_view host = fields.hosts.front();
    const std::size_t bracket = host.starts_with('[') ? host.find(']') : 0;
    if (host.empty() || bracket == std::string_view::npos ||
        (fields.authority && !equals_ignoring_case(*fields.authority, host))) {
        return kBadRequest;
    }
    const std::size_t colon = host.find(':', bracket);
    const std::string_view name = host.substr(0, colon);
    const bool good_name = !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return (is_token_character(c) && c != '|' && c != '^' && c != '`') || c == '[' ||
               c == ']' || (bracket > 0 && c == ':');
    });
    if (!good_name || (colon != std::string_view::npos && !is_digits(host.substr(colon + 1)))) {
        return kBadRequest;
    }
    return is_allowed_host(name, allowed) ? std::nullopt : std::optional(kMisdirected);
}

std::optional<int> judge_framing(const Fields& fields, int minor) {
    if (fields.lengths.size() > 1 || fields.codings.size() > 1) {
        return kBadRequest;
    }
    if (!fields.codings.empty()) {
        if (!fields.lengths.empty() || minor == 0) {
            return kBadRequest;
        }
        if (!equals_ignoring_case(fields.codings.front(), "chunked")) {
            return kNotImplemented;
        }
    }
    // A list, a sign, blank space or more digits than any file of ours has: refused alike.
    if (!fields.lengths.empty() &&
        (!is_digits(fields.lengths.front()) || fields.lengths.front().size() > 15)) {
        return kBadRequest;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::size_t> header_end(std::string_view bytes) {
    const std::size_t found = bytes.find("\r\n\r\n");
    return found == std::string_view::npos ? std::nullopt : std::optional(found + 4);
}

bool is_hopeless(std::string_view bytes) {
    bytes = bytes.substr(0, header_end(bytes).value_or(bytes.size()));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        const bool control =
            (c >= 0 && c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == '\x7F';
        const bool bare_feed = c == '\n' && (i == 0 || bytes[i - 1] != '\r');
        const bool bare_return = c == '\r' && i + 1 < bytes.size() && bytes[i + 1] != '\n';
        if (control || bare_feed || bare_return) {
            return true;
        }
    }
    return false;
}

std::optional<int> judge_header(std::string_view head, const std::vector<std::string>& hosts) {
    if (is_hopeless(head) || head.size() < 4) {
        return kBadRequest;
    }
    Fields fields;
    int minor = 0;
    head.remove_suffix(4);
    for (bool first = true; first || !head.empty(); first = false) {
        const std::size_t end = head.find("\r\n");
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
        const auto refusal =
            first ? judge_request_line(line, fields, minor) : judge_field(line, fields);
        if (refusal) {
            return refusal;
        }
    }
    if (const auto refusal = judge_framing(fields, minor)) {
        return refusal;
    }
    return judge_host(fields, minor, hosts);
}

bool is_bad_chunk_extension(std::string_view extension) {
    return extension.size() > kChunkExtensionLimit ||
           std::any_of(extension.begin(), extension.end(),
                       [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7F'; });
}

}  // namespace yuanliu::http
