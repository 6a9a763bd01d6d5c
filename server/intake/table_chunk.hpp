// Why this file: one part of a table file, parsed by one thread. Split from table_reader so that
// cutting and joining parts, and what is done in a part, can be read apart.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/intake/table_reader.hpp"
#include "server/text/csv.hpp"

namespace yuanliu::intake {

/// A canonical row: in the mapped file if it stands there so, else in an arena.
struct RowText {
    const char* data = nullptr;
    std::uint32_t size = 0;
    std::uint32_t key_size = 0;  ///< bytes of the key columns, commas between them included
    std::uint32_t number = 0;
    [[nodiscard]] std::string_view text() const noexcept { return {data, size}; }
    [[nodiscard]] std::string_view key() const noexcept { return {data, key_size}; }
};

/// Memory for rendered rows; what it gives out never moves.
class TextArena {
  public:
    [[nodiscard]] std::string_view keep(std::string_view text);

  private:
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t used_ = 0;
    std::size_t capacity_ = 0;
};

struct Chunk {
    std::string_view bytes;          ///< whole lines
    std::uint32_t first_number = 0;  ///< row number of its first line
    std::size_t index = 0;
    std::uint64_t valid_rows = 0;
    bool has_broken_lines = false;  ///< lines that are no rows, so not even their key is known
    /// Every row stands in canonical form, and each is strictly above the one before by key.
    bool is_canonical = true;
    RowText first;
    RowText last;
    std::vector<RowText> rows;  ///< only when asked for
    TextArena arena;
};

/// First pass: types every row, hands it to `handler`, reports faults, and notes whether the chunk
/// is canonical as it stands.
void parse_chunk(const TableSpec& spec, Chunk& chunk, RowHandler& handler, FindingList& findings);

/// Second pass, for files that are not canonical as they stand: collects canonical rows, sorted.
void render_chunk(const TableSpec& spec, Chunk& chunk);

}  // namespace yuanliu::intake
