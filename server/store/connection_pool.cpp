// Why this file: see connection_pool.hpp.
#include "server/store/connection_pool.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include "server/store/sql_call.hpp"

namespace yuanliu::store {

namespace {

std::unique_ptr<soci::session> connect(const std::string& dsn) {
    try {
        return std::make_unique<soci::session>(soci::postgresql, dsn);
    } catch (const soci::soci_error& error) {
        throw StoreError(StoreErrorCode::database_unavailable, error.what());
    }
}

}  // namespace

Session::Session(const std::string& dsn) : sql_(connect(dsn)) {
    // dynamic_cast does not link: SOCI hides the type's name.
    connection_ = static_cast<soci::postgresql_session_backend*>(sql_->get_backend())->conn_;
    PQsetErrorVerbosity(connection_, PQERRORS_VERBOSE);
    execute(
        "set statement_timeout = '60s'; set lock_timeout = '10s'; "
        "set idle_in_transaction_session_timeout = '10min'; set client_min_messages = warning; "
        "set synchronize_seqscans = off; set timezone = 'UTC'");
}

Session::~Session() = default;

void Session::execute(const std::string& script) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection_, script.c_str()),
                                                               PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
        throw error_of(connection_, result.get());
    }
}

bool Session::is_reusable() noexcept {
    // On an idle connection nothing arrives but the news that the server is gone.
    pollfd waiting{.fd = PQsocket(connection_), .events = POLLIN, .revents = 0};
    return PQstatus(connection_) == CONNECTION_OK &&
           PQtransactionStatus(connection_) == PQTRANS_IDLE && poll(&waiting, 1, 0) == 0;
}

Transaction::Transaction(Session& session, Role role) : session_(session) {
    session_.execute("begin");
    try {
        if (role != Role::owner) {
            session_.execute(role == Role::loader ? "set local role yuanliu_loader"
                                                  : "set local role yuanliu_app");
        }
    } catch (...) {
        PQclear(PQexec(session_.connection(), "rollback"));
        throw;
    }
}

Transaction::~Transaction() {
    if (is_open_) {
        // A failure shows in the connection's state, and the pool then throws it away.
        PQclear(PQexec(session_.connection(), "rollback"));
    }
}

void Transaction::commit() {
    if (PQtransactionStatus(session_.connection()) == PQTRANS_INERROR) {
        throw StoreError(StoreErrorCode::internal, "a failed transaction can't be committed");
    }
    session_.execute("commit");
    is_open_ = false;
}

namespace {

/// The lock of a job whose end failed would else keep it at work for ever. False: the session is
/// broken.
bool let_go(Session& session) noexcept {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        PQexec(session.connection(), "select pg_advisory_unlock_all()"), PQclear);
    return PQresultStatus(result.get()) == PGRES_TUPLES_OK;
}

}  // namespace

ConnectionPool::Lease ConnectionPool::lease(std::chrono::milliseconds longest) {
    std::unique_ptr<Session> session;
    {
        const auto end = std::chrono::steady_clock::now() + longest;
        std::unique_lock lock(mutex_);
        if (!freed_.wait_until(lock, end, [&] { return leased_ < size_; })) {
            throw StoreError(StoreErrorCode::pool_exhausted,
                             "all " + std::to_string(size_) + " connections are in use");
        }
        ++leased_;
        while (!session && !idle_.empty()) {
            session = std::move(idle_.back());
            idle_.pop_back();
            if (!session->is_reusable()) {
                session.reset();
            }
        }
    }
    try {
        if (!session) {
            session = std::make_unique<Session>(dsn_);
        }
    } catch (...) {
        give_back(nullptr);
        throw;
    }
    return {*this, std::move(session)};
}

void ConnectionPool::give_back(std::unique_ptr<Session> session) noexcept {
    if (session && (!session->is_reusable() || !let_go(*session))) {
        session.reset();
    }
    {
        const std::lock_guard lock(mutex_);
        --leased_;
        if (session) {
            idle_.push_back(std::move(session));
        }
    }
    freed_.notify_one();
}

ConnectionPool::Lease::~Lease() {
    if (session_) {
        pool_->give_back(std::move(session_));
    }
}

}  // namespace yuanliu::store
