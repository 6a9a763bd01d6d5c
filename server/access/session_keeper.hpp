// Why this file: the rules of logging in, staying logged in and the first administrator, without
// HTTP and without SQL.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "server/access/access_store.hpp"
#include "server/access/password.hpp"
#include "server/access/throttle.hpp"

namespace yuanliu::access {

struct OpenSession {
    std::string token;  ///< goes into the cookie, is never stored
    std::string username;
    std::string role;
    std::string csrf_token;
};

struct LoginOutcome {
    enum class Kind { opened, wrong, throttled, busy };
    Kind kind = Kind::wrong;
    int wait_seconds = 0;
    OpenSession session;
};

class SessionKeeper {
  public:
    static constexpr int kIdleMinutes = 30;

    SessionKeeper(AccessStore& store, SteadyClock now)
        : store_(store), now_(now), throttle_(std::move(now)) {}

    /// A new setup token while there is no administrator yet.
    [[nodiscard]] std::optional<std::string> offer_setup();
    [[nodiscard]] bool needs_setup() { return store_.needs_setup(); }
    [[nodiscard]] SetupOutcome create_administrator(const std::string& token,
                                                    const std::string& username,
                                                    const std::string& password);
    [[nodiscard]] LoginOutcome log_in(const std::string& username, const std::string& password,
                                      const std::string& address);
    /// The session of a cookie, marked as used now.
    [[nodiscard]] std::optional<OpenSession> find(const std::string& token);
    void log_out(const std::string& token);

  private:
    [[nodiscard]] bool is_idle(const std::string& hash);

    AccessStore& store_;
    SteadyClock now_;
    Throttle throttle_;
    PasswordHasher hasher_;
    std::mutex mutex_;
    /// Last use by the steady clock: setting the machine's time back prolongs no session.
    std::unordered_map<std::string, std::chrono::steady_clock::time_point> last_use_;
};

}  // namespace yuanliu::access
