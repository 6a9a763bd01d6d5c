// Why this file: the catalogues of a rules folder, ready to group a month (docs/grouping.md §10).
#pragma once

#include <filesystem>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/rules.hpp"
#include "costing/group/catalogue_tables.hpp"
#include "costing/group/month_groups.hpp"

namespace yuanliu::catalogue {

using GroupingCatalogues = std::vector<costing::group::CatalogueTables>;

struct GroupingSet {
    GroupingCatalogues catalogues;  ///< in the order of the rules
    std::vector<Finding> findings;  ///< files are named as FOLDER/FILE
};

/// Reads each folder; a rule's priority replaces that of the stages of a DIP catalogue. Groups of
/// one code in two catalogues must have the same figures (catalogue_groups_clash).
[[nodiscard]] GroupingSet read_grouping_set(const std::filesystem::path& rules_dir,
                                            const GroupingRules& rules);

/// Payers of discharged encounters that no catalogue is for (payer_without_catalogue, stop).
[[nodiscard]] std::vector<Finding> check_catalogue_payers(
    const Month& month, const std::vector<costing::group::CatalogueTables>& catalogues);

/// Of a grouped month: cases that failed a check (warn); levels of case_terms.csv for which the
/// case's auxiliary catalogue has bands, but none of that word (case_level_unknown, warn: arguments
/// word, first case, how many, catalogue, its words); and, when points or indicators are
/// wanted, groups with cases that lack a figure (group_without_score, stop).
[[nodiscard]] std::vector<Finding> check_grouped(const Month& month,
                                                 const costing::group::GroupedMonth& grouped,
                                                 const GroupingCatalogues& catalogues,
                                                 bool needs_figures);

}  // namespace yuanliu::catalogue
