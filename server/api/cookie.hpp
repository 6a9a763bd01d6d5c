// Why this file: the session cookie has one name and one set of attributes.
#pragma once

#include <string>
#include <string_view>

namespace yuanliu::api {

inline constexpr std::string_view kSessionCookie = "yuanliu_session";

/// Blank token = the cookie is taken back.
[[nodiscard]] inline std::string session_cookie(const std::string& token, bool secure) {
    return std::string(kSessionCookie) + "=" + token + "; Path=/; HttpOnly; SameSite=Lax" +
           (secure ? "; Secure" : "") + (token.empty() ? "; Max-Age=0" : "");
}

}  // namespace yuanliu::api
