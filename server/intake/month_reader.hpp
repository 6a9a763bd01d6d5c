// Why this file: the way in. A month folder (docs/month-folder.md) becomes one Month value, the
// hashes that identify its content, and all findings at once; bad data never throws.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/parallel.hpp"
#include "server/intake/table_reader.hpp"

namespace yuanliu::intake {

struct LoadedMonth {
    Month month;                               ///< to be computed only without stop findings
    std::vector<TableIdentity> tables;         ///< manifest and month tables, sorted by name
    std::string month_hash;                    ///< docs/month-folder.md §5
    std::string prior_hash;                    ///< "none" without prior/
    std::map<std::string, std::string> feeds;  ///< only states other than final
    Money absolute_charges;                    ///< sum of |charge| of all lines, parked included
    Money absolute_parked_charges;             ///< the parked ones of it
    bool has_prior = false;
    std::string prior_result_hash;
    std::map<std::string, std::string> prior_tables;  ///< the listing behind it, by table
    std::vector<Finding> findings;                    ///< sorted by severity, file, row, column
};

struct ReadOptions {
    const ParallelFor& parallel_for;  ///< how loops are spread
    /// More of one code in one file are only counted (`findings_not_listed`).
    std::size_t max_findings_per_code_and_file = 200;
    std::size_t chunk_bytes = std::size_t{4} << 20U;
};

[[nodiscard]] LoadedMonth read_month(const std::filesystem::path& month_dir,
                                     const ReadOptions& options);

}  // namespace yuanliu::intake
