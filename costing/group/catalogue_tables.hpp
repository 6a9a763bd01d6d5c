// Why this file: one catalogue as a grouper needs it, with what payment and indicators need of its
// groups (docs/grouping.md §2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "costing/base/dictionary_rows.hpp"
#include "costing/group/auxiliary.hpp"
#include "costing/group/dip_catalogue.hpp"
#include "costing/group/drg_catalogue.hpp"
#include "costing/group/record_checks.hpp"

namespace yuanliu::costing::group {

/// Exactly one of `drg` and `dip` is there.
struct CatalogueTables {
    std::string id;
    std::vector<std::string> payers;  ///< "*" or payers; of the rules
    RecordChecks checks;
    std::optional<DrgCatalogue> drg;
    std::optional<DipCatalogue> dip;
    /// Once each, in group order: name, score, reference charge and days (zero = not given).
    std::vector<CatalogueRow> groups;
    std::optional<AuxiliaryCatalogue> auxiliary{};  ///< corrects scores; of a DIP catalogue only
    [[nodiscard]] bool is_for(const std::string& payer) const {
        for (const std::string& named : payers) {
            if (named == "*" || named == payer) {
                return true;
            }
        }
        return false;
    }
};

/// Code of the group of an answer; blank when there is none. Ambiguous DRG cases have one: the
/// letter of the MDC and QY.
[[nodiscard]] std::string group_code(const CatalogueTables& catalogue, const GroupingCase& record,
                                     const GroupAnswer& answer);

}  // namespace yuanliu::costing::group
