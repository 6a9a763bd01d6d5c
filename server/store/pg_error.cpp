// Why this file: see pg_error.hpp.
#include "server/store/pg_error.hpp"

#include <libpq-fe.h>

#include <array>
#include <utility>

namespace yuanliu::store {
namespace {

using enum StoreErrorCode;

/// Constraints that mean something of their own; the others say by their last word what they are.
constexpr std::array<std::pair<std::string_view, StoreErrorCode>, 1> kOwnMeaning{{
    {"job_one_active_run", run_already_active},
}};
constexpr std::array<std::pair<std::string_view, StoreErrorCode>, 9> kByEnding{{
    {"_key", duplicate_key},
    {"_unique", duplicate_key},
    {"_known", word_unknown},
    {"_bounds", value_out_of_bounds},
    {"_length", value_out_of_bounds},
    {"_form", value_out_of_bounds},
    {"_exists", reference_missing},
    {"_exist", reference_missing},
    {"_present", value_missing},
}};
/// Whole states before their classes.
constexpr std::array<std::pair<std::string_view, StoreErrorCode>, 15> kByState{{
    {"57014", statement_timed_out},
    {"55P03", lock_timed_out},
    {"53100", disk_full},
    {"42501", not_allowed},
    {"40001", write_conflict},
    {"40P01", write_conflict},
    {"23505", duplicate_key},
    {"23503", reference_missing},
    {"23502", value_missing},
    {"23514", value_out_of_bounds},
    {"22003", value_out_of_bounds},
    {"08", database_unavailable},
    {"57P", database_unavailable},
    {"53", database_unavailable},
    {"28", not_allowed},
}};

std::string_view text_or_blank(const char* text) {
    return text == nullptr ? "" : text;
}

}  // namespace

std::string_view store_error_name(StoreErrorCode code) noexcept {
    static constexpr std::array<std::string_view, 21> kNames{
        "database_unavailable", "pool_exhausted",     "statement_timed_out",
        "lock_timed_out",       "disk_full",          "not_allowed",
        "write_conflict",       "schema_not_current", "run_already_active",
        "month_changed",        "month_closed",       "month_missing",
        "hospital_missing",     "other_hospital",     "upload_changed",
        "duplicate_key",        "word_unknown",       "value_out_of_bounds",
        "reference_missing",    "value_missing",      "internal"};
    return kNames[static_cast<std::size_t>(code)];
}

StoreErrorCode code_of_constraint(std::string_view constraint) noexcept {
    for (const auto& [name, code] : kOwnMeaning) {
        if (constraint == name) {
            return code;
        }
    }
    for (const auto& [ending, code] : kByEnding) {
        if (constraint.ends_with(ending)) {
            return code;
        }
    }
    return internal;
}

StoreErrorCode code_of_state(std::string_view sqlstate) noexcept {
    for (const auto& [start, code] : kByState) {
        if (sqlstate.starts_with(start)) {
            return code;
        }
    }
    return sqlstate.empty() ? database_unavailable : internal;
}

StoreError error_of(std::string_view sqlstate, const std::string& message) {
    // SOCI hands over the words only; sessions ask for the verbose form, which names the
    // constraint.
    constexpr std::string_view kLabel = "CONSTRAINT NAME:  ";
    const std::size_t at = message.find(kLabel);
    if (at != std::string::npos && sqlstate.starts_with("23")) {
        const std::size_t begin = at + kLabel.size();
        std::string name = message.substr(begin, message.find('\n', begin) - begin);
        const StoreErrorCode code = code_of_constraint(name);
        return {code, message, std::move(name)};
    }
    return {code_of_state(sqlstate), message};
}

StoreError error_of(const pg_conn* connection, const pg_result* result) {
    const std::string_view state =
        result == nullptr ? "" : text_or_blank(PQresultErrorField(result, PG_DIAG_SQLSTATE));
    std::string name(result == nullptr
                         ? ""
                         : text_or_blank(PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME)));
    const std::string message = PQerrorMessage(connection);
    if (!name.empty() && state.starts_with("23")) {
        const StoreErrorCode code = code_of_constraint(name);
        return {code, message, std::move(name)};
    }
    return {code_of_state(state), message};
}

}  // namespace yuanliu::store
