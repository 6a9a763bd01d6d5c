// Why this file: a coder reads 入院病情, not admission_conditions; the label of every field, once.
#pragma once

#include <string>

#include "costing/quality/quality_record.hpp"
#include "server/text/language.hpp"

namespace yuanliu::quality {

/// In English the field's own name with blanks.
[[nodiscard]] std::string label_of(costing::quality::Field field, Language language);

}  // namespace yuanliu::quality
