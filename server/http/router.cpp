// Why this file: matching by segments, percent-decoded one by one, so that an encoded slash never
// becomes a separator.
#include "server/http/router.hpp"

#include <algorithm>

#include "costing/base/check.hpp"

namespace yuanliu::http {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

std::optional<Values> match(std::string_view pattern, std::string_view path) {
    Values values;
    while (true) {
        const std::string_view want = pattern.substr(0, pattern.find('/'));
        const std::string_view have = path.substr(0, path.find('/'));
        if (want.starts_with('{')) {
            auto value = percent_decoded(have);
            if (!value || value->empty() || value->find('/') != std::string::npos) {
                return std::nullopt;
            }
            values.emplace(std::string(want.substr(1, want.size() - 2)), std::move(*value));
        } else if (want != have) {
            return std::nullopt;
        }
        const bool pattern_ends = want.size() == pattern.size();
        const bool path_ends = have.size() == path.size();
        if (pattern_ends || path_ends) {
            return pattern_ends && path_ends ? std::optional(std::move(values)) : std::nullopt;
        }
        pattern.remove_prefix(want.size() + 1);
        path.remove_prefix(have.size() + 1);
    }
}

}  // namespace

const std::string& Call::placeholder(std::string_view name) const {
    const auto found = path.find(name);
    YUANLIU_CHECK(found != path.end());
    return found->second;
}

void Router::add(Route route) {
    routes_.push_back(std::move(route));
}

Match Router::find(std::string_view method, std::string_view path) const {
    Match result;
    const std::string_view wanted = method == "HEAD" ? std::string_view("GET") : method;
    for (const Route& route : routes_) {
        auto values = match(route.pattern, path);
        if (!values) {
            continue;
        }
        result.pattern = route.pattern;
        result.allowed.push_back(route.method);
        if (route.method == wanted) {
            result.route = &route;
            result.path = std::move(*values);
            return result;
        }
    }
    return result;
}

}  // namespace yuanliu::http
