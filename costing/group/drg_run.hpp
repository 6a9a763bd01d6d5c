// Why this file: the work on one case of the DRG grouper, private to it (docs/grouping.md
// §4.3-4.6).
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "costing/group/drg_grouper.hpp"

namespace yuanliu::costing::group {

class DrgRun {
  public:
    DrgRun(const DrgGrouper& grouper, const GroupingCase& record, GroupAnswer& answer,
           GroupingTrace* trace);
    void run();

  private:
    using Facts = DrgGrouper::Facts;
    static constexpr std::int32_t kFails = -1;
    static constexpr std::int32_t kNoCode = -2;  ///< holds, and no code decided
    /// Where a term looks.
    struct Place {
        bool is_procedure = false;
        std::int32_t at = kFails;
    };

    [[nodiscard]] bool conditions_hold(const DrgMdc& mdc,
                                       const std::vector<DrgCondition>& conditions,
                                       Shortfall& why) const;
    [[nodiscard]] Shortfall shortfall_of_condition(const DrgMdc& mdc,
                                                   const DrgCondition& condition) const;
    [[nodiscard]] Place place_of(const DrgTerm& term) const;
    [[nodiscard]] bool term_holds(const DrgTerm& term) const;
    void mark_sets();
    [[nodiscard]] std::size_t sites_of(const DrgMdc& mdc, std::size_t wanted,
                                       std::vector<MedicalCode>* codes) const;
    /// The alternative that holds; nullptr if none does.
    [[nodiscard]] const std::vector<DrgTerm>* held(const DrgMdc& mdc, const DrgAdrg& adrg) const;
    void trace_failure(const DrgMdc& mdc, std::uint32_t adrg, TraceKind kind) const;
    void say(TraceStep step) const {
        if (trace_ != nullptr) {
            trace_->push_back(step);
        }
    }

    [[nodiscard]] bool find_adrg(const DrgMdc& mdc, std::span<const std::uint32_t> adrgs);
    [[nodiscard]] bool enter(std::uint32_t mdc);
    void decide_in(const DrgMdc& mdc);
    void decide_by_sites(const DrgMdc& mdc);
    void decide_by_terms(const DrgMdc& mdc);
    void decide_by_severity();
    void finish(GroupingStatus status, GroupingReason reason);
    [[nodiscard]] std::size_t main_procedures() const {
        return grouper_.catalogue_->any_main_procedure
                   ? procedures_.size()
                   : std::min<std::size_t>(1, procedures_.size());
    }
    [[nodiscard]] std::int32_t first_valid(std::size_t count) const;

    const DrgGrouper& grouper_;
    const DrgCatalogue& catalogue_;
    const GroupingCase& record_;
    GroupAnswer& answer_;
    GroupingTrace* trace_;
    std::vector<const Facts*> diagnoses_;
    std::vector<const Facts*> procedures_;
    std::vector<std::uint64_t> marks_;  ///< a bit for each set, one stretch for each kind of term
    std::size_t words_ = 0;             ///< of a stretch
    bool has_valid_main_ = false;
    bool has_valid_ = false;
    const DrgAdrg* adrg_ = nullptr;
    const std::vector<DrgTerm>* terms_ = nullptr;
};

}  // namespace yuanliu::costing::group
