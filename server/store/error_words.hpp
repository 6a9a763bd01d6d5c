// Why this file: what the store refuses is said to people in their language, with the mend; the
// database's own words are for the log.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/store/pg_error.hpp"

namespace yuanliu::store {

/// What helps.
enum class Mend : std::uint8_t {
    try_again,      ///< the circumstances pass
    ask_otherwise,  ///< what was asked for can't be had as the store is
    tell_us,        ///< a defect of ours
};

struct ErrorWords {
    Mend mend;
    std::string_view en;
    std::string_view zh;
};

[[nodiscard]] const ErrorWords& words_of(StoreErrorCode code) noexcept;
/// The code of a name that store_error_name gives.
[[nodiscard]] std::optional<StoreErrorCode> store_error_of(std::string_view name) noexcept;

}  // namespace yuanliu::store
