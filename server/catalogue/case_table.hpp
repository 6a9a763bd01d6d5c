// Why this file: discharges to be grouped, from one CSV file, and their groups into another
// (docs/grouping.md §8).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "costing/group/grouping_case.hpp"
#include "costing/group/record_checks.hpp"
#include "server/catalogue/catalogue_reader.hpp"

namespace yuanliu::catalogue {

struct GroupingCases {
    std::vector<std::string> encounters;
    std::vector<costing::group::GroupingCase> cases;
    std::vector<std::int64_t> rows;  ///< of the file
    std::vector<Finding> findings;
};

/// Unknown and grey codes are warnings; a case that cannot be read stops.
[[nodiscard]] GroupingCases read_cases(const std::filesystem::path& path,
                                       const costing::group::RecordChecks& checks);

using costing::group::group_code;
/// Name of the group of an answer; blank when there is none.
[[nodiscard]] std::string group_name(const costing::group::CatalogueTables& catalogue,
                                     const costing::group::GroupAnswer& answer);

/// The answers as CSV, one row a case in the order of the cases.
[[nodiscard]] std::string answers_as_csv(const LoadedCatalogue& catalogue,
                                         const GroupingCases& cases,
                                         const std::vector<costing::group::GroupAnswer>& answers);

}  // namespace yuanliu::catalogue
