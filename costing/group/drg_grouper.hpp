// Why this file: which DRG a case belongs to, by a catalogue, and why (docs/grouping.md §4). What
// is known of a code is gathered once, so a case costs one look-up a code and a walk through the
// ADRGs of one MDC. Worked example: I20.000 with 36.0700 and J96.000 in the catalogue of
// tests/catalogues/own_drg: MDCF by the main diagnosis, FM1 by the main procedure, digit 1 because
// J96.000 is an MCC that I20.000 does not shut out: FM11, by I20.000, 36.0700, J96.000.
#pragma once

#include <span>
#include <vector>

#include "costing/group/drg_catalogue.hpp"
#include "costing/group/record_checks.hpp"

namespace yuanliu::costing::group {

/// Read-only after construction, so many threads may ask at once. Refers to both arguments.
class DrgGrouper {
  public:
    DrgGrouper(const DrgCatalogue& catalogue, const RecordChecks& checks);
    /// Replaces `answer`; appends to `trace` when there is one.
    void group(const GroupingCase& record, GroupAnswer& answer,
               GroupingTrace* trace = nullptr) const;

  private:
    friend class DrgRun;
    using Numbers = std::vector<std::uint32_t>;
    /// All that a catalogue says of one code, kept small: a case touches it once a code.
    struct Facts {
        std::uint64_t mdcs = 0;       ///< bit i: main diagnosis of mdcs[i]
        std::uint32_t first_set = 0;  ///< in sets_
        std::uint32_t sets = 0;
        std::uint32_t first_site = 0;  ///< in sites_
        std::uint32_t sites = 0;
        std::uint32_t cc = 0;
        std::uint32_t mcc = 0;
        std::uint32_t shuts_out = 0;
        bool valid = false;
    };
    Facts& facts_of(MedicalCode code);
    void gather_numbers();
    void gather_lists(const std::vector<Numbers>& sets, const std::vector<Numbers>& sites);
    [[nodiscard]] std::span<const std::uint32_t> sets_of(const Facts& facts) const {
        return std::span(sets_).subspan(facts.first_set, facts.sets);
    }
    [[nodiscard]] std::span<const std::uint32_t> sites_of(const Facts& facts) const {
        return std::span(sites_).subspan(facts.first_site, facts.sites);
    }

    const DrgCatalogue* catalogue_;
    const RecordChecks* checks_;
    MedicalCodeIndex codes_;
    std::vector<Facts> facts_;
    Numbers sets_;   ///< of all codes, one after another, ascending for each
    Numbers sites_;  ///< the same
    Facts unknown_;
    /// By MDC: ADRGs that ask procedures, then the others.
    std::vector<std::vector<std::uint32_t>> procedural_;
    std::vector<std::vector<std::uint32_t>> medical_;
    std::vector<std::uint32_t> first_site_;  ///< by MDC
};

}  // namespace yuanliu::costing::group
