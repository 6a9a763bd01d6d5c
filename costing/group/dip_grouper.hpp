// Why this file: which DIP group a case belongs to, by a catalogue and a city's order of stages and
// priorities, and why (docs/grouping.md §5). Rows are indexed by the first code of their diagnosis,
// so a case meets only the rows that its main diagnosis may reach. Worked example: I21.000 with
// 36.0700 and 00.2400 in tests/catalogues/own_dip: M01 asks the related 00.2400, M02 nothing
// further; by priority `related` M01 wins.
#pragma once

#include <vector>

#include "costing/group/dip_catalogue.hpp"
#include "costing/group/record_checks.hpp"

namespace yuanliu::costing::group {

/// Read-only after construction, so many threads may ask at once. Refers to both arguments.
class DipGrouper {
  public:
    DipGrouper(const DipCatalogue& catalogue, const RecordChecks& checks);
    /// Replaces `answer`; appends to `trace` when there is one.
    void group(const GroupingCase& record, GroupAnswer& answer,
               GroupingTrace* trace = nullptr) const;

  private:
    friend class DipRun;
    /// The rows of one stage by the first code of their diagnosis.
    struct StageIndex {
        MedicalCodeIndex codes;
        std::vector<std::vector<std::uint32_t>> rows;  ///< by number of the code
        std::vector<std::uint32_t> others;             ///< rows that any diagnosis may reach
        std::vector<std::size_t> lengths;              ///< of the codes
    };
    [[nodiscard]] StageIndex index_of(const DipStage& stage) const;
    [[nodiscard]] bool excludes(MedicalCode diagnosis) const;

    const DipCatalogue* catalogue_;
    const RecordChecks* checks_;
    std::vector<StageIndex> stages_;
    MedicalCodeIndex classified_;
    std::vector<ProcedureClass> classes_;  ///< by number in classified_
    MedicalCodeIndex treated_;
    std::vector<ExcludedProcedure> treatments_;
    MedicalCodeIndex excluded_;
    std::vector<std::size_t> excluded_lengths_;
};

}  // namespace yuanliu::costing::group
