// What a catalogue is given of a discharged stay, and its answer as a case (docs/grouping.md §10).
#include <algorithm>

#include "catalogue.hpp"
#include "fields.hpp"
#include "groups.hpp"

namespace yuanliu_verify {

namespace {

constexpr std::int64_t kYear = 365;
constexpr std::int64_t kMostYears = 1000;

bool is_for(const Catalogue& catalogue, const std::string& payer) {
    return std::any_of(catalogue.payers.begin(), catalogue.payers.end(),
                       [&](const std::string& one) { return one == "*" || one == payer; });
}

}  // namespace

void Grouper::read_details(const MonthFolder& month, const RulesFolder& rules) {
    needs_figures_ = rules.payment || rules.bonus;
    for (const CatalogueChoice& choice : *rules.grouping) {
        catalogues_.push_back(read_catalogue_folder(choice.folder, choice.payers, choice.priority));
        if (!choice.auxiliary.empty()) {
            if (catalogues_.back()->kind != "dip") {
                throw Refusal("rules grouping.toml: an auxiliary catalogue of one that is not DIP");
            }
            catalogues_.back()->auxiliary = std::make_unique<AuxiliaryBook>(choice.auxiliary);
        }
    }
    terms_ = read_case_terms(month, books_);
    Fields fields;
    const auto each = [&](const char* file, const auto& take) {
        for (const std::string_view text : month.table(file).rows()) {
            fields.split(text);
            const std::uint32_t id = books_.encounters.find(fields[0]);
            if (id != CodeBook::kUnknown) {
                take(id);
            }
        }
    };
    each("diagnoses.csv",
         [&](std::uint32_t id) { diagnoses_[id].emplace(fields.whole(1), fields[2]); });
    each("discharges.csv", [&](std::uint32_t id) {
        persons_[id].sex = fields[1];
        persons_[id].age_years = narrow(fields.whole(2));
    });
    each("stay_details.csv", [&](std::uint32_t id) {
        Person& person = persons_[id];
        person.age_days = fields[1].empty() ? -1 : narrow(fields.whole(1));
        person.weight_g = fields[3].empty() ? -1 : narrow(fields.whole(3));
        person.icu_days = fields[5].empty() ? -1 : fields.number(5) / 10'000;
    });
}

CodedCase Grouper::coded_case(std::uint32_t encounter, Fen charge) const {
    CodedCase made;
    made.charge = charge;
    if (!has_discharge_[encounter]) {
        return made;
    }
    const Person& person = persons_.at(encounter);
    made.sex = person.sex;
    made.age_days =
        person.age_years > 0 ? std::min(person.age_years, kMostYears) * kYear : person.age_days;
    made.weight_g = person.weight_g;
    const auto take = [&](const std::map<std::uint32_t, Procedures>& all,
                          std::vector<std::string>& codes) {
        const auto found = all.find(encounter);
        if (found != all.end()) {
            for (const auto& [sequence, code] : found->second) {
                if (is_medical_code(code)) {
                    codes.push_back(code);
                }
            }
        }
    };
    if (is_medical_code(main_diagnosis_[encounter])) {
        take(diagnoses_, made.diagnoses);
    }
    take(procedures_, made.procedures);
    return made;
}

std::int64_t Grouper::correct(std::uint32_t encounter, const Catalogue& catalogue,
                              const std::string& group, const CodedCase& coded,
                              Derived& derived) const {
    if (catalogue.auxiliary == nullptr) {
        return 10'000;
    }
    CorrectedCase item;
    item.group = group;
    item.diagnoses = coded.diagnoses;
    item.age_days = coded.age_days;
    const auto person = persons_.find(encounter);
    if (person != persons_.end()) {
        item.age_years = person->second.age_years;
        item.icu_days = person->second.icu_days;
    }
    const auto terms = terms_.find(encounter);
    if (terms != terms_.end()) {
        item.severity = terms->second.severity;
        item.tumour = terms->second.tumour;
    }
    const Correction answer = catalogue.auxiliary->correct(item);
    RowSet& rows = derived.tables["auxiliary.csv"];
    rows.text(books_.encounters.code(encounter)).number(answer.coefficient).text(answer.kinds);
    rows.text(answer.bands).text(answer.decided_by).count(answer.hits).count(answer.points);
    rows.text(catalogue.auxiliary->id).end_row();
    return answer.coefficient;
}

CaseGroup Grouper::group_by_catalogue(std::uint32_t encounter, Fen charge, Derived& derived) const {
    const std::string& payer = books_.encounter[encounter].payer;
    const auto found = std::find_if(catalogues_.begin(), catalogues_.end(),
                                    [&](const auto& one) { return is_for(*one, payer); });
    if (found == catalogues_.end()) {
        throw Refusal("derivation: no catalogue is for payer " + payer);
    }
    const Catalogue& catalogue = **found;
    const CodedCase coded = coded_case(encounter, charge);
    const CatalogueAnswer answer = catalogue.group(coded);
    RowSet& rows = derived.tables["grouping.csv"];
    rows.text(books_.encounters.code(encounter)).text(answer.status).text(answer.reason);
    rows.text(answer.level).text(answer.group).text(answer.joined_codes()).text(catalogue.id);
    rows.end_row();
    if (answer.status == "failed_checks") {
        return {"uncoded", nullptr, "", "", 10'000};
    }
    if (answer.status != "grouped") {
        return {"ungrouped", nullptr, "", "", 10'000};
    }
    const std::int64_t auxiliary = correct(encounter, catalogue, answer.group, coded, derived);
    const auto figures = catalogue.figures.find(answer.group);
    if (figures == catalogue.figures.end()) {
        if (!needs_figures_) {
            static const CatalogueRow kNoFigures;
            return {"grouped", &kNoFigures, answer.level, answer.joined_codes(), auxiliary};
        }
        throw Refusal("derivation: group " + answer.group + " of catalogue " + catalogue.id +
                      " has no score");
    }
    return {"grouped", &figures->second, answer.level, answer.joined_codes(), auxiliary};
}

}  // namespace yuanliu_verify
