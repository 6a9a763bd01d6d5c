// Why this file: a million discharges meet a catalogue of ten thousand groups; this index answers
// "which rows' diagnosis is a prefix of this code" by one hash look-up per prefix length that the
// catalogue uses, longest first. [RULE DIP-001] A base code matches its extensions. Worked example:
// with rows of diagnosis K35 and K35.8, the main diagnosis K35.800 meets K35.8 first, then K35.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "costing/base/month.hpp"

namespace yuanliu::costing::group {

/// All rows of the catalogue with one diagnosis. Where rows tie, the smallest group code stays.
struct DiagnosisNode {
    std::unordered_map<std::string_view, CatalogueRowId> by_procedure;
    CatalogueRowId conservative;                 ///< core row with a blank procedure
    std::array<CatalogueRowId, 4> composite{};   ///< by CompositeClass
    std::vector<std::size_t> procedure_lengths;  ///< of by_procedure, longest first

    /// Row with the longest procedure that is a prefix of `procedure`; not valid if there is none.
    [[nodiscard]] CatalogueRowId find_procedure(std::string_view procedure) const;
};

/// Read-only after construction, so many threads may ask at once. Refers to the codes of the
/// catalogue it was built from, which must outlive it and be in group order.
class CatalogueIndex {
  public:
    explicit CatalogueIndex(const std::vector<CatalogueRow>& catalogue);
    /// Replaces `nodes` by those whose diagnosis is a prefix of `diagnosis`, longest first.
    void find_nodes(std::string_view diagnosis, std::vector<const DiagnosisNode*>& nodes) const;

  private:
    std::unordered_map<std::string_view, DiagnosisNode> nodes_;
    std::vector<std::size_t> lengths_;  ///< of diagnoses, longest first
};

}  // namespace yuanliu::costing::group
