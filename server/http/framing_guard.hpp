// Why this file: the HTTP library accepts ambiguous framing, which is how requests are smuggled.
// Every header is judged here, byte by byte, before the library sees it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yuanliu::http {

inline constexpr std::size_t kHeaderLimit = 8192;
inline constexpr std::size_t kChunkExtensionLimit = 1024;

/// Where a header ends in `bytes` (one past its blank line), or nothing when it is not complete.
[[nodiscard]] std::optional<std::size_t> header_end(std::string_view bytes);

/// Bytes that can never become a good header, so that a client learns it at once: a control
/// character, a line feed without its carriage return.
[[nodiscard]] bool is_hopeless(std::string_view bytes);

/// `head` ends with its blank line. Nothing = pass on; else the status to refuse with. The
/// connection is closed after every refusal. `hosts`: allowed names without port; empty = any.
[[nodiscard]] std::optional<int> judge_header(std::string_view head,
                                              const std::vector<std::string>& hosts);

/// True when the extension of a chunk must be refused.
[[nodiscard]] bool is_bad_chunk_extension(std::string_view extension);

}  // namespace yuanliu::http
