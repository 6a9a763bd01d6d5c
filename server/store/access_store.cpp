// Why this file: each method is one transaction with the application's rights.
#include "server/store/access_store.hpp"

#include "server/store/query.hpp"

namespace yuanliu::store {

bool PgAccessStore::needs_setup() {
    const auto lease = pool_.lease(kRequestPatience);
    Transaction transaction(*lease, Role::app);
    return query(*lease, "select 1 from access.users limit 1").empty();
}

void PgAccessStore::offer_setup(const std::string& token_hash) {
    const auto lease = pool_.lease(kRequestPatience);
    Transaction transaction(*lease, Role::app);
    query(
        *lease,
        "insert into access.setup (token_hash) select $1 where not exists (select from "
        "access.users) "
        "on conflict (only_row) do update set token_hash = excluded.token_hash, offered_at = now()",
        {token_hash});
    transaction.commit();
}

access::SetupOutcome PgAccessStore::create_administrator(const std::string& token_hash,
                                                         const access::UserRow& user) {
    const auto lease = pool_.lease(kRequestPatience);
    Transaction transaction(*lease, Role::app);
    // Two at once: the second waits for the row that the first takes away.
    if (query(*lease, "delete from access.setup where token_hash = $1 returning 1", {token_hash})
            .empty()) {
        return query(*lease, "select 1 from access.users limit 1").empty()
                   ? access::SetupOutcome::token_refused
                   : access::SetupOutcome::already_set_up;
    }
    query(*lease, "insert into access.users (username, role, password_hash) values ($1, $2, $3)",
          {user.username, user.role, user.password_hash});
    transaction.commit();
    return access::SetupOutcome::created;
}

std::optional<access::UserRow> PgAccessStore::find_user(const std::string& username) {
    const auto lease = pool_.lease(kRequestPatience);
    Transaction transaction(*lease, Role::app);
    const auto rows =
        query(*lease, "select username, role, password_hash from access.users where username = $1",
              {username});
    if (rows.empty()) {
        return std::nullopt;
    }
    return access::UserRow{
        .username = cell(rows[0], 0), .role = cell(rows[0], 1), .password_hash = cell(rows[0], 2)};
}

void PgAccessStore::create_session(const std::string& token_hash, const std::string& username) {
    const auto lease = pool_.lease(kRequestPatience);
    Transaction transaction(*lease, Role::app);
    query(*lease, "delete from access.sessions where used_at < now() - interval '1 day'");
    query(*lease, "insert into access.sessions (token_hash, username) values ($1, $2)",
          {token_hash, username});
    transaction.commit();
}

std::optional<access::SessionRow> PgAccessStore::use_session(const std::string& token_hash,
                                                             int idle_minutes) {
    const auto lease = pool_.lease(kRequestPatience);
    Transaction transaction(*lease, Role::app);
    const auto rows = query(
        *lease,
        "select u.username, u.role, s.used_at < now() - interval '30 s' from access.sessions s "
        "join access.users u using (username) "
        "where s.token_hash = $1 and s.used_at > now() - $2::int * interval '1 minute'",
        {token_hash, std::to_string(idle_minutes)});
    if (rows.empty()) {
        return std::nullopt;
    }
    if (cell(rows[0], 2) == "t") {  // a busy page writes twice a minute, not at every request
        query(*lease, "update access.sessions set used_at = now() where token_hash = $1",
              {token_hash});
        transaction.commit();
    }
    return access::SessionRow{.username = cell(rows[0], 0), .role = cell(rows[0], 1)};
}

void PgAccessStore::end_session(const std::string& token_hash) {
    const auto lease = pool_.lease(kRequestPatience);
    Transaction transaction(*lease, Role::app);
    query(*lease, "delete from access.sessions where token_hash = $1", {token_hash});
    transaction.commit();
}

}  // namespace yuanliu::store
