// Why this file: gathers a unit's readings in one pass over cases and one over pathway readings,
// and turns them into values and scores, [RULE PERF-001]. Example of a case's time: 7 days against
// 6 reference days = 1.1667 at scale 4; the unit's time_index is the rounded mean of such figures.
#include "performance/indicators.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace yuanliu::performance {
namespace {

using Figure = Fixed<struct yuanliu::IndicatorTag, 7>;

constexpr std::int64_t kFromScale4 = 1'000;        ///< scale 4 to scale 7
constexpr std::int64_t kFromCount = 10'000'000;    ///< a count to scale 7
constexpr std::int64_t kFullScore = 100 * kOneE4;  ///< 100 at scale 4
constexpr std::string_view kCmi = "cmi";
constexpr std::string_view kRwTotal = "rw_total";
constexpr std::string_view kTimeIndex = "time_index";
constexpr std::string_view kPathway = "pathway_compliance";
constexpr std::array kBuiltIn = {kCmi, kRwTotal, kTimeIndex, kPathway};

/// A figure of `unit` steps of scale 7; beyond 64 bits it throws.
Figure scaled(std::int64_t value, std::int64_t unit) {
    return Figure::from_raw(narrowed(Int128{value} * unit));
}

struct Ratio {
    Figure numerator;
    Figure denominator;
};

const QualityReading* find_reading(const Month& month, DepartmentId department,
                                   std::string_view indicator) {
    const auto& readings = month.quality_readings;
    const auto found = std::lower_bound(
        readings.begin(), readings.end(), std::pair(department, indicator),
        [](const QualityReading& reading, const std::pair<DepartmentId, std::string_view>& key) {
            return std::pair<DepartmentId, std::string_view>(reading.department,
                                                             reading.indicator) < key;
        });
    const bool hit =
        found != readings.end() && found->department == department && found->indicator == indicator;
    return hit ? &*found : nullptr;
}

/// As counted or as read; empty if there is nothing to count or read.
std::optional<Ratio> ratio_of(const Month& month, const UnitWork& unit,
                              const std::string& indicator) {
    const Figure cases = scaled(unit.grouped_cases, kFromCount);
    const Figure weight = Figure::from_raw(unit.rw_total.raw());
    if (indicator == kCmi) {
        return Ratio{.numerator = weight, .denominator = cases};
    }
    if (indicator == kRwTotal) {
        return Ratio{.numerator = weight, .denominator = scaled(1, kFromCount)};
    }
    if (indicator == kTimeIndex) {
        return Ratio{.numerator = scaled(unit.time_total_e4, kFromScale4), .denominator = cases};
    }
    if (indicator == kPathway) {
        if (unit.pathway_readings == 0) {
            return std::nullopt;
        }
        return Ratio{.numerator = scaled(unit.pathway_kept, kFromCount),
                     .denominator = scaled(unit.pathway_eligible, kFromCount)};
    }
    const QualityReading* reading = find_reading(month, unit.department, indicator);
    if (reading == nullptr) {
        return std::nullopt;
    }
    return Ratio{.numerator = scaled(reading->numerator.raw(), kFromScale4),
                 .denominator = scaled(reading->denominator.raw(), kFromScale4)};
}

void add_case(UnitWork& unit, const CatalogueRow& group, std::int64_t days) {
    ++unit.grouped_cases;
    unit.rw_total += RelativeWeight::from_raw(group.score.raw());
    // days / (reference_e4 / 10^4), itself at scale 4.
    unit.time_total_e4 +=
        rounded_half_away(Int128{days} * kOneE4 * kOneE4, group.reference_days.raw());
}

void add_reading(UnitWork& unit, const PathwayReading& reading) {
    ++unit.pathway_readings;
    unit.pathway_eligible += reading.eligible ? 1 : 0;
    const bool kept = reading.entered && reading.completed && !reading.varied;
    unit.pathway_kept += reading.eligible && kept ? 1 : 0;
}

}  // namespace

std::vector<UnitWork> gather_units(const Month& month, const std::vector<CaseRow>& cases) {
    std::vector<UnitWork> units(month.departments.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        units[i].department = DepartmentId(i);
    }
    for (const CaseRow& row : cases) {
        if (row.status == CaseStatus::grouped) {
            const Encounter& encounter = month.encounters[row.encounter.index()];
            add_case(units[encounter.department.index()], month.catalogue[row.row.index()],
                     row.days);
        }
    }
    // Pathways are followed before a record is coded: every discharged inpatient counts here.
    for (const PathwayReading& reading : month.pathway_readings) {
        const Encounter& encounter = month.encounters[reading.encounter.index()];
        if (encounter.status == StayStatus::discharged) {
            add_reading(units[encounter.department.index()], reading);
        }
    }
    std::erase_if(units, [&](const UnitWork& unit) {
        const Department& department = month.departments[unit.department.index()];
        return department.department_class != DepartmentClass::clinical || unit.grouped_cases == 0;
    });
    return units;
}

bool is_built_in_indicator(std::string_view indicator) noexcept {
    return std::find(kBuiltIn.begin(), kBuiltIn.end(), indicator) != kBuiltIn.end();
}

IndicatorRow read_indicator(const Month& month, const UnitWork& unit,
                            const std::string& indicator) {
    IndicatorRow row{.department = unit.department,
                     .indicator = indicator,
                     .numerator = {},
                     .denominator = {},
                     .value = {},
                     .score = {}};
    const std::optional<Ratio> ratio = ratio_of(month, unit, indicator);
    if (!ratio) {
        return row;
    }
    row.numerator = ratio->numerator;
    row.denominator = ratio->denominator;
    if (!ratio->denominator.is_zero()) {
        // Both are at scale 7, so the scale falls out of the quotient.
        row.value = Rate::from_raw(
            rounded_half_away(Int128{ratio->numerator.raw()} * kOneE4, ratio->denominator.raw()));
    }
    return row;
}

Rate score_of(Rate value, const IndicatorRule& rule) {
    // Rules with zero_at = full_at are refused when they are read.
    YUANLIU_CHECK(rule.full_at != rule.zero_at);
    const bool rises = rule.full_at > rule.zero_at;
    if (rises ? value <= rule.zero_at : value >= rule.zero_at) {
        return {};
    }
    if (rises ? value >= rule.full_at : value <= rule.full_at) {
        return Rate::from_raw(kFullScore);
    }
    // Strictly between the two, so the quotient is below 100 and can't leave 64 bits.
    const Int128 distance = Int128{value.raw()} - rule.zero_at.raw();
    const Int128 span = Int128{rule.full_at.raw()} - rule.zero_at.raw();
    return Rate::from_raw(rounded_half_away(distance * kFullScore, span));
}

}  // namespace yuanliu::performance
