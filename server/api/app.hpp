// Why this file: the one way of every request: find the route, authorize, read, handle, and turn
// whatever goes wrong into a problem.
#pragma once

#include <filesystem>
#include <functional>

#include "server/access/session_keeper.hpp"
#include "server/http/log.hpp"
#include "server/http/page.hpp"
#include "server/http/problem.hpp"
#include "server/http/router.hpp"

namespace yuanliu::api {

inline constexpr std::uint64_t kJsonLimit = 64ULL * 1024;
inline constexpr std::uint64_t kFileLimit = 2ULL * 1024 * 1024 * 1024;

struct AppParts {
    access::SessionKeeper& sessions;
    http::Log& log;
    const http::Page& page;
    std::filesystem::path incoming;     ///< where uploaded files arrive before they are placed
    std::function<void()> stop_work{};  ///< when the server ends; may be empty
};

class App final : public http::Service {
  public:
    App(AppParts parts, http::Router router)
        : parts_(std::move(parts)), router_(std::move(router)) {}

    http::Admission admit(http::Request& head) override;
    http::Response handle(http::Request& request) override;
    http::Response refuse(const http::Request& request, int status) override;
    void stopping() override;
    void finished(const http::Request& request, int status, std::size_t bytes, double ms) override;

  private:
    [[nodiscard]] http::Match find_route(http::Request& request) const;
    [[nodiscard]] http::Caller authorize(http::Request& request, http::Access access);
    [[nodiscard]] http::Admission admit_body(http::Request& head);
    [[nodiscard]] http::Response dispatch(http::Request& request);
    template <class Work>
    http::Response guarded(const http::Request& request, Work work);

    AppParts parts_;
    http::Router router_;
};

}  // namespace yuanliu::api
