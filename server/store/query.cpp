// Why this file: see query.hpp.
#include "server/store/query.hpp"

#include <libpq-fe.h>

#include <memory>

#include "server/store/pg_error.hpp"

namespace yuanliu::store {

std::vector<Row> query(Session& session, const std::string& statement,
                       std::initializer_list<std::string> parameters) {
    std::vector<const char*> values;
    values.reserve(parameters.size());
    for (const std::string& parameter : parameters) {
        values.push_back(parameter.c_str());
    }
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        PQexecParams(session.connection(), statement.c_str(), static_cast<int>(values.size()),
                     nullptr, values.data(), nullptr, nullptr, 0),
        PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        throw error_of(session.connection(), result.get());
    }
    std::vector<Row> rows(static_cast<std::size_t>(PQntuples(result.get())));
    const int columns = PQnfields(result.get());
    for (int r = 0; r < static_cast<int>(rows.size()); ++r) {
        Row& row = rows[static_cast<std::size_t>(r)];
        row.reserve(static_cast<std::size_t>(columns));
        for (int c = 0; c < columns; ++c) {
            if (PQgetisnull(result.get(), r, c) != 0) {
                row.emplace_back();
            } else {
                row.emplace_back(
                    std::string(PQgetvalue(result.get(), r, c),
                                static_cast<std::size_t>(PQgetlength(result.get(), r, c))));
            }
        }
    }
    return rows;
}

}  // namespace yuanliu::store
