// Why this file: which names a file of a catalogue may have is one question for whoever reads rules
// and for whoever receives them: what an upload refuses, a rules folder can't hold, and the
// reverse.
#pragma once

#include <cstddef>
#include <string_view>

namespace yuanliu::text {

/// Parts of letters, digits, . _ -, joined by /, none opening with a point or longer than 255
/// bytes, 1,000 bytes in all: such a path stays inside its folder, and has the same name
/// everywhere.
[[nodiscard]] constexpr bool is_plain_path(std::string_view path) noexcept {
    constexpr std::size_t kLongest = 1'000;
    constexpr std::size_t kLongestPart = 255;
    std::size_t length = 0;  // of the part so far
    for (const char c : path) {
        const bool is_letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                               (c >= 'a' && c <= 'z') || c == '_' || c == '-';
        if (!is_letter && (length == 0 || (c != '.' && c != '/'))) {
            return false;
        }
        length = c == '/' ? 0 : length + 1;
        if (length > kLongestPart) {
            return false;
        }
    }
    return length > 0 && path.size() <= kLongest;
}

}  // namespace yuanliu::text
