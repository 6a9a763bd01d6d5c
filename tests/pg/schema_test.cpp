// Why this file: the schema that is reviewed is the schema that runs, and each of its constraints,
// violated on purpose, is known by its own code.
#include <gtest/gtest.h>
#include <libpq-fe.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "server/store/copy.hpp"
#include "server/store/migration.hpp"
#include "server/store/pg_error.hpp"
#include "server/store/sql_call.hpp"
#include "server/store/stored_table.hpp"
#include "tests/pg/database.hpp"

namespace yuanliu {
namespace {

using store::StoreError;
using store::StoreErrorCode;
using testing::Database;
using testing::number_of;
using namespace std::chrono_literals;

std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(SchemaTest, migrations_from_zero_give_the_reviewed_schema) {
    const Database database;
    const testing::OpenFolder folder;
    const std::string out = (folder.path() / "schema.sql").string();
    const std::string command =
        std::string(YUANLIU_SOURCE_DIR) + "/sql/dump_schema.sh '" + database.dsn() + "' > " + out;
    ASSERT_EQ(std::system(command.c_str()), 0);
    const std::string reviewed = std::string(YUANLIU_SOURCE_DIR) + "/sql/schema.sql";
    if (std::getenv("YUANLIU_UPDATE_SCHEMA") != nullptr) {
        std::filesystem::copy_file(out, reviewed,
                                   std::filesystem::copy_options::overwrite_existing);
    }
    EXPECT_EQ(read(out), read(reviewed))
        << "after a new migration run this test with YUANLIU_UPDATE_SCHEMA=1 and review the "
           "difference";
}

TEST(SchemaTest, migrating_again_changes_nothing) {
    Database database;
    EXPECT_EQ(store::migrate(database.session()), 0);
    EXPECT_NO_THROW(store::require_current_schema(database.session()));
}

TEST(SchemaTest, altered_or_unknown_migration_is_refused) {
    Database database;
    database.session().execute("insert into core.schema_migration values ('9999_later.sql', 'x')");
    EXPECT_THROW(store::migrate(database.session()), StoreError);
    database.session().execute(
        "delete from core.schema_migration where name like '9999%'; "
        "update core.schema_migration set sha256 = 'x'");
    EXPECT_THROW(store::require_current_schema(database.session()), StoreError);
}

TEST(SchemaTest, every_stored_column_is_in_the_database_and_no_other) {
    Database database;
    auto all = store::stored_month_tables();
    const auto& results = store::stored_result_tables();
    all.insert(all.end(), results.begin(), results.end());
    for (const store::StoredTable& table : all) {
        std::string columns;
        for (const auto& column : table.columns) {
            columns += "," + std::string(column.name);
        }
        EXPECT_EQ(testing::text_of(database.session(),
                                   "select string_agg(',' || attname, '' order by attnum) from "
                                   "pg_attribute where attnum > 2 and attrelid = '" +
                                       table.name + "'::regclass"),
                  columns)
            << table.name;
    }
}

TEST(SchemaTest, every_constraint_has_a_code_and_every_table_a_comment) {
    Database database;
    const std::string names = testing::text_of(
        database.session(),
        "select string_agg(name, ',') from (select conname as name from pg_constraint c join "
        "pg_namespace n on n.oid = connamespace where nspname in ('core', 'month', 'result') union "
        "select indexname from pg_indexes where schemaname = 'core' and indexdef like '%UNIQUE%') "
        "x");
    std::istringstream list(names);
    for (std::string name; std::getline(list, name, ',');) {
        EXPECT_NE(store::code_of_constraint(name), StoreErrorCode::internal) << name;
    }
    EXPECT_EQ(number_of(database.session(),
                        "select count(*) from pg_class c join pg_namespace n on n.oid = "
                        "relnamespace where nspname in ('core', 'month', 'result') and relkind in "
                        "('r', 'p') and obj_description(c.oid, 'pg_class') is null"),
              0);
}

TEST(SchemaTest, violated_constraints_are_known_by_name) {
    Database database;
    struct Case {
        const char* statement;
        StoreErrorCode code;
        const char* constraint;
    };
    database.session().execute("insert into core.hospital (code, name) values ('H', 'h')");
    const Case cases[]{
        {"insert into core.hospital (code, name) values ('H', 'h')", StoreErrorCode::duplicate_key,
         "hospital_code_unique"},
        {"insert into month.feeds values (1, 202609, 'ledger', 'late')",
         StoreErrorCode::word_unknown, "feeds_state_known"},
        {"insert into month.feeds values (1, 202614, 'ledger', 'estimated')",
         StoreErrorCode::value_out_of_bounds, "period_bounds"},
        {"insert into result.parked_cost values (1, 1, 'staff', 'basic', 'direct', "
         "1000000000000001)",
         StoreErrorCode::value_out_of_bounds, "fen_bounds"},
        {"insert into core.current_run values (1, 202609, 7)", StoreErrorCode::reference_missing,
         "current_run_run_exists"},
        {"insert into core.rules values (1, 'abc')", StoreErrorCode::value_out_of_bounds,
         "hash_form"},
        {"insert into core.rules values (null, 'none')", StoreErrorCode::value_missing, ""},
    };
    for (const Case& row : cases) {
        try {
            database.session().execute(row.statement);
            ADD_FAILURE() << row.statement;
        } catch (const StoreError& error) {
            EXPECT_EQ(error.code(), row.code) << row.statement << "\n" << error.what();
            EXPECT_EQ(error.constraint(), row.constraint) << row.statement;
        }
    }
}

TEST(PoolTest, full_pool_refuses_in_time_and_serves_again) {
    Database database;
    store::ConnectionPool pool(database.dsn(), 1);
    {
        const auto held = pool.lease();
        const auto start = std::chrono::steady_clock::now();
        try {
            const auto second = pool.lease(100ms);
            FAIL() << "two leases of a pool of one";
        } catch (const StoreError& error) {
            EXPECT_EQ(error.code(), StoreErrorCode::pool_exhausted);
        }
        EXPECT_GE(std::chrono::steady_clock::now() - start, 100ms);
        EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    }
    EXPECT_NO_THROW((void)pool.lease(100ms));
}

TEST(PoolTest, broken_connection_and_open_transaction_are_never_used_again) {
    Database database;
    store::ConnectionPool pool(database.dsn(), 1);
    const auto backend = [](store::Session& session) {
        return number_of(session, "select pg_backend_pid()");
    };
    long long first = 0;
    {
        const auto session = pool.lease();
        first = backend(*session);
    }
    {
        const auto session = pool.lease();
        EXPECT_EQ(backend(*session), first) << "a good connection is used again";
        session->execute("begin; set local yuanliu.hospital = '7'");
    }
    long long second = 0;
    {
        const auto session = pool.lease();
        second = backend(*session);
        EXPECT_NE(second, first) << "left inside a transaction";
    }
    database.session().execute("select pg_terminate_backend(" + std::to_string(second) + ", 5000)");
    {
        const auto session = pool.lease();
        EXPECT_NE(backend(*session), second) << "ended by the server while idle";
        database.session().execute("select pg_terminate_backend(" +
                                   std::to_string(backend(*session)) + ", 5000)");
        try {
            session->execute("select 1");
            FAIL() << "a dead connection answers";
        } catch (const StoreError& error) {
            EXPECT_EQ(error.code(), StoreErrorCode::database_unavailable) << error.what();
        }
    }
    EXPECT_NO_THROW(pool.lease()->execute("select 1"));
}

TEST(PoolTest, slow_statement_and_held_lock_are_told_apart) {
    Database database;
    store::Session other(database.dsn());
    other.execute("begin; lock table core.hospital in access exclusive mode");
    try {
        database.session().execute("set lock_timeout = '50ms'; select * from core.hospital");
        FAIL() << "read through a lock";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.code(), StoreErrorCode::lock_timed_out);
    }
    try {
        database.session().execute("set statement_timeout = '50ms'; select pg_sleep(5)");
        FAIL() << "slept";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.code(), StoreErrorCode::statement_timed_out);
    }
}

/// What a failure says, by whatever way it comes.
template <class Work>
StoreError failure_of(Work work) {
    try {
        work();
    } catch (const StoreError& error) {
        return error;
    }
    return {StoreErrorCode::internal, "nothing failed"};
}

TEST(PoolTest, value_of_a_row_is_in_no_log) {
    Database database;
    store::Session& session = database.session();
    session.execute("create table secret (name text constraint secret_key primary key, day date)");
    session.execute("insert into secret values ('Zhang-San-0815', null)");
    const std::string name = "Zhang-San-0815";
    const StoreError plain =
        failure_of([&] { session.execute("insert into secret values ('Zhang-San-0815', null)"); });
    const StoreError bound = failure_of([&] {
        store::sql_call(
            [&] { session.sql() << "insert into secret (name) values (:n)", soci::use(name); });
    });
    const StoreError date =
        failure_of([&] { session.execute("insert into secret values ('a', 'no-day')"); });
    const StoreError copied = failure_of([&] {
        store::CopyWriter writer(session, "secret");
        writer.buffer() += std::string("\0\2\0\0\0\16", 6) + name + "\xff\xff\xff\xff";
        writer.finish();
    });
    for (const StoreError* error : {&plain, &bound, &copied}) {
        EXPECT_EQ(error->code(), StoreErrorCode::duplicate_key) << error->what();
        EXPECT_EQ(error->constraint(), "secret_key");
        EXPECT_STREQ(error->what(),
                     "duplicate_key: 23505: duplicate key value violates unique constraint "
                     "\"secret_key\"; table secret; constraint secret_key");
    }
    EXPECT_STREQ(date.what(), "internal: 22007: invalid input syntax for type date");
    std::ifstream log(testing::cluster_log());
    std::stringstream read;
    read << log.rdbuf();
    const std::string text = read.str();
    EXPECT_NE(text.find("violates unique constraint \"secret_key\""), std::string::npos);
    EXPECT_EQ(text.find(name), std::string::npos);
    EXPECT_EQ(text.find("insert into secret"), std::string::npos);
}

TEST(PoolTest, absent_database_is_unavailable) {
    store::ConnectionPool pool("host=/nowhere dbname=none connect_timeout=2", 1);
    for (int attempt = 0; attempt < 2; ++attempt) {
        try {
            const auto session = pool.lease(100ms);
            FAIL() << "connected to nothing";
        } catch (const StoreError& error) {
            EXPECT_EQ(error.code(), StoreErrorCode::database_unavailable) << error.what();
        }
    }
}

}  // namespace
}  // namespace yuanliu
