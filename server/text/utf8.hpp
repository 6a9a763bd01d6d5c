// Why this file: a month folder is UTF-8; text in another encoding must be refused where it stands,
// not carried into a result or a report.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace yuanliu::text {

/// Position of the first byte that is not part of well-formed UTF-8 (no overlong forms, no
/// surrogates, nothing above U+10FFFF); npos when all is well-formed.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view bytes) noexcept;

/// What a finding may quote of a value: at most `limit` bytes, cut between characters and marked
/// with an ellipsis; bytes that are not UTF-8 become question marks.
[[nodiscard]] std::string shown(std::string_view value, std::size_t limit = 120);

[[nodiscard]] std::string_view without_byte_order_mark(std::string_view bytes) noexcept;

}  // namespace yuanliu::text
