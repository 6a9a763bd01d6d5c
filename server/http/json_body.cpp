// Why this file: Boost.JSON names no field when a document doesn't fit; this does.
#include "server/http/json_body.hpp"

#include <algorithm>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>

namespace yuanliu::http {
namespace {

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned>(c) & 0xC0U) != 0x80U;
    }));
}

std::string pointer_of(std::string_view name) {
    std::string pointer = "/";
    for (const char c : name) {
        if (c == '~' || c == '/') {
            pointer += c == '~' ? "~0" : "~1";
        } else {
            pointer.push_back(c);
        }
    }
    return pointer;
}

}  // namespace

JsonBody::JsonBody(const Request& request) : language_(request.language) {
    boost::json::parse_options options;
    options.max_depth = 8;
    boost::json::parser parser({}, options);
    boost::json::error_code error;
    const std::size_t read = parser.write_some(request.body, error);
    bool complete = !error;
    const auto rest = std::string_view(request.body).substr(read);
    complete = complete && rest.find_first_not_of(" \t\r\n") == std::string_view::npos;
    if (!complete) {
        Refusal refusal(ProblemCode::json_malformed, {std::to_string(read)});
        refusal.items.push_back(
            {.code = "json_malformed",
             .message = words_of(ProblemCode::json_malformed, {std::to_string(read)}, language_)});
        throw refusal;
    }
    boost::json::value value = parser.release();
    if (!value.is_object()) {
        Refusal refusal(ProblemCode::field_invalid);
        refusal.items.push_back(
            {.code = "object_expected",
             .message = language_ == Language::zh ? "应为 JSON 对象" : "must be a JSON object"});
        throw refusal;
    }
    object_ = std::move(value.as_object());
}

void JsonBody::wrong(std::string_view name, std::string_view code, const std::string& en,
                     const std::string& zh) {
    items_.push_back({.code = std::string(code),
                      .pointer = pointer_of(name),
                      .message = language_ == Language::zh ? zh : en});
}

std::string JsonBody::text(std::string_view name, std::size_t least, std::size_t most) {
    asked_.emplace_back(name);
    const boost::json::value* value = object_.if_contains(name);
    if (value == nullptr) {
        wrong(name, "field_missing", "is missing", "缺少此字段");
        return {};
    }
    if (!value->is_string()) {
        wrong(name, "field_type_wrong", "must be a string", "应为字符串");
        return {};
    }
    std::string text(value->as_string().c_str(), value->as_string().size());
    const std::size_t length = code_points(text);
    if (length < least || length > most || text.find('\0') != std::string::npos) {
        const std::string range = std::to_string(least) + "–" + std::to_string(most);
        wrong(name, "field_length_wrong", "must have " + range + " characters",
              "长度应为 " + range + " 个字符");
        return {};
    }
    return text;
}

void JsonBody::done() {
    for (const auto& field : object_) {
        const std::string name(field.key());
        if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) {
            wrong(name, "field_unknown", "is not known here", "不是已知字段");
        }
    }
    if (!items_.empty()) {
        Refusal refusal(ProblemCode::field_invalid);
        refusal.items = std::move(items_);
        throw refusal;
    }
}

Response json_response(int status, const boost::json::value& body) {
    Response response;
    response.status = status;
    response.headers.emplace_back("Content-Type", "application/json");
    response.body = boost::json::serialize(body);
    return response;
}

}  // namespace yuanliu::http
