// Why this file: one reading and one writing of a CSV row (RFC 4180 quoting, no line break inside a
// field), so that what is read, hashed and written again is the same bytes. Example: the row
// `A,"b, ""c""",` has the fields `A`, `b, "c"` and blank, and is rendered as it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yuanliu::text {

struct Field {
    std::string_view value;
    bool quoted_as_canonical = true;  ///< quotes stand if and only if the canonical form has them
};

enum class LineFault : std::uint8_t { none, quoting_broken, not_utf8 };

/// Splits rows, one after another; the fields of a row live until the next is split.
class RowSplitter {
  public:
    /// `line` is without its line end.
    [[nodiscard]] LineFault split(std::string_view line);
    [[nodiscard]] std::span<const Field> fields() const noexcept { return fields_; }
    /// False: only printable ASCII without quotes, so no field needs a look at its bytes.
    [[nodiscard]] bool has_special_bytes() const noexcept { return special_; }
    /// Of a faulty line: how many fields were complete, and the byte of the fault.
    [[nodiscard]] std::size_t fault_at() const noexcept { return fault_at_; }

  private:
    [[nodiscard]] bool split_plain(std::string_view line);
    [[nodiscard]] LineFault split_careful(std::string_view line);
    [[nodiscard]] bool take_quoted(std::string_view line, std::size_t& at);

    std::vector<Field> fields_;
    std::vector<std::string> unescaped_;
    std::size_t fault_at_ = 0;
    bool special_ = false;
};

[[nodiscard]] bool needs_quotes(std::string_view value) noexcept;
/// Appends a field in canonical form: quoted only if it contains a comma or a quote.
void append_field(std::string& out, std::string_view value);
/// A whole canonical row, without line end.
[[nodiscard]] std::string render_row(std::span<const std::string_view> fields);
/// Number of lines; a last line without line end counts.
[[nodiscard]] std::size_t count_lines(std::string_view bytes) noexcept;

}  // namespace yuanliu::text
