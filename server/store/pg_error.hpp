// Why this file: what PostgreSQL says becomes one closed code in one place: the name of the
// violated constraint decides, then the SQLSTATE. Words of the database are for the log only, and
// of those only what holds no value of a row: state, first line, table, constraint.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

struct pg_conn;
struct pg_result;

namespace yuanliu::store {

enum class StoreErrorCode : std::uint8_t {
    database_unavailable,
    pool_exhausted,
    statement_timed_out,
    lock_timed_out,
    disk_full,
    not_allowed,
    write_conflict,
    schema_not_current,
    run_already_active,
    month_changed,
    month_closed,
    month_missing,
    hospital_missing,
    other_hospital,
    upload_changed,
    duplicate_key,
    word_unknown,
    value_out_of_bounds,
    reference_missing,
    value_missing,
    internal,
};

[[nodiscard]] std::string_view store_error_name(StoreErrorCode code) noexcept;

class StoreError : public std::runtime_error {
  public:
    StoreError(StoreErrorCode code, const std::string& detail)
        : std::runtime_error(std::string(store_error_name(code)) + ": " + detail), code_(code) {}
    StoreError(StoreErrorCode code, const std::string& detail, std::string constraint)
        : StoreError(code, detail) {
        constraint_ = std::move(constraint);
    }
    [[nodiscard]] StoreErrorCode code() const noexcept { return code_; }
    [[nodiscard]] const std::string& constraint() const noexcept { return constraint_; }

  private:
    StoreErrorCode code_;
    std::string constraint_;
};

/// Code of a named constraint; every constraint of the schema has one (tested).
[[nodiscard]] StoreErrorCode code_of_constraint(std::string_view constraint) noexcept;
[[nodiscard]] StoreErrorCode code_of_state(std::string_view sqlstate) noexcept;
/// From the five digits and the database's words in verbose form.
[[nodiscard]] StoreError error_of(std::string_view sqlstate, const std::string& message);
/// From a failed statement; `result` may be null when the connection is lost.
[[nodiscard]] StoreError error_of(const pg_conn* connection, const pg_result* result);

}  // namespace yuanliu::store
