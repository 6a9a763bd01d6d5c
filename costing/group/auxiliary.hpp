// Why this file: the auxiliary catalogue (辅助目录) corrects a DIP score for comorbidity, severity,
// tumours, age and intensive care; bands, coefficients and the rule that opens a typing are data of
// a city (docs/codes.md §3).
// Worked example: a group with typings cci 1.1 and age 1.05, `several = highest`; a case of 70
// years with 3 CCI points hits both bands and gets 1.1.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "costing/base/money.hpp"
#include "costing/base/words.hpp"
#include "costing/group/medical_code.hpp"

namespace yuanliu::costing::group {

enum class AuxiliaryKind : std::uint8_t { cci, severity, tumour, age, icu };
/// Of several bands that hold: the highest coefficient, that of the first band of the file, or the
/// product of all.
enum class SeveralHits : std::uint8_t { highest, first, product };
/// Unit of an age band; cci counts points, icu days.
enum class BandUnit : std::uint8_t { days, years };

struct AuxiliaryBand {
    std::string id;
    AuxiliaryKind kind{};
    std::string level;  ///< of severity and tumour: the case's level as coded
    BandUnit unit = BandUnit::days;
    std::int32_t from = 0;  ///< inclusive, as `to`
    std::int32_t to = INT32_MAX;
    Rate coefficient = Rate::from_raw(10'000);
};

/// When a typing is opened for a group, by last year's cases.
struct OpeningRule {
    std::int64_t group_cases_over = 0;
    std::int64_t typed_cases_over = 0;
    Rate cv_falls_by;  ///< relative: 0.20 = the CV within the types is at least a fifth lower
};

struct TypingStatistics {
    std::int64_t group_cases = 0;
    std::int64_t typed_cases = 0;
    Money group_mean;
    Money typed_mean;
    Rate cv_before;
    Rate cv_after;
};

/// A kind, or one band of it, of one group.
struct Typing {
    AuxiliaryKind kind{};
    std::string band;  ///< blank = all of the kind
    Rate coefficient;
};

/// Points of a comorbidity; of a family (mild and severe forms) only the highest counts.
struct ComorbidityRow {
    MedicalCode code;  ///< any code that begins with it
    std::string family;
    std::int32_t points = 0;
};

struct AuxiliaryCatalogue {
    std::string id;
    SeveralHits several{};
    bool counts_main_diagnosis = false;  ///< for comorbidity points
    bool opens_all = false;              ///< bands hold for groups without a typing too
    std::vector<AuxiliaryBand> bands;
    std::vector<ComorbidityRow> comorbidities;
    std::map<std::string, std::vector<Typing>, std::less<>> typings;  ///< open ones, by group
    std::set<std::string, std::less<>> excluded_groups;
};

struct AuxiliaryCase {
    static constexpr std::int32_t kUnknown = -1;
    std::string_view group;
    std::int32_t age_years = kUnknown;
    std::int32_t age_days = kUnknown;
    std::int32_t icu_days = 0;
    std::string_view severity;
    std::string_view tumour;
    std::span<const MedicalCode> diagnoses;  ///< the main one first
};

struct AuxiliaryAnswer {
    Rate coefficient = Rate::from_raw(10'000);
    std::vector<std::size_t> bands;  ///< that gave it: one, of a product all; none: nothing was hit
    std::int32_t points = 0;         ///< of comorbidity
    std::vector<MedicalCode> codes;  ///< that gave the points, in recorded order
    std::size_t hits = 0;
};
/// No coefficient is above 100: a product stops there.
inline constexpr Rate kMostAuxiliary = Rate::from_raw(1'000'000);

/// Whether the rule opens a typing with these figures.
[[nodiscard]] bool opens(const OpeningRule& rule, const TypingStatistics& statistics);
/// typed_mean ÷ group_mean, four decimals, half away from zero. The group's mean must not be zero.
[[nodiscard]] Rate trigger_coefficient(const TypingStatistics& statistics);
/// Of each family the first diagnosis with its most points counts.
void count_comorbidities(const AuxiliaryCatalogue& catalogue,
                         std::span<const MedicalCode> diagnoses, AuxiliaryAnswer& answer);
/// 1 for an excluded group and for a case that no open band fits.
[[nodiscard]] AuxiliaryAnswer auxiliary_coefficient(const AuxiliaryCatalogue& catalogue,
                                                    const AuxiliaryCase& record);

/// The kinds of the bands that gave the coefficient, their ids, and what of the case decided:
/// diagnoses with points, level, age (in the unit of the band), days. Each joined by `;`, in file
/// order of the bands; blank without a hit.
struct AuxiliaryReasons {
    std::string kinds;
    std::string bands;
    std::string decided_by;
};
[[nodiscard]] AuxiliaryReasons reasons_of(const AuxiliaryCatalogue& catalogue,
                                          const AuxiliaryCase& record,
                                          const AuxiliaryAnswer& answer);

}  // namespace yuanliu::costing::group

namespace yuanliu {
// clang-format off
template <> struct WordsOf<costing::group::AuxiliaryKind> {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"cci", "severity", "tumour", "age", "icu"});
};
template <> struct WordsOf<costing::group::SeveralHits> {
    static constexpr auto kWords = std::to_array<std::string_view>({"highest", "first", "product"});
};
template <> struct WordsOf<costing::group::BandUnit> {
    static constexpr auto kWords = std::to_array<std::string_view>({"days", "years"});
};
// clang-format on
}  // namespace yuanliu
