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

/// Each step of a product is rounded to four decimals, half away from zero, and stops at the most.
Rate times_at_most(Rate left, Rate right) {
    const std::int64_t product =
        rounded_half_away(Int128{left.raw()} * Int128{right.raw()}, 10'000);
    return std::min(Rate::from_raw(product), kMostAuxiliary);
}

void take_hit(SeveralHits several, std::size_t band, Rate coefficient, AuxiliaryAnswer& answer) {
    ++answer.hits;
    if (several == SeveralHits::product) {
        answer.coefficient = times_at_most(answer.coefficient, coefficient);
        answer.bands.push_back(band);
    } else if (answer.bands.empty() ||
               (several == SeveralHits::highest && coefficient > answer.coefficient)) {
        answer.coefficient = coefficient;
        answer.bands.assign(1, band);
    }
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

void count_comorbidities(const AuxiliaryCatalogue& catalogue,
                         std::span<const MedicalCode> diagnoses, AuxiliaryAnswer& answer) {
    struct Best {
        std::int32_t points = 0;
        std::size_t place = 0;
    };
    std::map<std::string_view, Best> families;
    for (std::size_t i = catalogue.counts_main_diagnosis ? 0 : 1; i < diagnoses.size(); ++i) {
        for (const ComorbidityRow& row : catalogue.comorbidities) {
            if (!diagnoses[i].begins_with(row.code)) {
                continue;
            }
            Best& best = families[row.family];
            if (row.points > best.points) {
                best = {.points = row.points, .place = i};
            }
        }
    }
    std::set<std::size_t> places;
    answer.points = 0;
    for (const auto& [family, best] : families) {
        answer.points += best.points;
        if (best.points > 0) {
            places.insert(best.place);
        }
    }
    for (const std::size_t place : places) {
        answer.codes.push_back(diagnoses[place]);
    }
}

AuxiliaryAnswer auxiliary_coefficient(const AuxiliaryCatalogue& catalogue,
                                      const AuxiliaryCase& record) {
    AuxiliaryAnswer answer;
    count_comorbidities(catalogue, record.diagnoses, answer);
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
        take_hit(catalogue.several, i, *coefficient, answer);
    }
    return answer;
}

AuxiliaryReasons reasons_of(const AuxiliaryCatalogue& catalogue, const AuxiliaryCase& record,
                            const AuxiliaryAnswer& answer) {
    AuxiliaryReasons reasons;
    const auto add = [](std::string& list, std::string_view one) {
        list += (list.empty() ? "" : ";") + std::string(one);
    };
    for (const std::size_t at : answer.bands) {
        const AuxiliaryBand& band = catalogue.bands[at];
        add(reasons.kinds, word_of(band.kind));
        add(reasons.bands, band.id);
        switch (band.kind) {
            case AuxiliaryKind::cci:
                for (const MedicalCode code : answer.codes) {
                    add(reasons.decided_by, code.text());
                }
                break;
            case AuxiliaryKind::severity:
                add(reasons.decided_by, record.severity);
                break;
            case AuxiliaryKind::tumour:
                add(reasons.decided_by, record.tumour);
                break;
            case AuxiliaryKind::age:
                add(reasons.decided_by,
                    std::to_string(band.unit == BandUnit::days ? record.age_days
                                                               : record.age_years));
                break;
            case AuxiliaryKind::icu:
                add(reasons.decided_by, std::to_string(record.icu_days));
                break;
        }
    }
    return reasons;
}

}  // namespace yuanliu::costing::group
