// Why this file: users and sessions in PostgreSQL.
#pragma once

#include "server/access/access_store.hpp"
#include "server/store/connection_pool.hpp"

namespace yuanliu::store {

/// How long a request waits for a connection before it is told to come again.
inline constexpr std::chrono::milliseconds kRequestPatience{2000};

class PgAccessStore final : public access::AccessStore {
  public:
    explicit PgAccessStore(ConnectionPool& pool) : pool_(pool) {}

    bool needs_setup() override;
    void offer_setup(const std::string& token_hash) override;
    access::SetupOutcome create_administrator(const std::string& token_hash,
                                              const access::UserRow& user) override;
    std::optional<access::UserRow> find_user(const std::string& username) override;
    void create_session(const std::string& token_hash, const std::string& username) override;
    std::optional<access::SessionRow> use_session(const std::string& token_hash,
                                                  int idle_minutes) override;
    void end_session(const std::string& token_hash) override;

  private:
    ConnectionPool& pool_;
};

}  // namespace yuanliu::store
