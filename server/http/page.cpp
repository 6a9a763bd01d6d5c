// Why this file: content types and caching of the page: names with a hash in them never change, the
// index always may.
#include "server/http/page.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "server/text/sha256.hpp"

namespace yuanliu::http {
namespace {

namespace fs = std::filesystem;

std::string type_of(const fs::path& path) {
    static const std::map<std::string, std::string> kTypes{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"}};
    const auto found = kTypes.find(path.extension().string());
    return found == kTypes.end() ? "application/octet-stream" : found->second;
}

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
        throw std::runtime_error("cannot read " + path.string());
    }
    return text.str();
}

/// An address that the page's own router may know: not the API's, and no file's name. A group's
/// code has a point in it as well (I10.x-0): what a browser opens as a page is one, whatever its
/// letters.
bool is_client_route(std::string_view path, std::string_view accept) {
    const std::string_view last = path.substr(path.rfind('/') + 1);
    return !path.starts_with("/api") && !path.starts_with("/assets/") &&
           path.find("/.") == std::string_view::npos &&
           (last.find('.') == std::string_view::npos ||
            accept.find("text/html") != std::string_view::npos);
}

}  // namespace

Page::Page(const fs::path& folder) {
    if (folder.empty()) {
        return;
    }
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.is_symlink()) {
            continue;
        }
        std::string content = read(entry.path());
        std::string etag = "\"" + text::sha256_hex(content).substr(0, 32) + "\"";
        files_.emplace("/" + entry.path().lexically_relative(folder).generic_string(),
                       File{.content = std::make_shared<const std::string>(std::move(content)),
                            .type = type_of(entry.path()),
                            .etag = std::move(etag)});
    }
    if (!files_.contains("/index.html")) {
        throw std::runtime_error(folder.string() + " has no index.html: is it the built page?");
    }
}

std::optional<Response> Page::find(const Request& request) const {
    const auto path = percent_decoded(request.path);
    if (files_.empty() || !path || (request.method != "GET" && request.method != "HEAD")) {
        return std::nullopt;
    }
    auto found = files_.find(*path);
    if (found == files_.end() && is_client_route(*path, request.header("accept"))) {
        found = files_.find("/index.html");
    }
    if (found == files_.end()) {
        return std::nullopt;
    }
    const bool immutable = found->first.starts_with("/assets/");
    Response response;
    response.headers = {
        {"Content-Type", found->second.type},
        {"ETag", found->second.etag},
        {"Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
    if (request.header("if-none-match") == found->second.etag) {
        response.status = 304;
    } else {
        response.shared_body = found->second.content;
    }
    return response;
}

}  // namespace yuanliu::http
