// Why this file: long work says before each stage where it is, and ends there when it is told to.
#pragma once

#include <functional>
#include <string_view>

namespace yuanliu::usecase {

/// Called before a stage with its name and how far the work is, in thousandths. What it throws ends
/// the work, with nothing changed.
using Progress = std::function<void(std::string_view stage, int permille)>;

inline void reach(const Progress& progress, std::string_view stage, int permille) {
    if (progress) {
        progress(stage, permille);
    }
}

}  // namespace yuanliu::usecase
