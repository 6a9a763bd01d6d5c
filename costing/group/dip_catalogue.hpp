// Why this file: a DIP catalogue as data: rows in the workbook's cell grammar, the order of its
// stages and a city's priorities (docs/grouping.md §5). Worked example: the cell `36.0601|36.0700`
// is two alternatives of one code, `96.7201+39.9500x007` one of two.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "costing/group/grouping_case.hpp"

namespace yuanliu::costing::group {

/// One code of a cell.
struct CellCode {
    enum class Kind : std::uint8_t { prefix, exact, range };
    Kind kind = Kind::prefix;
    MedicalCode low;
    MedicalCode high;  ///< of a range of categories
    [[nodiscard]] bool matches(MedicalCode code) const {
        switch (kind) {
            case Kind::prefix:
                return code.begins_with(low);
            case Kind::exact:
                return code == low;
            case Kind::range:
                break;
        }
        return low <= code.category() && code.category() <= high;
    }
    /// Characters that it asks for.
    [[nodiscard]] std::size_t length() const { return kind == Kind::range ? 3 : low.length(); }
    friend bool operator==(const CellCode&, const CellCode&) = default;
};

using CellAlternative = std::vector<CellCode>;
using Cell = std::vector<CellAlternative>;
inline constexpr std::size_t kMaxCodesOfAlternative = 8;

enum class CellPosition : std::uint8_t { by_stage, main, any };
/// Class of a row, in the order of the priority `class`.
enum class RowClass : std::uint8_t {
    surgery,
    intervention,
    therapeutic,
    diagnostic,
    conservative,
    blank
};

struct DipRow {
    std::string group;
    std::string name;
    GroupLevel level = GroupLevel::core;
    Cell diagnosis;
    Cell other_diagnosis;
    Cell procedure;
    Cell related;
    RowClass row_class = RowClass::blank;
    bool diagnosis_anywhere = false;
    CellPosition procedure_position = CellPosition::by_stage;
    CaseBounds bounds;
    std::optional<Money> mean_charge;
    std::optional<Rate> score;
    std::int64_t source_row = 0;
};

enum class PriorityKey : std::uint8_t {
    and_codes,
    diagnosis_length,
    procedure_length,
    matched_procedures,
    related,
    procedure_order,
    mean_charge,
    level,
    row_class,
    score,
    first_row
};

struct DipStage {
    std::vector<GroupLevel> levels;
    bool recorded_procedures = false;
    bool any_main_procedure = false;
    bool uses_related = false;
    std::vector<PriorityKey> priority;
};

enum class ExcludedProcedure : std::uint8_t { next, conservative, limited };

struct DipCatalogue {
    std::string id;
    std::vector<DipRow> rows;
    std::vector<DipStage> stages;
    bool has_classes = false;
    std::vector<std::pair<MedicalCode, ProcedureClass>> classes;
    std::vector<MedicalCode> excluded_diagnoses;
    bool excludes_by_prefix = false;
    std::vector<std::pair<MedicalCode, ExcludedProcedure>> excluded_procedures;
    std::vector<CellCode> limited_diagnoses;  ///< ranges
    bool counts_unknown_class = false;
    bool generates_composites = false;
};

}  // namespace yuanliu::costing::group

namespace yuanliu {

// clang-format off
#define YUANLIU_DIP_WORDS(Enum, ...)                                                    \
    template <> struct WordsOf<costing::group::Enum> {                                  \
        static constexpr auto kWords = std::to_array<std::string_view>({__VA_ARGS__});  \
    };
YUANLIU_DIP_WORDS(RowClass,
    "surgery", "intervention", "therapeutic", "diagnostic", "conservative", "")
YUANLIU_DIP_WORDS(PriorityKey,
    "and_codes", "diagnosis_length", "procedure_length", "matched_procedures", "related",
    "procedure_order", "mean_charge", "level", "class", "score", "first_row")
YUANLIU_DIP_WORDS(ExcludedProcedure, "next", "conservative", "limited")
#undef YUANLIU_DIP_WORDS
// clang-format on

}  // namespace yuanliu
