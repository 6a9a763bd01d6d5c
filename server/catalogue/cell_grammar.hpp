// Why this file: the workbook's cell grammar, `|` for or, `+` for and, in one place
// (docs/grouping.md §5.1). Worked example: `A01.002+G01*|C00-C75` in a diagnosis is two
// alternatives, the code A01.002+G01* and a range of categories.
#pragma once

#include <optional>
#include <string_view>

#include "costing/group/dip_catalogue.hpp"

namespace yuanliu::catalogue {

/// Nothing if some code of the cell is none, or an alternative has too many.
[[nodiscard]] std::optional<costing::group::Cell> parse_cell(std::string_view cell,
                                                             bool is_diagnosis);
/// A category or a range of them, as `limited_diagnoses` writes it.
[[nodiscard]] std::optional<costing::group::CellCode> parse_range(std::string_view text);

}  // namespace yuanliu::catalogue
