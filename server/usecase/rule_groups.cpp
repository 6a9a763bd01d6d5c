// Why this file: see rule_groups.hpp.
#include "server/usecase/rule_groups.hpp"

#include "costing/group/group.hpp"
#include "costing/group/month_groups.hpp"
#include "server/catalogue/grouping_set.hpp"

namespace yuanliu::usecase {
namespace {

std::vector<std::string> codes_of_cases(const Month& month, const std::vector<CaseGroup>& cases,
                                        const std::vector<CatalogueRow>& groups) {
    std::vector<std::string> codes(month.encounters.size());
    for (const CaseGroup& row : cases) {
        codes[row.encounter.index()] = row.status == CaseStatus::grouped
                                           ? groups[row.row.index()].group
                                           : "~" + std::string(word_of(row.status));
    }
    return codes;
}

}  // namespace

std::vector<Finding> take_groups_of_rules(const std::filesystem::path& rules_dir,
                                          const Rules& rules, Month& month) {
    if (!rules.grouping) {
        return {};
    }
    auto set = catalogue::read_grouping_set(rules_dir, *rules.grouping);
    if (!has_stop(set.findings)) {
        month.catalogue = costing::group::groups_of_catalogues(set.catalogues);
    }
    return std::move(set.findings);
}

GroupCodes group_codes_by_rules(const std::filesystem::path& rules_dir, const Rules& rules,
                                const Month& month, const std::vector<StayAmounts>& stays,
                                const ParallelFor& parallel_for) {
    if (!rules.grouping) {
        return {.codes = codes_of_cases(month, costing::group::group_cases(month), month.catalogue),
                .findings = {}};
    }
    auto set = catalogue::read_grouping_set(rules_dir, *rules.grouping);
    GroupCodes out{.codes = {}, .findings = std::move(set.findings)};
    const auto missing = catalogue::check_catalogue_payers(month, set.catalogues);
    out.findings.insert(out.findings.end(), missing.begin(), missing.end());
    if (!has_stop(out.findings)) {
        const auto grouped =
            costing::group::group_by_catalogues(month, stays, set.catalogues, parallel_for);
        out.codes = codes_of_cases(month, grouped.cases, grouped.groups);
    }
    return out;
}

}  // namespace yuanliu::usecase
