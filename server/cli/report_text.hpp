// Why this file: a report on a terminal, its columns lined up, and wide tables cut into blocks that
// fit its width, each with the key columns: a line that wraps can't be read.
#pragma once

#include <cstddef>
#include <string>

#include "server/report/report.hpp"

namespace yuanliu::cli {

/// What a line may take where there is no terminal.
inline constexpr std::size_t kTextWidth = 160;

/// Columns of the terminal that standard output is, else kTextWidth; so too for text that goes to a
/// file.
[[nodiscard]] std::size_t width_of_output(bool goes_to_file);

/// No line of a table is wider than `width` display columns, unless the key columns and one other
/// are.
[[nodiscard]] std::string as_text(const report::Report& report, std::size_t width);

}  // namespace yuanliu::cli
