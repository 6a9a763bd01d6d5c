// Why this file: SOCI's own pool waits for ever, measures by the wall clock, and hands out broken
// connections and open transactions. Ours waits as long as it is told, by the steady clock, and
// gives back to use only what is whole and idle.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
namespace soci {
class session;
}

namespace yuanliu::store {

/// One connection; one thread uses it at a time.
class Session {
  public:
    /// Connects. Throws StoreError.
    explicit Session(const std::string& dsn);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] soci::session& sql() noexcept { return *sql_; }
    [[nodiscard]] pg_conn* connection() noexcept { return connection_; }
    /// Runs a script of any number of statements, results unused.
    void execute(const std::string& script);
    /// Alive as far as we know, and outside a transaction.
    [[nodiscard]] bool is_reusable() noexcept;

  private:
    std::unique_ptr<soci::session> sql_;
    pg_conn* connection_ = nullptr;
};

/// Whose rights a transaction has: each only what its work needs.
enum class Role : std::uint8_t { owner, loader, app };

/// Ends with a rollback unless committed.
class Transaction {
  public:
    Transaction(Session& session, Role role);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();
    [[nodiscard]] Session& session() noexcept { return session_; }

  private:
    Session& session_;
    bool is_open_ = true;
};

class ConnectionPool {
  public:
    ConnectionPool(std::string dsn, std::size_t size) : dsn_(std::move(dsn)), size_(size) {}

    /// A session on loan; it goes back at the end, or away when it isn't fit for use.
    class Lease {
      public:
        Lease(ConnectionPool& pool, std::unique_ptr<Session> session)
            : pool_(&pool), session_(std::move(session)) {}
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        Session& operator*() const noexcept { return *session_; }
        Session* operator->() const noexcept { return session_.get(); }

      private:
        ConnectionPool* pool_;
        std::unique_ptr<Session> session_;
    };

    /// Throws StoreError: pool_exhausted after `longest`, database_unavailable.
    [[nodiscard]] Lease lease(std::chrono::milliseconds longest = std::chrono::seconds(10));

  private:
    void give_back(std::unique_ptr<Session> session) noexcept;

    std::string dsn_;
    std::size_t size_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Session>> idle_;
    std::size_t leased_ = 0;
};

}  // namespace yuanliu::store
