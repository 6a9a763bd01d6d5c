// Why this file: published tables of regions come in the encodings of the programs that wrote
// them; a table is turned to UTF-8 once, and bytes that don't belong to its encoding are refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yuanliu::text {

enum class Encoding : std::uint8_t { utf_8, gb18030, utf_16 };

/// The bytes as UTF-8, without byte order mark; nothing when they are not of the encoding, and
/// `fault_at` is then the first byte that is not.
[[nodiscard]] std::optional<std::string> as_utf8(std::string_view bytes, Encoding encoding,
                                                 std::size_t& fault_at);

}  // namespace yuanliu::text
