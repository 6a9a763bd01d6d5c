// Why this file: a record that cannot be right must not be grouped as if it were; the checks of a
// catalogue come before its rules (docs/grouping.md §3). Worked example: a female with N40.x00
// fails a row `not_female,N40,N51`: N40 is within the range by its first three characters.
#pragma once

#include <vector>

#include "costing/group/grouping_case.hpp"

namespace yuanliu::costing::group {

enum class CheckRule : std::uint8_t { not_main, not_female, not_male, infants_only };

struct CheckRow {
    CheckRule rule{};
    MedicalCode from;
    MedicalCode to;
};

struct RecordChecks {
    bool has_diagnoses = false;  ///< there is a table of known diagnoses
    bool has_procedures = false;
    MedicalCodeIndex diagnoses;
    MedicalCodeIndex procedures;
    MedicalCodeIndex grey_diagnoses;
    MedicalCodeIndex grey_procedures;
    std::vector<CheckRow> rows;

    /// True: a check fails, and `answer` says which.
    [[nodiscard]] bool fail(const GroupingCase& record, GroupAnswer& answer) const;
};

}  // namespace yuanliu::costing::group

namespace yuanliu {
template <>
struct WordsOf<costing::group::CheckRule> {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"not_main", "not_female", "not_male", "infants_only"});
};
}  // namespace yuanliu
