// Why this file: short queries with bound text parameters and text results, which are exact for
// every type of ours; nothing is ever pasted into SQL.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "server/store/connection_pool.hpp"

namespace yuanliu::store {

using Row = std::vector<std::optional<std::string>>;

/// Runs one statement; `$1` is the first parameter. Throws StoreError.
std::vector<Row> query(Session& session, const std::string& statement,
                       std::initializer_list<std::string> parameters = {});

/// The hospital whose months the API shows, for all of its queries: the first that has one.
/// Addresses don't name hospitals yet, so that an import of a second one is refused.
inline constexpr const char* kShownHospital = "(select min(hospital_id) from core.month)";

/// The text of a cell; blank for NULL.
[[nodiscard]] inline std::string cell(const Row& row, std::size_t column) {
    return row.at(column).value_or("");
}

}  // namespace yuanliu::store
