// Why this file: a city's DIP catalogue, in columns, words and code styles of its own, becomes a
// catalogue folder as the grouper reads it (docs/grouping.md §5), by a profile
// (`yuanliu.dip_profile/1`, docs/codes.md §2).
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "costing/base/finding.hpp"
#include "server/catalogue/code_tables.hpp"

namespace yuanliu::catalogue {

struct CityCatalogue {
    std::int64_t lines = 0;
    std::int64_t rows = 0;     ///< of groups.csv
    std::int64_t parked = 0;   ///< set aside, each with a finding
    std::int64_t typings = 0;  ///< coefficients of groups, for the auxiliary catalogue
    std::vector<Finding> findings;
};

/// Writes `out`, a new folder, with catalogue.toml, groups.csv, the code tables if there are any
/// (else null), and auxiliary.toml with typings.csv when the profile has [auxiliary]; nothing if a
/// finding stops. The folder is read as the grouper reads it, and what that finds is told by the
/// rows of the city's file. std::runtime_error if the folder is there or can't be written.
[[nodiscard]] CityCatalogue convert_catalogue(const std::filesystem::path& city,
                                              const std::filesystem::path& profile,
                                              const CodeTables* codes,
                                              const std::filesystem::path& out);

}  // namespace yuanliu::catalogue
