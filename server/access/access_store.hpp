// Why this file: what sessions need to be kept, so that their rules can be tested without a
// database. The server keeps it in PostgreSQL (server/store).
#pragma once

#include <optional>
#include <stdexcept>
#include <string>

namespace yuanliu::access {

/// The store does not answer; the request can be tried again.
class StoreUnavailable : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

struct UserRow {
    std::string username;
    std::string role;
    std::string password_hash;
};

struct SessionRow {
    std::string username;
    std::string role;
};

enum class SetupOutcome { created, token_refused, already_set_up };

class AccessStore {
  public:
    AccessStore() = default;
    AccessStore(const AccessStore&) = delete;
    AccessStore& operator=(const AccessStore&) = delete;
    AccessStore(AccessStore&&) = delete;
    AccessStore& operator=(AccessStore&&) = delete;
    virtual ~AccessStore() = default;

    [[nodiscard]] virtual bool needs_setup() = 0;
    /// Replaces the setup token; nothing happens once there is an administrator.
    virtual void offer_setup(const std::string& token_hash) = 0;
    /// In one transaction: the token is checked and used up, the user created.
    [[nodiscard]] virtual SetupOutcome create_administrator(const std::string& token_hash,
                                                            const UserRow& user) = 0;
    [[nodiscard]] virtual std::optional<UserRow> find_user(const std::string& username) = 0;
    virtual void create_session(const std::string& token_hash, const std::string& username) = 0;
    /// Marks it as used now; nothing when it is unknown, or idle by the store's clock for longer.
    [[nodiscard]] virtual std::optional<SessionRow> use_session(const std::string& token_hash,
                                                                int idle_minutes) = 0;
    virtual void end_session(const std::string& token_hash) = 0;
};

}  // namespace yuanliu::access
