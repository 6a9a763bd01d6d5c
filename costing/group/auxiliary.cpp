// Why this file: see auxiliary.hpp.
#include "costing/group/auxiliary.hpp"

#include <algorithm>

namespace yuanliu::costing::group {
namespace {

bool is_within(const AuxiliaryBand& band, std::int32_t value) {
    return value != AuxiliaryCase::kUnknown && value >= band.from && value <= band.to;
}

bool band_holds(const AuxiliaryBand& band, const AuxiliaryCase& record, std::int32_t points) {
    switch (band.kind) {
        case AuxiliaryKind::cci:
            return is_within(band, points);
        case AuxiliaryKind::severity:
            return !record.severity.empty() && record.severity == band.level;
        case AuxiliaryKind::tumour:
            return !record.tumour.empty() && record.tumour == band.level;
        case AuxiliaryKind::age:
            return is_within(band,
                             band.unit == BandUnit::days ? record.age_days : record.age_years);
        case AuxiliaryKind::icu:
            break;
    }
    return is_within(band, record.icu_days);
}

/// The typing of the band, else of its kind; nothing: the band is not open for the group.
std::optional<Rate> coefficient_of(const AuxiliaryCatalogue& catalogue,
                                   const std::vector<Typing>* typings, const AuxiliaryBand& band) {
    const Typing* of_kind = nullptr;
    if (typings != nullptr) {
        for (const Typing& typing : *typings) {
            if (typing.kind == band.kind && typing.band == band.id) {
                return typing.coefficient;
            }
            of_kind = typing.kind == band.kind && typing.band.empty() ? &typing : of_kind;
        }
    }
    if (of_kind != nullptr) {
        return of_kind->coefficient;
    }
    return catalogue.opens_all ? std::optional(band.coefficient) : std::nullopt;
}

}  // namespace

bool opens(const OpeningRule& rule, const TypingStatistics& statistics) {
    const Int128 fall = (Int128{statistics.cv_before.raw()} - statistics.cv_after.raw()) * 10'000;
    return statistics.group_cases > rule.group_cases_over &&
           statistics.typed_cases > rule.typed_cases_over &&
           fall >= Int128{rule.cv_falls_by.raw()} * statistics.cv_before.raw();
}

Rate trigger_coefficient(const TypingStatistics& statistics) {
    return Rate::from_raw(rounded_half_away(Int128{statistics.typed_mean.raw()} * 10'000,
                                            statistics.group_mean.raw()));
}

std::int32_t comorbidity_points(const AuxiliaryCatalogue& catalogue,
                                std::span<const MedicalCode> diagnoses) {
    const std::size_t first = catalogue.counts_main_diagnosis ? 0 : 1;
    std::map<std::string_view, std::int32_t> families;
    for (std::size_t i = first; i < diagnoses.size(); ++i) {
        for (const ComorbidityRow& row : catalogue.comorbidities) {
            if (diagnoses[i].begins_with(row.code)) {
                std::int32_t& points = families[row.family];
                points = std::max(points, row.points);
            }
        }
    }
    std::int32_t total = 0;
    for (const auto& [family, points] : families) {
        total += points;
    }
    return total;
}

AuxiliaryAnswer auxiliary_coefficient(const AuxiliaryCatalogue& catalogue,
                                      const AuxiliaryCase& record) {
    AuxiliaryAnswer answer;
    answer.points = comorbidity_points(catalogue, record.diagnoses);
    if (catalogue.excluded_groups.contains(record.group)) {
        return answer;
    }
    const auto found = catalogue.typings.find(record.group);
    const std::vector<Typing>* typings =
        found == catalogue.typings.end() ? nullptr : &found->second;
    for (std::size_t i = 0; i < catalogue.bands.size(); ++i) {
        const AuxiliaryBand& band = catalogue.bands[i];
        const std::optional<Rate> coefficient = coefficient_of(catalogue, typings, band);
        if (!coefficient || !band_holds(band, record, answer.points)) {
            continue;
        }
        ++answer.hits;
        const bool is_better = !answer.band || (catalogue.several == SeveralHits::highest &&
                                                *coefficient > answer.coefficient);
        if (is_better) {
            answer.coefficient = *coefficient;
            answer.band = i;
        }
    }
    return answer;
}

}  // namespace yuanliu::costing::group
