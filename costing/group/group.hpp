// Why this file: which DIP group each discharged inpatient belongs to, and which codes decided, so
// that a department head can follow it (docs/method.md §6). [RULE DIP-001]
// Levels, in order: core group by procedure, core group without procedure, composite group.
// Worked example: main diagnosis K35.800, procedures 57.9400 (simple) and 47.0100 (surgery); the
// catalogue has core row K35.8 + 47.01. The simple procedure is passed over, 47.01 is a prefix of
// 47.0100: level core_procedure, deciding codes "K35.800+47.0100". Without a hit, a row of class
// surgery with a diagnosis K35 would take the case: level composite, "K35.800+surgery".
#pragma once

#include <unordered_map>
#include <vector>

#include "costing/base/month.hpp"
#include "costing/base/profit_result.hpp"
#include "costing/group/catalogue_index.hpp"

namespace yuanliu::costing::group {

/// A discharged encounter, with its record if there is one.
struct Discharge {
    EncounterId encounter;
    const DischargeRecord* record = nullptr;
};
/// All encounters of status discharged, in encounter order.
[[nodiscard]] std::vector<Discharge> discharges_of(const Month& month);

/// Groups one record at a time. Refers to the month it was built from, which must outlive it.
class Grouper {
  public:
    explicit Grouper(const Month& month);
    [[nodiscard]] CaseGroup group(const DischargeRecord& record) const;

  private:
    using Nodes = std::vector<const DiagnosisNode*>;
    using Classes = std::unordered_map<std::string_view, ProcedureClass>;
    struct Counted;
    [[nodiscard]] std::vector<Counted> counted_procedures(const DischargeRecord& record) const;
    CatalogueIndex catalogue_;
    Classes classes_;
};

/// All encounters of status discharged, in encounter order.
[[nodiscard]] std::vector<CaseGroup> group_cases(const Month& month);

}  // namespace yuanliu::costing::group
