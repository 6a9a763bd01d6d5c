// Why this file: a file that a command was asked to write is there whole or not at all; a place
// that can't be written is told in the reader's language, with an exit code of its own.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "server/text/language.hpp"

namespace yuanliu::cli {

/// What was asked for can't be written: a sentence in the language of the command, and the exit
/// code: kUsage where the place is wrong, kTryAgain where it filled up.
class OutputError : public std::runtime_error {
  public:
    OutputError(int code, const std::string& sentence)
        : std::runtime_error(sentence), code_(code) {}
    [[nodiscard]] int code() const noexcept { return code_; }

  private:
    int code_;
};

[[noreturn]] void refuse_output(int code, const std::filesystem::path& path, const std::string& why,
                                Language language);

/// Writes beside it, then renames; what is no regular file (a terminal, a pipe) is written to.
/// Throws OutputError; then what was there before is there still. A blank path writes nothing.
void write_file(const std::filesystem::path& path, std::string_view text, Language language);

}  // namespace yuanliu::cli
