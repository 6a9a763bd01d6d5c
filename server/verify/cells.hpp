// Judges one cell against its column and gives its canonical form.
#pragma once

#include <string>
#include <string_view>

#include "schema.hpp"

namespace yuanliu_verify {

enum class CellVerdict { kCanonical, kRewritten, kWrong };

// On kRewritten `canonical` holds the canonical form; on kWrong the cell is not of the column.
CellVerdict judge_cell(std::string_view cell, const Column& column, std::string& canonical);

}  // namespace yuanliu_verify
