// Why this file: what a grouper is given and what it answers, the same for DRG and DIP, so that a
// result always says by which catalogue, at which level and by which codes (docs/grouping.md §1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/grouping_words.hpp"
#include "costing/base/money.hpp"
#include "costing/group/medical_code.hpp"

namespace yuanliu::costing::group {

using yuanliu::GroupingReason;
using yuanliu::GroupingStatus;
using yuanliu::GroupLevel;

struct GroupingCase {
    static constexpr std::int32_t kUnknown = -1;
    Sex sex = Sex::unknown;
    std::int32_t age_days = kUnknown;
    std::int32_t weight_g = kUnknown;
    Money charge;
    std::vector<MedicalCode> diagnoses;   ///< the first is the main diagnosis
    std::vector<MedicalCode> procedures;  ///< the first is the main procedure
};

struct GroupAnswer {
    static constexpr std::uint32_t kNoRow = 0xFFFFFFFFU;
    GroupingStatus status = GroupingStatus::ungrouped;
    GroupingReason reason = GroupingReason::none;
    GroupLevel level = GroupLevel::none;
    std::uint32_t row = kNoRow;      ///< DRG or catalogue row; not set for QY and generated groups
    char mdc = ' ';                  ///< of the group QY
    std::int8_t composite = 0;       ///< 1 to 4: a generated group
    std::vector<MedicalCode> codes;  ///< deciding codes
    /// A code decides once; its first place stays.
    void decide_by(MedicalCode code);
};

/// Inclusive bounds of a rule. An unknown age or weight is within no bound.
struct CaseBounds {
    static constexpr std::int32_t kNone = -1;
    std::optional<Sex> sex;
    std::int32_t age_days_min = kNone;
    std::int32_t age_days_max = kNone;
    std::int32_t weight_g_min = kNone;
    std::int32_t weight_g_max = kNone;
    friend bool operator==(const CaseBounds&, const CaseBounds&) = default;
};

/// What of a rule did not hold; also what a trace says of codes that were looked at.
enum class Shortfall : std::uint8_t {
    none,
    sex,
    age,
    weight,
    sites,
    valid_procedure,
    no_valid_procedure,
    main_diagnosis,
    any_diagnosis,
    main_procedure,
    any_procedure,
    other_diagnosis,
    procedure,
    related,
    conservative,
    composite_class,
    no_adrg
};
[[nodiscard]] Shortfall shortfall_of(const CaseBounds& bounds, const GroupingCase& record);

enum class TraceKind : std::uint8_t {
    mdc_not_entered,
    mdc_entered,
    adrg_failed,
    adrg_holds,
    adrg_not_reached,  ///< an earlier one held; missing = 0: this one would have held as well
    severity_none,     ///< a diagnosis that is no complication
    severity_shut_out,
    severity_cc,
    severity_mcc,
    procedure_uncounted,
    procedure_moved,
    procedure_conservative,
    stage,
    row_failed,
    row_holds,
    row_lost,  ///< `detail` is the place of the priority key
    row_tied,
    composite_class
};

/// One step of the work. `rule` is an MDC, ADRG, stage or row of the catalogue.
struct TraceStep {
    TraceKind kind{};
    std::uint32_t rule = 0;
    Shortfall why = Shortfall::none;
    std::uint32_t missing = 0;  ///< how many terms or cells did not hold
    std::uint32_t detail = 0;
    MedicalCode code;
    bool is_near = false;  ///< lacks one term or cell, and something else of it holds
};
using GroupingTrace = std::vector<TraceStep>;

}  // namespace yuanliu::costing::group
