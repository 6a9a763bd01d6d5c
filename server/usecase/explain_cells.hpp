// Why this file: the two kinds of cells that can be opened; explain.hpp is the way in.
#pragma once

#include "server/usecase/explain.hpp"

namespace yuanliu::usecase {

[[nodiscard]] tl::expected<Explanation, CellError> explain_department_cell(
    const ExplainInput& input, const std::vector<std::string>& parts);
[[nodiscard]] tl::expected<Explanation, CellError> explain_patient_cell(
    const ExplainInput& input, const std::string& encounter);

}  // namespace yuanliu::usecase
