// Why this file: a file that a command was asked to write is there whole or not at all.
#pragma once

#include <filesystem>
#include <string_view>

namespace yuanliu::cli {

/// Writes beside it, then renames. std::runtime_error if it can't be written.
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace yuanliu::cli
