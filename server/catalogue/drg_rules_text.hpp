// Why this file: the rules of a DRG scheme are published as a text of heads, directives and codes;
// this turns it into sets and terms, line by line (docs/grouping.md §4.1). Worked example: under
// `FM2 …`, the directive 包含以下主要诊断： and I21.000, then 包含以下主要手术或操作： and 36.0601
// become one alternative of two terms.
#pragma once

#include <filesystem>

#include "costing/group/drg_catalogue.hpp"
#include "costing/group/record_checks.hpp"
#include "server/intake/finding_list.hpp"

namespace yuanliu::catalogue {

void read_drg_rules(const std::filesystem::path& path, const costing::group::RecordChecks& checks,
                    intake::FindingList& findings, costing::group::DrgCatalogue& catalogue);

}  // namespace yuanliu::catalogue
