// Why this file: people open our JSON files; Boost.JSON writes them on one line only.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace yuanliu::exporting {

/// Two spaces of indent, keys in the order in which they were put in, a line feed at the end.
[[nodiscard]] std::string indented(const boost::json::value& value);

}  // namespace yuanliu::exporting
