// Why this file: millions of rows go in and out by PostgreSQL's binary COPY, on the connection and
// in the transaction of the session; SOCI's own bulk is a round trip a row.
#pragma once

#include <string>
#include <string_view>

#include "server/store/connection_pool.hpp"

namespace yuanliu::store {

/// One COPY into a table. Without finish() the rows are lost and the transaction is broken.
class CopyWriter {
  public:
    CopyWriter(Session& session, const std::string& table);
    ~CopyWriter();
    CopyWriter(const CopyWriter&) = delete;
    CopyWriter& operator=(const CopyWriter&) = delete;
    /// Where rows are appended; call flush() after each.
    [[nodiscard]] std::string& buffer() noexcept { return buffer_; }
    /// Sends when enough has come together.
    void flush();
    /// Sends the rest and waits for the database's word. Throws StoreError.
    void finish();

  private:
    void send();
    Session& session_;
    std::string buffer_;
    bool is_open_ = true;
};

/// One COPY out of a query.
class CopyReader {
  public:
    CopyReader(Session& session, const std::string& query);
    ~CopyReader();
    CopyReader(const CopyReader&) = delete;
    CopyReader& operator=(const CopyReader&) = delete;
    /// The next row (number of fields, then fields); false at the end. Lives until the next call.
    [[nodiscard]] bool next(std::string_view& row);

  private:
    Session& session_;
    char* message_ = nullptr;
    bool is_first_ = true;
    bool is_open_ = true;
};

}  // namespace yuanliu::store
