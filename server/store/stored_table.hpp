// Why this file: a table of a folder and its table in the database have the same columns; this says
// how a cell is stored, so that one pair of functions moves every table either way. The month's
// tables follow from intake's declarations; the result's are declared here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/intake/table_spec.hpp"

namespace yuanliu::store {

enum class StoredType : std::uint8_t { text, decimal, date, period, flag };

struct StoredColumn {
    std::string_view name;
    StoredType type = StoredType::text;
    int scale = 0;           ///< of decimals: 12.50 at scale 2 is stored as 1250
    bool is_trimmed = true;  ///< false: always written with all decimals
    bool blank_is_null = false;
};

struct StoredTable {
    std::string file;  ///< in the folder: `ledger.csv`, `closing/in_hospital.csv`
    std::string name;  ///< in the database: `month.ledger`
    std::vector<StoredColumn> columns;
    bool is_optional = false;  ///< no part of a folder that has no rows of it
    [[nodiscard]] std::string header() const;
    /// Quoted and joined by commas.
    [[nodiscard]] std::string column_list() const;
};

/// How a table of the month or of prior/ is stored.
[[nodiscard]] StoredTable stored_month_table(const intake::TableSpec& spec);
/// The tables of a month, then the three of prior/.
[[nodiscard]] const std::vector<StoredTable>& stored_month_tables();
/// The tables of a result.
[[nodiscard]] const std::vector<StoredTable>& stored_result_tables();
/// Throws std::logic_error for a file that is none of them.
[[nodiscard]] const StoredTable& stored_result_table(std::string_view file);
/// Names of the groups of a run: kept with it, no table of its result.
[[nodiscard]] const StoredTable& stored_group_names();

}  // namespace yuanliu::store
