// Why this file: method and path to handler, by templates as openapi.yaml writes them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace yuanliu::http {

enum class Access {
    open,     ///< nobody needs to be logged in
    session,  ///< a session
    changing  ///< a session and its CSRF token
};

enum class BodyKind { none, json, file };

/// Who asks, and the values of the template's placeholders.
struct Caller {
    std::string user;
    std::string role;
    std::string csrf_token;
};

struct Call {
    Request& request;
    std::map<std::string, std::string, std::less<>> path;
    Caller caller;
    [[nodiscard]] const std::string& placeholder(std::string_view name) const;
};

struct Route {
    std::string method;
    std::string pattern;  ///< "/api/v1/jobs/{job}"
    Access access = Access::session;
    BodyKind body = BodyKind::none;
    std::function<Response(Call&)> handle;
};

struct Match {
    const Route* route = nullptr;      ///< none: no route has this method
    std::vector<std::string> allowed;  ///< methods of this path; empty = the path is unknown
    std::string pattern;
    std::map<std::string, std::string, std::less<>> path;
};

class Router {
  public:
    void add(Route route);
    /// HEAD takes the route of GET.
    [[nodiscard]] Match find(std::string_view method, std::string_view path) const;
    [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

  private:
    std::vector<Route> routes_;
};

}  // namespace yuanliu::http
