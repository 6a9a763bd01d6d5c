// Why this file: see copy.hpp.
#include "server/store/copy.hpp"

#include <libpq-fe.h>

#include <stdexcept>

#include "server/store/pg_error.hpp"

namespace yuanliu::store {
namespace {

constexpr std::size_t kSendAt = std::size_t{1} << 18U;
/// Signature, flags, length of a header extension that there is none of.
constexpr std::string_view kHeader("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
constexpr std::string_view kTrailer("\377\377", 2);

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

void begin_copy(Session& session, const std::string& statement, ExecStatusType expected) {
    const Result result(PQexec(session.connection(), statement.c_str()), PQclear);
    if (PQresultStatus(result.get()) != expected) {
        throw error_of(session.connection(), result.get());
    }
}

/// Takes the results that end a COPY; throws what went wrong.
void end_copy(Session& session) {
    const Result result(PQgetResult(session.connection()), PQclear);
    const bool is_good = PQresultStatus(result.get()) == PGRES_COMMAND_OK;
    const StoreError error = is_good ? StoreError(StoreErrorCode::internal, "")
                                     : error_of(session.connection(), result.get());
    while (PGresult* more = PQgetResult(session.connection())) {
        PQclear(more);
    }
    if (!is_good) {
        throw error;
    }
}

}  // namespace

CopyWriter::CopyWriter(Session& session, const std::string& table) : session_(session) {
    begin_copy(session, "copy " + table + " from stdin (format binary)", PGRES_COPY_IN);
    buffer_.reserve(kSendAt + (kSendAt >> 2U));
    buffer_ = kHeader;
}

CopyWriter::~CopyWriter() {
    if (is_open_) {
        PQputCopyEnd(session_.connection(), "given up");
        while (PGresult* more = PQgetResult(session_.connection())) {
            PQclear(more);
        }
    }
}

void CopyWriter::send() {
    if (PQputCopyData(session_.connection(), buffer_.data(), static_cast<int>(buffer_.size())) !=
        1) {
        throw error_of(session_.connection(), nullptr);
    }
    buffer_.clear();
}

void CopyWriter::flush() {
    if (buffer_.size() >= kSendAt) {
        send();
    }
}

void CopyWriter::finish() {
    buffer_ += kTrailer;
    send();
    is_open_ = false;
    if (PQputCopyEnd(session_.connection(), nullptr) != 1) {
        throw error_of(session_.connection(), nullptr);
    }
    end_copy(session_);
}

CopyReader::CopyReader(Session& session, const std::string& query) : session_(session) {
    begin_copy(session, "copy (" + query + ") to stdout (format binary)", PGRES_COPY_OUT);
}

CopyReader::~CopyReader() {
    if (message_ != nullptr) {
        PQfreemem(message_);
    }
    if (is_open_) {
        // Left in the middle: nothing else can be done on this connection, and the pool sees it.
        char* rest = nullptr;
        while (PQgetCopyData(session_.connection(), &rest, 0) > 0) {
            PQfreemem(rest);
        }
    }
}

bool CopyReader::next(std::string_view& row) {
    if (message_ != nullptr) {
        PQfreemem(message_);
        message_ = nullptr;
    }
    const int size = PQgetCopyData(session_.connection(), &message_, 0);
    if (size < 0) {
        is_open_ = false;
        if (size == -2) {
            throw error_of(session_.connection(), nullptr);
        }
        end_copy(session_);
        return false;
    }
    row = std::string_view(message_, static_cast<std::size_t>(size));
    if (is_first_) {
        is_first_ = false;
        if (!row.starts_with(kHeader)) {
            throw std::runtime_error("the database sends rows in an unknown form");
        }
        row.remove_prefix(kHeader.size());
        if (row.empty()) {
            return next(row);
        }
    }
    if (row == kTrailer) {
        return next(row);
    }
    return true;
}

}  // namespace yuanliu::store
