// Why this file: a name is judged by its letters, never by the file system, so nothing is written
// outside the upload's own folder.
#include "server/api/uploads.hpp"

#include <algorithm>

#include "server/access/password.hpp"
#include "server/text/plain_path.hpp"

namespace yuanliu::api {

namespace fs = std::filesystem;
using http::Access;
using http::ProblemCode;
using http::Refusal;

namespace {

/// Digits only where years stand: in the names of policies.
bool is_plain_name(std::string_view stem, bool with_digits) {
    return !stem.empty() && stem.size() <= 60 && std::all_of(stem.begin(), stem.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || c == '_' || (with_digits && c >= '0' && c <= '9');
    });
}

/// A file of a catalogue folder of the rules: every name that the rules may give one.
bool is_catalogue_file(std::string_view path) {
    return text::is_plain_path(path) && path.find('/') != std::string_view::npos;
}

/// Where a file of the upload stands; blank = no such file in a month folder.
fs::path place_of(std::string_view name) {
    const bool prior = name.starts_with("prior/");
    const bool rules = name.starts_with("rules/");
    std::string_view rest = prior || rules ? name.substr(6) : name;
    if (rules && is_catalogue_file(rest)) {
        return {name};
    }
    const std::size_t point = rest.find('.');
    const bool is_policy = rules && rest.starts_with("policy_");
    if (point == std::string_view::npos || !is_plain_name(rest.substr(0, point), is_policy)) {
        return {};
    }
    const std::string_view kind = rest.substr(point);
    if (rules ? kind != ".toml" : kind != ".csv" && kind != ".json") {
        return {};
    }
    return rules ? fs::path(name) : fs::path("month") / name;
}

http::Response put_file(const http::Call& call, const fs::path& uploads) {
    const std::string& upload = call.placeholder("upload");
    const std::string name = parameter(call, "path");
    const fs::path place = place_of(name);
    if (place.empty()) {
        throw Refusal(ProblemCode::file_name_invalid, {name});
    }
    if (!http::is_safe_token(upload) || upload.starts_with('.') ||
        !fs::is_directory(uploads / upload)) {
        throw Refusal(ProblemCode::not_found, {"upload", upload});
    }
    const fs::path target = uploads / upload / place;
    // Only folders below: an upload that an import has taken meanwhile must not come back.
    std::error_code error;
    fs::path folder = uploads / upload;
    for (const fs::path& part : place.parent_path()) {
        folder /= part;
        fs::create_directory(folder, error);
    }
    if (call.request.body_file.empty()) {  // a file of no bytes
        throw Refusal(ProblemCode::file_name_invalid, {name});
    }
    fs::rename(call.request.body_file, target, error);
    if (error == std::errc::no_such_file_or_directory) {
        throw Refusal(ProblemCode::not_found, {"upload", upload});
    }
    if (error) {
        throw fs::filesystem_error("cannot place an upload", target, error);
    }
    return {.status = 204};
}

}  // namespace

void add_upload_routes(http::Router& router, const Backend& backend) {
    const fs::path uploads = backend.uploads;
    router.add({.method = "POST",
                .pattern = "/api/v1/uploads",
                .access = Access::changing,
                .handle = [uploads](auto&) {
                    const std::string id = access::random_token().substr(0, 32);
                    fs::create_directories(uploads / id / "month");
                    return http::json_response(201, {{"upload", id}});
                }});
    router.add({.method = "PUT",
                .pattern = "/api/v1/uploads/{upload}/files",
                .access = Access::changing,
                .body = http::BodyKind::file,
                .handle = [uploads](auto& call) { return put_file(call, uploads); }});
}

}  // namespace yuanliu::api
