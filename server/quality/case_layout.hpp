// Why this file: records come from many systems, each with headers, words and dates of its own; a
// layout (`yuanliu.case_layout/1`) says which of their columns are our fields (docs/quality.md §2).
// Worked example: other_diagnoses = ["C06x{01-40}C"] takes C06x01C to C06x40C, in this order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/quality/quality_record.hpp"
#include "server/intake/finding_list.hpp"
#include "server/text/csv.hpp"

namespace yuanliu::quality {

using costing::quality::Field;
using costing::quality::FieldSet;

/// Empty: every column is named as its field.
struct CaseLayout {
    std::map<Field, std::vector<std::string>> columns;
    std::map<Field, std::map<std::string, std::string, std::less<>>> words;
};

[[nodiscard]] CaseLayout read_layout(const std::filesystem::path& path,
                                     std::vector<Finding>& findings);

/// Where the fields stand in the rows of one file.
struct BoundColumns {
    struct Binding {
        Field field{};
        std::vector<std::size_t> columns;  ///< several: one place of a list each
        const std::map<std::string, std::string, std::less<>>* words = nullptr;
    };
    std::vector<Binding> bindings;
    FieldSet fields;        ///< what the file has, parts and wholes of code lists included
    std::size_t width = 0;  ///< columns of the header
};

/// A file without `encounter` or `main_diagnosis` is a finding; other columns may be absent.
[[nodiscard]] BoundColumns bind_columns(const CaseLayout& layout,
                                        std::span<const text::Field> header,
                                        intake::FindingList& findings);

/// One row as a record. The texts are views of the row's, and live as long.
void fill_record(const BoundColumns& bound, std::span<const text::Field> row,
                 costing::quality::Record& record);

}  // namespace yuanliu::quality
