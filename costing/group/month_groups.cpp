// Why this file: see month_groups.hpp.
#include "costing/group/month_groups.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "costing/group/group.hpp"

namespace yuanliu::costing::group {
namespace {

constexpr std::size_t kCasesOfBlock = 1024;
constexpr std::int32_t kDaysOfYear = 365;
constexpr std::int32_t kMostYears = 1000;  ///< beyond it an age is as unbelievable as before

GroupingLevel level_of_case(GroupLevel level) {
    switch (level) {
        case GroupLevel::drg:
            return GroupingLevel::drg;
        case GroupLevel::first_stage:
            return GroupingLevel::first_stage;
        case GroupLevel::merged:
            return GroupingLevel::merged;
        case GroupLevel::refined:
            return GroupingLevel::refined;
        case GroupLevel::basic:
            return GroupingLevel::basic;
        case GroupLevel::core:
            return GroupingLevel::core;
        case GroupLevel::none:
        case GroupLevel::composite:
            break;
    }
    return GroupingLevel::composite;
}

CaseStatus status_of_case(GroupingStatus status) {
    switch (status) {
        case GroupingStatus::grouped:
            return CaseStatus::grouped;
        case GroupingStatus::failed_checks:
            return CaseStatus::uncoded;
        case GroupingStatus::ungrouped:
        case GroupingStatus::ambiguous:
            break;
    }
    return CaseStatus::ungrouped;
}

std::string joined_codes(const std::vector<MedicalCode>& codes) {
    std::string text;
    for (const MedicalCode code : codes) {
        text += (text.empty() ? "" : ";") + code.text();
    }
    return text;
}

void add_codes(const std::vector<std::string>& texts, std::vector<MedicalCode>& codes) {
    for (const std::string& text : texts) {
        if (const auto code = MedicalCode::parse(text)) {
            codes.push_back(*code);
        }
    }
}

/// The groups of all catalogues; equal ones of several catalogues are one.
std::map<std::string, CatalogueRow> all_groups(std::span<const CatalogueTables> catalogues) {
    std::map<std::string, CatalogueRow> groups;
    for (const CatalogueTables& catalogue : catalogues) {
        for (const CatalogueRow& row : catalogue.groups) {
            groups.emplace(row.group, row);
        }
    }
    return groups;
}

/// Hands the cases their rows; a group that only cases made gets a row without figures.
void number_groups(std::map<std::string, CatalogueRow> groups, GroupedMonth& out) {
    for (const GroupingRow& row : out.grouping.cases) {
        if (row.status == GroupingStatus::grouped) {
            CatalogueRow made;
            made.group = row.group;
            groups.emplace(row.group, std::move(made));
        }
    }
    for (auto& [code, row] : groups) {
        out.groups.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < out.cases.size(); ++i) {
        const GroupingRow& row = out.grouping.cases[i];
        if (row.status == GroupingStatus::grouped) {
            const auto found = std::lower_bound(
                out.groups.begin(), out.groups.end(), row.group,
                [](const CatalogueRow& one, const std::string& code) { return one.group < code; });
            out.cases[i].row = CatalogueRowId(static_cast<std::size_t>(found - out.groups.begin()));
        }
    }
}

/// Corrects the scores of the cases that an auxiliary catalogue is for.
void correct_case(const CatalogueTables& catalogue, const Month& month, const Discharge& discharge,
                  const GroupingCase& given, const GroupingRow& row,
                  std::optional<AuxiliaryRow>& out) {
    if (!catalogue.auxiliary || row.status != GroupingStatus::grouped) {
        return;
    }
    const AuxiliaryCase one = auxiliary_case_of(row.group, discharge.record, given,
                                                terms_of_stay(month, discharge.encounter));
    const AuxiliaryAnswer answer = auxiliary_coefficient(*catalogue.auxiliary, one);
    AuxiliaryReasons reasons = reasons_of(*catalogue.auxiliary, one, answer);
    out = AuxiliaryRow{.encounter = discharge.encounter,
                       .coefficient = answer.coefficient,
                       .kinds = std::move(reasons.kinds),
                       .bands = std::move(reasons.bands),
                       .decided_by = std::move(reasons.decided_by),
                       .hits = static_cast<std::int64_t>(answer.hits),
                       .points = answer.points,
                       .catalogue = row.catalogue};
}

/// Hands each case its coefficient; both lists are as long as the cases.
void take_corrections(std::vector<std::optional<AuxiliaryRow>> rows, GroupedMonth& out) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i]) {
            out.cases[i].auxiliary = rows[i]->coefficient;
            out.grouping.auxiliary.push_back(std::move(*rows[i]));
        }
    }
}

}  // namespace

AuxiliaryCase auxiliary_case_of(const std::string& group, const DischargeRecord* record,
                                const GroupingCase& given, const CaseTerms* terms) {
    AuxiliaryCase made{.group = group,
                       .age_years = AuxiliaryCase::kUnknown,
                       .age_days = given.age_days,
                       .icu_days = AuxiliaryCase::kUnknown,
                       .severity = {},
                       .tumour = {},
                       .diagnoses = given.diagnoses};
    if (record != nullptr) {
        made.age_years = record->age_years;
        if (record->details.icu_days) {
            constexpr std::int64_t kOneDay = 10'000;
            made.icu_days = static_cast<std::int32_t>(
                std::min<std::int64_t>(record->details.icu_days->raw() / kOneDay, INT32_MAX));
        }
    }
    if (terms != nullptr) {
        made.severity = terms->severity;
        made.tumour = terms->tumour;
    }
    return made;
}

std::vector<CatalogueRow> groups_of_catalogues(std::span<const CatalogueTables> catalogues) {
    std::vector<CatalogueRow> groups;
    for (auto& [code, row] : all_groups(catalogues)) {
        groups.push_back(row);
    }
    return groups;
}

std::string group_code(const CatalogueTables& catalogue, const GroupingCase& record,
                       const GroupAnswer& answer) {
    if (answer.reason == GroupingReason::unrelated_procedure) {
        return answer.mdc + std::string("QY");
    }
    if (answer.composite > 0) {
        return record.diagnoses.front().category().text() + '-' +
               std::to_string(static_cast<int>(answer.composite));
    }
    if (answer.row == GroupAnswer::kNoRow) {
        return {};
    }
    return catalogue.drg ? catalogue.drg->drgs[answer.row].code
                         : catalogue.dip->rows[answer.row].group;
}

GroupingCase grouping_case_of(const DischargeRecord* record, Money charge) {
    GroupingCase made;
    made.charge = charge;
    if (record == nullptr) {
        return made;
    }
    made.sex = record->sex;
    made.age_days = record->age_years > 0 ? std::min(record->age_years, kMostYears) * kDaysOfYear
                                          : record->details.age_days;
    made.weight_g = record->details.admission_weight_g;
    const auto main = MedicalCode::parse(record->main_diagnosis);
    if (main) {
        add_codes(record->diagnoses, made.diagnoses);
    }
    add_codes(record->procedures, made.procedures);
    return made;
}

const CatalogueTables* catalogue_of(std::span<const CatalogueTables> catalogues,
                                    const std::string& payer) {
    const auto found = std::find_if(catalogues.begin(), catalogues.end(),
                                    [&](const CatalogueTables& one) { return one.is_for(payer); });
    return found == catalogues.end() ? nullptr : &*found;
}

CatalogueGrouper::CatalogueGrouper(const CatalogueTables& catalogue)
    : grouper_(catalogue.drg ? std::variant<DrgGrouper, DipGrouper>(
                                   std::in_place_index<0>, *catalogue.drg, catalogue.checks)
                             : std::variant<DrgGrouper, DipGrouper>(
                                   std::in_place_index<1>, *catalogue.dip, catalogue.checks)) {}

void CatalogueGrouper::group(const GroupingCase& record, GroupAnswer& answer,
                             GroupingTrace* trace) const {
    std::visit([&](const auto& grouper) { grouper.group(record, answer, trace); }, grouper_);
}

GroupedMonth group_by_catalogues(const Month& month, const std::vector<StayAmounts>& stays,
                                 std::span<const CatalogueTables> catalogues,
                                 const ParallelFor& parallel_for) {
    GroupedMonth out;
    std::vector<CatalogueGrouper> groupers;
    for (const CatalogueTables& catalogue : catalogues) {
        out.grouping.catalogues.push_back(catalogue.id);
        out.grouping.has_auxiliary = out.grouping.has_auxiliary || catalogue.auxiliary;
        out.grouping.auxiliary_catalogues.push_back(catalogue.auxiliary ? catalogue.auxiliary->id
                                                                        : std::string());
        groupers.emplace_back(catalogue);
    }
    const std::vector<Discharge> discharges = discharges_of(month);
    out.cases.resize(discharges.size());
    out.grouping.cases.resize(discharges.size());
    std::vector<std::optional<AuxiliaryRow>> corrections(discharges.size());
    parallel_for((discharges.size() + kCasesOfBlock - 1) / kCasesOfBlock, [&](std::size_t block) {
        GroupAnswer answer;
        const std::size_t end = std::min(discharges.size(), (block + 1) * kCasesOfBlock);
        for (std::size_t i = block * kCasesOfBlock; i < end; ++i) {
            const auto [encounter, record] = discharges[i];
            const CatalogueTables* catalogue =
                catalogue_of(catalogues, month.encounters[encounter.index()].payer);
            YUANLIU_CHECK(catalogue != nullptr);
            const auto which = static_cast<std::size_t>(catalogue - catalogues.data());
            const GroupingCase given = grouping_case_of(record, stays[encounter.index()].charge());
            groupers[which].group(given, answer);
            out.grouping.cases[i] = {.encounter = encounter,
                                     .status = answer.status,
                                     .reason = answer.reason,
                                     .level = answer.level,
                                     .group = group_code(*catalogue, given, answer),
                                     .deciding_codes = joined_codes(answer.codes),
                                     .catalogue = static_cast<std::uint32_t>(which)};
            const bool is_grouped = answer.status == GroupingStatus::grouped;
            out.cases[i] = {.encounter = encounter,
                            .status = status_of_case(answer.status),
                            .row = {},
                            .level = level_of_case(answer.level),
                            .deciding_codes =
                                is_grouped ? out.grouping.cases[i].deciding_codes : std::string()};
            correct_case(*catalogue, month, discharges[i], given, out.grouping.cases[i],
                         corrections[i]);
        }
    });
    take_corrections(std::move(corrections), out);
    number_groups(all_groups(catalogues), out);
    return out;
}

}  // namespace yuanliu::costing::group
