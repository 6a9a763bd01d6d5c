// Why this file: a folder with `auxiliary.toml` becomes the auxiliary catalogue, and cases of a CSV
// file get their coefficients (docs/codes.md §3).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/group/auxiliary.hpp"

namespace yuanliu::catalogue {

struct LoadedAuxiliary {
    costing::group::AuxiliaryCatalogue catalogue;
    costing::group::OpeningRule opening;
    std::size_t open = 0;      ///< typings
    std::size_t not_open = 0;  ///< typings that the opening rule refuses
    std::vector<Finding> findings;
};

[[nodiscard]] LoadedAuxiliary read_auxiliary(const std::filesystem::path& folder);

struct AuxiliaryCoefficients {
    std::string csv;  ///< `encounter,group,coefficient,kind,band,hits,points`, as the cases stand
    std::size_t cases = 0;
    std::size_t corrected = 0;  ///< of which some band was hit
    std::vector<Finding> findings;
};

/// Cases: `encounter,group,diagnoses` and, each may be absent, `age_years,age_days,icu_days,
/// severity,tumour`; diagnoses joined by `;`, the main one first.
[[nodiscard]] AuxiliaryCoefficients correct_cases(
    const costing::group::AuxiliaryCatalogue& catalogue, const std::filesystem::path& cases);

}  // namespace yuanliu::catalogue
