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

/// What may be told of a failure. Details, contexts and statements hold values of rows, and a row
/// is a patient.
struct Facts {
    std::string_view state;
    std::string_view primary;
    std::string_view table;
    std::string_view constraint;
};

StoreError error_from(const Facts& facts) {
    // "invalid input syntax for type date: "…"": of wrong data, the first line quotes the value.
    std::string text(facts.state);
    text += text.empty() ? "" : ": ";
    text += facts.primary.substr(
        0, facts.state.starts_with("22") ? facts.primary.find(": \"") : std::string_view::npos);
    for (const auto& [name, value] :
         {std::pair("table", facts.table), std::pair("constraint", facts.constraint)}) {
        text += value.empty() ? std::string() : "; " + std::string(name) + " " + std::string(value);
    }
    if (!facts.constraint.empty() && facts.state.starts_with("23")) {
        return {code_of_constraint(facts.constraint), text, std::string(facts.constraint)};
    }
    return {code_of_state(facts.state), text};
}

/// The rest of the line that begins with this label.
std::string_view line_of(std::string_view message, std::string_view label) {
    const std::size_t at = message.find(label);
    if (at == std::string_view::npos || at == 0 || message[at - 1] != '\n') {
        return {};
    }
    const std::string_view rest = message.substr(at + label.size());
    return rest.substr(0, rest.find('\n'));
}

/// The first line without the severity and the state, which the verbose form puts before it.
std::string_view primary_of(std::string_view message, std::string_view state) {
    message = message.substr(0, message.find('\n'));
    for (const std::string_view behind : {"DETAIL:", "CONTEXT:", " while "}) {
        message = message.substr(0, message.find(behind));
    }
    const std::string label = std::string(state) + ": ";
    const std::size_t at = state.empty() ? std::string_view::npos : message.find(label);
    return at == std::string_view::npos ? message : message.substr(at + label.size());
}

StoreError error_of_words(std::string_view state, std::string_view message) {
    return error_from({.state = state,
                       .primary = primary_of(message, state),
                       .table = line_of(message, "TABLE NAME:  "),
                       .constraint = line_of(message, "CONSTRAINT NAME:  ")});
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
    return error_of_words(sqlstate, message);
}

StoreError error_of(const pg_conn* connection, const pg_result* result) {
    const auto field = [&](int name) {
        return result == nullptr ? std::string_view()
                                 : text_or_blank(PQresultErrorField(result, name));
    };
    const std::string_view primary = field(PG_DIAG_MESSAGE_PRIMARY);
    if (primary.empty()) {  // not the database speaks, but the library: the connection is lost
        return error_of_words(field(PG_DIAG_SQLSTATE), text_or_blank(PQerrorMessage(connection)));
    }
    return error_from({.state = field(PG_DIAG_SQLSTATE),
                       .primary = primary,
                       .table = field(PG_DIAG_TABLE_NAME),
                       .constraint = field(PG_DIAG_CONSTRAINT_NAME)});
}

}  // namespace yuanliu::store
