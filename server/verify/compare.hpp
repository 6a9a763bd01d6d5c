// Row-by-row and member-by-member comparison of what was derived with what was found.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "derived.hpp"
#include "report.hpp"
#include "table.hpp"

namespace yuanliu_verify {

void compare_rows(const RowSet& derived, const Table& found, Report& report);

enum class Members { kAll, kOnlyExpected };

// kOnlyExpected ignores members of `found` that `expected` does not have.
void compare_json(const boost::json::value& expected, const boost::json::value& found,
                  const std::string& path, Members members, Report& report);

}  // namespace yuanliu_verify
