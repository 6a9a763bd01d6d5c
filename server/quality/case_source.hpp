// Why this file: records to be judged, from one CSV file or from a month folder; both become lines
// of one table with our field names, so that there is one way to judge them (docs/quality.md §2).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "costing/base/finding.hpp"
#include "server/text/mapped_file.hpp"

namespace yuanliu::quality {

struct CaseSource {
    std::string file;                        ///< that rows are told of
    std::optional<text::MappedFile> mapped;  ///< of a CSV file
    std::string made;                        ///< of a month folder
    /// Of a month folder: the row of discharges.csv, line by line; 0 = the stay has none.
    std::vector<std::int64_t> rows;
    [[nodiscard]] std::string_view text() const {
        return mapped ? mapped->bytes() : std::string_view(made);
    }
};

/// A folder is a month folder (docs/month-folder.md).
[[nodiscard]] CaseSource open_cases(const std::filesystem::path& place,
                                    std::vector<Finding>& findings);

/// Discharged stays of the month with what encounters, discharges, diagnoses, procedures, their
/// details and charge lines say. A column that the month lacks is no column here.
[[nodiscard]] CaseSource cases_of_month(const std::filesystem::path& folder,
                                        std::vector<Finding>& findings);

}  // namespace yuanliu::quality
