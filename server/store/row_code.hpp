// Why this file: a canonical CSV row becomes a row of PostgreSQL's binary COPY and back, bit for
// bit. Worked example: `-12.50` at scale 2 is the eight bytes of the integer -1250, highest first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/store/stored_table.hpp"
#include "server/text/csv.hpp"

namespace yuanliu::store {

/// The key columns that every stored row begins with.
struct RowKey {
    std::int16_t hospital_id = 0;
    std::int64_t second = 0;      ///< the period as yyyymm, or the number of the run
    bool second_is_wide = false;  ///< a run's number: eight bytes; a period: four
};

class RowEncoder {
  public:
    RowEncoder(const StoredTable& table, RowKey key);
    /// Appends the row of a canonical line. Throws std::runtime_error when the line isn't one.
    void append(std::string_view line, std::string& out);

  private:
    const StoredTable& table_;
    std::string head_;  ///< number of fields and the key, the same for every row
    text::RowSplitter splitter_;
};

class RowDecoder {
  public:
    explicit RowDecoder(const StoredTable& table) : table_(table) {}
    /// Appends the canonical line (no line end) of a row without key columns.
    void append(std::string_view row, std::string& out);

  private:
    const StoredTable& table_;
};

}  // namespace yuanliu::store
