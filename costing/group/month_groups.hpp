// Why this file: the discharges of a month meet the catalogues of the rules; each case says by
// which catalogue, at which level and by which codes it was grouped (docs/grouping.md §10).
// Worked example: payer employee goes by DIP-2026; K35.800 with 47.0100 reaches its basic row
// K35.8-47.01: level basic, deciding codes "K35.800;47.0100". A case of two equal rows of
// different groups is ambiguous in the grouping, and is paid as ungrouped.
#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "costing/base/costing_result.hpp"
#include "costing/base/month.hpp"
#include "costing/base/parallel.hpp"
#include "costing/base/profit_result.hpp"
#include "costing/group/catalogue_tables.hpp"
#include "costing/group/dip_grouper.hpp"
#include "costing/group/drg_grouper.hpp"

namespace yuanliu::costing::group {

struct GroupedMonth {
    /// All groups of the catalogues and those that cases made, in group order; the rows of `cases`
    /// point into it.
    std::vector<CatalogueRow> groups;
    std::vector<CaseGroup> cases;  ///< all discharged encounters, in encounter order
    GroupingResult grouping;
};

/// What a grouper is given of a stay; `record` may be null (nothing was coded). A code that is
/// none is left out, and without a main diagnosis the others do not move into its place. A year of
/// age counts 365 days; below one year the front page's days are taken.
[[nodiscard]] GroupingCase grouping_case_of(const DischargeRecord* record, Money charge);

/// What the auxiliary catalogue is given of a grouped stay; refers to its arguments. `terms` may be
/// null. Age in years as the front page says it; in days as the groupers take it; of days in
/// intensive care the whole ones.
[[nodiscard]] AuxiliaryCase auxiliary_case_of(const std::string& group,
                                              const DischargeRecord* record,
                                              const GroupingCase& given, const CaseTerms* terms);

/// All groups of the catalogues, once each, in group order; a run adds those that cases made.
[[nodiscard]] std::vector<CatalogueRow> groups_of_catalogues(
    std::span<const CatalogueTables> catalogues);

/// The catalogue of a payer; nullptr if none is for it.
[[nodiscard]] const CatalogueTables* catalogue_of(std::span<const CatalogueTables> catalogues,
                                                  const std::string& payer);

/// Groups by one catalogue, whatever its kind. Read-only after construction; refers to its tables.
class CatalogueGrouper {
  public:
    explicit CatalogueGrouper(const CatalogueTables& catalogue);
    void group(const GroupingCase& record, GroupAnswer& answer,
               GroupingTrace* trace = nullptr) const;

  private:
    std::variant<DrgGrouper, DipGrouper> grouper_;
};

/// Every payer of a discharged encounter must have a catalogue. `stays` give the whole-stay
/// charges.
[[nodiscard]] GroupedMonth group_by_catalogues(const Month& month,
                                               const std::vector<StayAmounts>& stays,
                                               std::span<const CatalogueTables> catalogues,
                                               const ParallelFor& parallel_for);

}  // namespace yuanliu::costing::group
