// The columns of every table of the month, prior and result folders, as docs/month-folder.md and
// docs/result-folder.md list them. Types drive both validation and the canonical form.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace yuanliu_verify {

enum class ColumnType {
    kCode,
    kText,
    kAmount,
    kSum,  // an amount of a result: no input, so not bound as one
    kNumber,
    kNumber6,
    kNumber7,
    kNumber8,
    kUnitCost,
    kCount,
    kDate,
    kPeriod,
    kAttributionPeriod,
    kFlag,
    kWord,
};

enum class Bound { kNone, kNotNegative, kPositive, kZeroToOne, kAtLeastOne };

struct Column {
    std::string name;
    ColumnType type = ColumnType::kText;
    Bound bound = Bound::kNone;
    bool optional = false;
    std::vector<std::string> words;
};

struct TableSchema {
    std::string file;
    std::vector<Column> columns;
    std::size_t key_columns = 0;  // leading columns of the key
    bool last_is_key = false;     // and the last column belongs to it too
    // The file may be absent; without rows the table is no part of the month, and a result has it
    // only when its rules have its part.
    bool optional = false;
    // Of an optional table of a result: the part of the rules that it belongs to.
    std::string part;

    std::string header() const;
    std::size_t at(std::string_view column) const;
};

const std::vector<TableSchema>& month_schemas();
const std::vector<TableSchema>& prior_schemas();
const std::vector<TableSchema>& result_schemas();
const TableSchema& schema_of(const std::vector<TableSchema>& schemas, std::string_view file);

}  // namespace yuanliu_verify
