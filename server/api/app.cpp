// Why this file: the only catch site of the server; exceptions become problems here and nowhere
// else.
#include "server/api/app.hpp"

#include <algorithm>

#include "server/access/password.hpp"
#include "server/api/cookie.hpp"
#include "server/store/error_words.hpp"

namespace yuanliu::api {

using http::ProblemCode;
using http::Refusal;

namespace {

void require_media(const http::Request& request, std::string_view wanted) {
    const std::string_view type = request.header("content-type");
    if (type.substr(0, type.find(';')) != wanted) {
        throw Refusal(ProblemCode::media_unsupported, {std::string(wanted)});
    }
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

/// Circumstances that pass are told from bugs; both say the mend.
Refusal refusal_of(const store::StoreError& failure, http::Language language) {
    const store::ErrorWords& words = store::words_of(failure.code());
    Refusal refusal(words.mend == store::Mend::try_again ? ProblemCode::database_unavailable
                                                         : ProblemCode::internal_error);
    refusal.detail = language == http::Language::zh ? words.zh : words.en;
    return refusal;
}

}  // namespace

template <class Work>
http::Response App::guarded(const http::Request& request, Work work) {
    try {
        return work();
    } catch (const Refusal& refusal) {
        return http::render_problem(refusal, request);
    } catch (const access::StoreUnavailable& dead) {
        parts_.log.error("database_unavailable",
                         {{"request_id", request.request_id}, {"detail", dead.what()}});
        return http::render_problem(Refusal(ProblemCode::database_unavailable), request);
    } catch (const store::StoreError& failure) {
        const Refusal refusal = refusal_of(failure, request.language);
        parts_.log.error(http::name_of(refusal.code()),
                         {{"request_id", request.request_id}, {"detail", failure.what()}});
        return http::render_problem(refusal, request);
    } catch (const std::exception& bug) {
        parts_.log.error("internal_error",
                         {{"request_id", request.request_id}, {"detail", bug.what()}});
        return http::render_problem(Refusal(ProblemCode::internal_error), request);
    }
}

http::Match App::find_route(http::Request& request) const {
    http::Match match = router_.find(request.method, request.path);
    request.route = match.pattern.empty() ? "(unknown)" : match.pattern;
    if (match.allowed.empty()) {
        throw Refusal(ProblemCode::route_unknown);
    }
    if (match.route == nullptr) {
        Refusal refusal(ProblemCode::method_not_allowed, {request.method});
        refusal.headers.emplace_back("Allow", joined(match.allowed));
        throw refusal;
    }
    return match;
}

http::Caller App::authorize(http::Request& request, http::Access access) {
    if (access == http::Access::open) {
        return {};
    }
    const auto session = parts_.sessions.find(request.cookie(kSessionCookie));
    if (!session) {
        throw Refusal(ProblemCode::not_logged_in);
    }
    request.user = session->username;
    if (access == http::Access::changing &&
        !access::equal_in_constant_time(std::string(request.header("x-csrf-token")),
                                        session->csrf_token)) {
        throw Refusal(ProblemCode::csrf_refused);
    }
    return {.user = session->username, .role = session->role, .csrf_token = session->csrf_token};
}

http::Admission App::admit_body(http::Request& head) {
    const http::Match match = find_route(head);
    http::Admission admission;
    if (match.route->body == http::BodyKind::file) {
        (void)authorize(head, match.route->access);
        require_media(head, "application/octet-stream");
        admission.limit = kFileLimit;
        admission.file = parts_.incoming / access::random_token();
    } else if (match.route->body == http::BodyKind::json) {
        require_media(head, "application/json");
        admission.limit = kJsonLimit;
    }
    if (head.content_length.value_or(0) > admission.limit) {
        throw Refusal(ProblemCode::body_too_large, {std::to_string(admission.limit)});
    }
    return admission;
}

http::Admission App::admit(http::Request& head) {
    http::Admission admission;
    http::Response answer = guarded(head, [&] {
        admission = admit_body(head);
        return http::Response{.status = 0};
    });
    if (answer.status != 0) {
        answer.close = true;
        admission.answer = std::move(answer);
    }
    return admission;
}

http::Response App::dispatch(http::Request& request) {
    if (auto file = parts_.page.find(request);
        file && router_.find(request.method, request.path).allowed.empty()) {
        request.route = "(page)";
        return std::move(*file);
    }
    const http::Match match = find_route(request);
    http::Call call{.request = request, .path = match.path, .caller = {}};
    call.caller = authorize(request, match.route->access);
    return match.route->handle(call);
}

http::Response App::handle(http::Request& request) {
    return guarded(request, [&] { return dispatch(request); });
}

http::Response App::refuse(const http::Request& request, int status) {
    const ProblemCode code = http::problem_of_status(status);
    std::vector<std::string> arguments;
    if (code == ProblemCode::body_too_large) {
        const http::Match match = router_.find(request.method, request.path);
        const bool file = match.route != nullptr && match.route->body == http::BodyKind::file;
        arguments.push_back(std::to_string(file ? kFileLimit : kJsonLimit));
    }
    return http::render_problem(Refusal(code, std::move(arguments)), request);
}

void App::stopping() {
    if (parts_.stop_work) {
        parts_.stop_work();
    }
}

void App::finished(const http::Request& request, int status, std::size_t bytes, double ms) {
    if (!request.body_file.empty()) {
        std::error_code ignored;  // a file that was placed is gone from here
        std::filesystem::remove(request.body_file, ignored);
    }
    parts_.log.info("request", {{"request_id", request.request_id},
                                {"user", request.user},
                                {"method", request.method},
                                {"route", request.route},
                                {"status", status},
                                {"ms", static_cast<std::int64_t>(ms)},
                                {"bytes", bytes},
                                {"remote", request.remote}});
}

}  // namespace yuanliu::api
