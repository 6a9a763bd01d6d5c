// Why this file: see migration.hpp.
#include "server/store/migration.hpp"

#include <map>
#include <string>

#include "server/store/query.hpp"
#include "server/store/sql_call.hpp"
#include "server/text/sha256.hpp"

namespace yuanliu::store {
namespace {

constexpr const char* kOwnTable = R"sql(
create schema if not exists core;
comment on schema core is 'What is imported, computed and visible.';
create table if not exists core.schema_migration (
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now(),
    constraint schema_migration_key primary key (name)
);
comment on table core.schema_migration is 'Migrations that ran, with the hash of their text.';
)sql";

std::map<std::string, std::string> applied(Session& session) {
    return sql_call([&] {
        std::map<std::string, std::string> known;
        int is_there = 0;
        session.sql() << "select (to_regclass('core.schema_migration') is not null)::int",
            soci::into(is_there);
        if (is_there != 0) {
            const soci::rowset<std::string> rows =
                (session.sql().prepare
                 << "select name || ' ' || sha256 from core.schema_migration");
            for (const std::string& row : rows) {
                known.emplace(row.substr(0, row.find(' ')), row.substr(row.find(' ') + 1));
            }
        }
        return known;
    });
}

/// The migrations still to run; throws when the database isn't at an earlier state of ours.
std::vector<Migration> missing(Session& session) {
    auto known = applied(session);
    std::vector<Migration> out;
    for (const Migration& migration : migrations()) {
        const auto found = known.find(std::string(migration.name));
        if (found == known.end()) {
            out.push_back(migration);
            continue;
        }
        if (found->second != text::sha256_hex(migration.text)) {
            throw StoreError(StoreErrorCode::schema_not_current,
                             "migration " + found->first +
                                 " was altered after it ran on this database: use the program that "
                                 "the database was made with");
        }
        known.erase(found);
    }
    if (!known.empty()) {
        throw StoreError(
            StoreErrorCode::schema_not_current,
            "the database is newer than this program: it knows migration " + known.begin()->first);
    }
    return out;
}

void apply(Session& session, const Migration& migration) {
    Transaction transaction(session, Role::owner);
    session.execute(std::string(migration.text));
    sql_call([&] {
        const std::string name(migration.name);
        const std::string sum = text::sha256_hex(migration.text);
        session.sql() << "insert into core.schema_migration (name, sha256) values (:name, :sum)",
            soci::use(name), soci::use(sum);
    });
    transaction.commit();
}

}  // namespace

int migrate(Session& session) {
    session.execute(
        "set lock_timeout = '5min'; set statement_timeout = 0; select pg_advisory_lock(7300)");
    int count = 0;
    try {
        session.execute(kOwnTable);
        for (const Migration& migration : missing(session)) {
            apply(session, migration);
            ++count;
        }
    } catch (...) {
        if (session.is_reusable()) {
            session.execute(
                "select pg_advisory_unlock(7300); set lock_timeout = '10s'; set statement_timeout "
                "= '60s'");
        }
        throw;
    }
    session.execute(
        "select pg_advisory_unlock(7300); set lock_timeout = '10s'; set statement_timeout = '60s'");
    return count;
}

void require_current_schema(Session& session) {
    if (const auto left = missing(session); !left.empty()) {
        throw StoreError(StoreErrorCode::schema_not_current, "the database lacks migration " +
                                                                 std::string(left.front().name) +
                                                                 ": run `yuanliu migrate`");
    }
}

std::string schema_version(Session& session) {
    return cell(query(session, "select max(name) from core.schema_migration").at(0), 0);
}

}  // namespace yuanliu::store
