// Why this file: an unknown user and a wrong password get the same answer, in the same time.
#include "server/api/session.hpp"

#include "server/api/cookie.hpp"
#include "server/http/json_body.hpp"

namespace yuanliu::api {

using http::Access;
using http::BodyKind;
using http::ProblemCode;
using http::Refusal;

namespace {

boost::json::object rendered(const std::string& username, const std::string& role,
                             const std::string& csrf_token) {
    return {{"username", username},
            {"role", role},
            {"csrf_token", csrf_token},
            {"idle_minutes", access::SessionKeeper::kIdleMinutes}};
}

http::Response set_up(http::Call& call, access::SessionKeeper& sessions) {
    http::JsonBody body(call.request);
    const std::string token = body.text("token", 1, 100);
    const std::string username = body.text("username", 1, 64);
    const std::string password = body.text("password", 12, 200);
    body.done();
    switch (sessions.create_administrator(token, username, password)) {
        case access::SetupOutcome::created:
            return {.status = 201};
        case access::SetupOutcome::token_refused:
            throw Refusal(ProblemCode::setup_token_refused);
        case access::SetupOutcome::already_set_up:
            break;
    }
    throw Refusal(ProblemCode::already_set_up);
}

http::Response log_in(http::Call& call, access::SessionKeeper& sessions, bool secure_cookie) {
    http::JsonBody body(call.request);
    const std::string username = body.text("username", 0, 64);
    const std::string password = body.text("password", 0, 200);
    body.done();
    const auto outcome = sessions.log_in(username, password, call.request.remote);
    using Kind = access::LoginOutcome::Kind;
    if (outcome.kind == Kind::wrong) {
        throw Refusal(ProblemCode::login_failed);
    }
    if (outcome.kind != Kind::opened) {
        Refusal refusal(ProblemCode::too_many_attempts, {std::to_string(outcome.wait_seconds)});
        refusal.headers.emplace_back("Retry-After", std::to_string(outcome.wait_seconds));
        throw refusal;
    }
    call.request.user = outcome.session.username;
    if (const std::string old = call.request.cookie(kSessionCookie); !old.empty()) {
        sessions.log_out(old);
    }
    auto response = http::json_response(
        200, rendered(outcome.session.username, outcome.session.role, outcome.session.csrf_token));
    response.headers.emplace_back("Set-Cookie",
                                  session_cookie(outcome.session.token, secure_cookie));
    return response;
}

http::Response log_out(http::Call& call, access::SessionKeeper& sessions, bool secure_cookie) {
    sessions.log_out(call.request.cookie(kSessionCookie));
    http::Response response{.status = 204};
    response.headers.emplace_back("Set-Cookie", session_cookie({}, secure_cookie));
    return response;
}

}  // namespace

void add_session_routes(http::Router& router, access::SessionKeeper& sessions, bool secure_cookie) {
    const std::string setup = "/api/v1/setup";
    const std::string session = "/api/v1/session";
    router.add({.method = "GET", .pattern = setup, .access = Access::open, .handle = [&](auto&) {
                    return http::json_response(200, {{"needed", sessions.needs_setup()}});
                }});
    router.add({.method = "POST",
                .pattern = setup,
                .access = Access::open,
                .body = BodyKind::json,
                .handle = [&](auto& call) { return set_up(call, sessions); }});
    router.add({.method = "POST",
                .pattern = session,
                .access = Access::open,
                .body = BodyKind::json,
                .handle = [&sessions, secure_cookie](auto& call) {
                    return log_in(call, sessions, secure_cookie);
                }});
    router.add({.method = "GET", .pattern = session, .handle = [](auto& call) {
                    const http::Caller& caller = call.caller;
                    return http::json_response(
                        200, rendered(caller.user, caller.role, caller.csrf_token));
                }});
    router.add({.method = "DELETE",
                .pattern = session,
                .access = Access::changing,
                .handle = [&sessions, secure_cookie](auto& call) {
                    return log_out(call, sessions, secure_cookie);
                }});
}

}  // namespace yuanliu::api
