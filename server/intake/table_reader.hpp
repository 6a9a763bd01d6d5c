// Why this file: reads one table, whatever its size: maps the file, cuts it at line ends, types
// every row by the table's declaration on as many threads as there are, and finds the table's
// canonical hash on the way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "costing/base/parallel.hpp"
#include "server/intake/cell.hpp"
#include "server/intake/finding_list.hpp"
#include "server/intake/table_spec.hpp"

namespace yuanliu::intake {

/// A table as content (docs/month-folder.md §5): data rows and SHA-256 of the canonical form.
struct TableIdentity {
    std::string name;
    std::uint64_t rows = 0;
    std::string sha256;
    bool stands_canonical = false;  ///< the rows of the file are canonical and sorted as they stand
};

/// A row with the right number of fields. Cells that are not valid are reported already; whoever
/// takes the row must not look further into them.
struct Row {
    std::span<const Cell> cells;
    std::uint32_t number = 0;  ///< row in the file, the header being 1
    const Cell& operator[](std::size_t column) const { return cells[column]; }
};

/// Takes the rows of a table. Rows of different chunks come at once, those of one chunk in order.
class RowHandler {
  public:
    RowHandler() = default;
    RowHandler(const RowHandler&) = delete;
    RowHandler& operator=(const RowHandler&) = delete;
    virtual ~RowHandler() = default;
    /// Before the first row; `lines` counts the lines after the header.
    virtual void begin(std::size_t chunks, std::size_t lines) = 0;
    virtual void take(std::size_t chunk, const Row& row, FindingList& findings) = 0;
};

struct TableRead {
    TableIdentity identity{};
    std::uint64_t lines = 0;  ///< lines after the header
    /// Every line was a row; false also when the file is missing or has another header. Who is not
    /// in such a table can't be called unknown.
    bool is_complete = false;
    std::string
        raw_sha256{};  ///< of the file as it stands; blank if it was not needed for identity
    bool in_canonical_order = true;
    /// Rows by number in canonical order; only if the file is in another order.
    std::vector<std::uint32_t> canonical_order{};
};

struct TableSource {
    const TableSpec& spec;
    std::filesystem::path folder;
    const ParallelFor& parallel_for;
    std::size_t chunk_bytes = std::size_t{4} << 20U;
};

/// The identity of a table without rows: its header only.
[[nodiscard]] TableIdentity empty_table(const TableSpec& spec);

/// A file that can't be read or has another header is a finding and an empty table.
[[nodiscard]] TableRead read_table(const TableSource& source, RowHandler& handler,
                                   FindingList& findings);

/// A table that stands alone and is in no month, read in order; `judge` looks at it as a whole
/// once all rows are taken. Returns all findings, sorted.
[[nodiscard]] std::vector<Finding> read_single_table(
    const std::filesystem::path& file, std::size_t key_columns, std::span<const ColumnSpec> columns,
    RowHandler& handler, const std::function<void(FindingList&)>& judge = {});

}  // namespace yuanliu::intake
