// Why this file: wide tables are cut into parts that fit a page; text and print share the cuts.
#pragma once

#include <vector>

#include "server/report/report.hpp"

namespace yuanliu::report {

/// At most this many columns beside the key columns in one part, unless one group has more.
inline constexpr std::size_t kColumnsOfPart = 12;

/// Indexes of the columns of each part, the key columns first; groups stay whole and parts are of
/// about equal width.
[[nodiscard]] std::vector<std::vector<std::size_t>> parts_of(const Section& section);
/// Columns of one group that stand side by side, and others alone; without the key columns.
[[nodiscard]] std::vector<std::vector<std::size_t>> column_groups(const Section& section);
/// With the group that stands above it, unless the title says it already (资本性 of 资本性).
[[nodiscard]] std::string titled(const Column& column);
/// With separators between thousands.
[[nodiscard]] std::string shown(const Cell& cell);
/// 编制单位, 期间, 单位, 口径 … as label and value; blank values are left out.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> head_lines(const Report& report);

}  // namespace yuanliu::report
