// Why this file: one place makes problem+json, so that every refusal looks the same.
#include "server/http/problem.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace yuanliu::http {
namespace {

struct Words {
    ProblemCode code;
    std::string_view name;
    int status;
    std::string_view en;
    std::string_view zh;
};

constexpr std::array kWords{
#define YUANLIU_WORDS(name, status, en, zh) Words{ProblemCode::name, #name, status, en, zh},
    YUANLIU_PROBLEMS(YUANLIU_WORDS)
#undef YUANLIU_WORDS
};

const Words& words(ProblemCode code) {
    return kWords[static_cast<std::size_t>(code)];
}

boost::json::array rendered(const std::vector<ProblemItem>& items) {
    boost::json::array rows;
    for (const ProblemItem& item : items) {
        boost::json::object row{{"code", item.code},     {"severity", item.severity},
                                {"file", item.file},     {"row", item.row},
                                {"column", item.column}, {"message", item.message}};
        if (item.file.empty()) {
            row["pointer"] = item.pointer;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

const char* Refusal::what() const noexcept {
    return words(code_).name.data();
}

std::string_view name_of(ProblemCode code) {
    return words(code).name;
}

int status_of(ProblemCode code) {
    return words(code).status;
}

ProblemCode problem_of_status(int status) {
    using enum ProblemCode;
    switch (status) {
        case 408:
            return request_timeout;
        case 413:
            return body_too_large;
        case 421:
            return host_unknown;
        case 431:
            return header_too_large;
        case 500:
            return internal_error;
        case 501:
            return coding_unsupported;
        case 503:
            return overloaded;
        case 505:
            return version_unsupported;
        case 507:
            return storage_full;
        default:
            return request_malformed;
    }
}

std::string words_of(ProblemCode code, const std::vector<std::string>& arguments,
                     Language language) {
    const std::string_view pattern = language == Language::zh ? words(code).zh : words(code).en;
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}') {
            const auto slot = static_cast<std::size_t>(pattern[i + 1] - '0');
            text += slot < arguments.size() ? arguments[slot] : std::string("?");
            i += 2;
        } else {
            text.push_back(pattern[i]);
        }
    }
    return text;
}

Response render_problem(const Refusal& refusal, const Request& request) {
    const std::string name(name_of(refusal.code()));
    boost::json::object body{
        {"type", "/problems/" + name},
        {"title", words_of(refusal.code(), refusal.arguments(), request.language)},
        {"status", status_of(refusal.code())},
        {"code", name},
        {"request_id", request.request_id}};
    if (!refusal.detail.empty()) {
        body["detail"] = refusal.detail;
    }
    if (!refusal.items.empty()) {
        body["errors"] = rendered(refusal.items);
    }
    Response response;
    response.status = status_of(refusal.code());
    response.headers = refusal.headers;
    response.headers.emplace_back("Content-Type", "application/problem+json");
    response.headers.emplace_back("Content-Language",
                                  request.language == Language::zh ? "zh-CN" : "en");
    if (response.status == 503) {
        response.headers.emplace_back("Retry-After", "2");
    }
    response.body = boost::json::serialize(body);
    return response;
}

}  // namespace yuanliu::http
