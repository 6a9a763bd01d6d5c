// Why this file: an operation that can't be done says so as a value with a closed code; it does not
// throw.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace yuanliu {

/// Ordered by precedence; numbers are never reused.
enum class ErrorCode {
    weight_is_negative = 1,
    duplicate_part_key = 2,
    parts_are_empty = 3,
    driver_total_is_zero = 4,
    weight_overflow = 5,
    amounts_exceed_total = 6,
};

/// The code's one spelling, for messages, JSON and search: "driver_total_is_zero".
[[nodiscard]] std::string_view error_code_name(ErrorCode code) noexcept;

struct Error {
    ErrorCode code{};
    std::string subject;  ///< what it is about: a code, a path through a plan; may be empty
};

template <class T>
using Result = tl::expected<T, Error>;

/// The failed Result: `return fail(ErrorCode::parts_are_empty);`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string subject = {}) {
    return tl::unexpected<Error>(Error{code, std::move(subject)});
}

}  // namespace yuanliu
