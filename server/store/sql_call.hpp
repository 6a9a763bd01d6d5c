// Why this file: SOCI's exceptions end here; past this point a failure of the database is a
// StoreError with a code.
#pragma once

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include "server/store/pg_error.hpp"

namespace yuanliu::store {

/// Calls `body`, which speaks SQL through SOCI.
template <class Body>
decltype(auto) sql_call(Body&& body) {
    try {  // what() would add the statement with its values
        return body();
    } catch (const soci::postgresql_soci_error& error) {
        throw error_of(error.sqlstate(), error.get_error_message());
    } catch (const soci::soci_error& error) {
        throw StoreError(StoreErrorCode::internal, error.get_error_message());
    }
}

}  // namespace yuanliu::store
