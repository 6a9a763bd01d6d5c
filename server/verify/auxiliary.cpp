// Bands, typings and points of comorbidity, in the order of the page.
#include "auxiliary.hpp"

#include <algorithm>

#include "catalogue_folder.hpp"
#include "report.hpp"

namespace yuanliu_verify {

namespace {

constexpr std::int64_t kOneCorrected = 10'000;
constexpr std::int64_t kMostCorrected = 1'000'000;

std::int64_t decimal_cell(const NamedRow& row, const char* column, int scale) {
    const auto value = parse_decimal(row.at(column), scale);
    if (!value) {
        throw Refusal("rules auxiliary catalogue: " + std::string(column) + " is no number");
    }
    return *value;
}

bool is_blank(const NamedRow& row, const char* column) {
    const auto found = row.find(column);
    return found == row.end() || found->second.empty();
}

void join(std::string& list, const std::string& one) {
    if (!one.empty()) {
        list += (list.empty() ? "" : ";") + one;
    }
}

}  // namespace

AuxiliaryBook::AuxiliaryBook(const std::filesystem::path& folder_path) {
    const CatalogueFolder folder(folder_path, "auxiliary.toml");
    const Section root = folder.root();
    if (root.text("schema") != "yuanliu.auxiliary/1") {
        throw Refusal("rules auxiliary catalogue: wrong schema");
    }
    id = root.text("id");
    several_ = root.text("several");
    all_open_ = root.choice("open", "all", "typings");
    counts_main_ = root.has("counts_main_diagnosis") && root.boolean("counts_main_diagnosis");
    for (const std::string& group : root.texts_or("excluded_groups", {})) {
        excluded_.insert(group);
    }
    if (root.has("opening")) {
        const Section opening = root.section("opening");
        const auto count = [&](const char* key) {
            return opening.has(key) ? opening.whole(key) : std::int64_t{0};
        };
        group_cases_over_ = count("group_cases_over");
        typed_cases_over_ = count("typed_cases_over");
        cv_falls_by_ = opening.decimal("cv_falls_by");
    }
    for (const Section& section : root.sections("band")) {
        Band band;
        band.id = section.text("id");
        band.kind = section.text("kind");
        band.level = section.text_or("level", "");
        band.in_years = section.text_or("unit", "days") == "years";
        band.from = section.has("from") ? section.whole("from") : 0;
        band.to = section.has("to") ? section.whole("to") : -1;
        band.coefficient = section.decimal("coefficient");
        bands_.push_back(std::move(band));
    }
    if (folder.has("comorbidities")) {
        folder.rows("comorbidities", {"code", "family", "points"}, {}, {},
                    [&](const NamedRow& row) {
                        comorbidities_.push_back(
                            {row.at("code"), row.at("family"), decimal_cell(row, "points", 0)});
                    });
    }
    if (folder.has("typings")) {
        read_typings(folder);
    }
}

void AuxiliaryBook::read_typings(const CatalogueFolder& folder) {
    folder.rows(
        "typings", {"group", "kind", "coefficient"},
        {"band", "group_cases", "typed_cases", "group_mean", "typed_mean", "cv_before", "cv_after"},
        {}, [&](const NamedRow& row) {
            std::int64_t coefficient = 0;
            if (!is_blank(row, "coefficient")) {
                coefficient = decimal_cell(row, "coefficient", 4);
            } else {
                const std::int64_t before = decimal_cell(row, "cv_before", 4);
                const Int128 fall =
                    multiply(before - decimal_cell(row, "cv_after", 4), kOneCorrected);
                if (decimal_cell(row, "group_cases", 0) <= group_cases_over_ ||
                    decimal_cell(row, "typed_cases", 0) <= typed_cases_over_ ||
                    fall < multiply(cv_falls_by_, before)) {
                    return;
                }
                coefficient =
                    narrow(round_divide(multiply(decimal_cell(row, "typed_mean", 2), kOneCorrected),
                                        decimal_cell(row, "group_mean", 2)));
            }
            const std::string band = is_blank(row, "band") ? "" : row.at("band");
            typings_.emplace(std::vector<std::string>{row.at("group"), row.at("kind"), band},
                             coefficient);
        });
}

std::int64_t AuxiliaryBook::opened(const std::string& group, const Band& band) const {
    for (const std::string& of : {band.id, std::string()}) {
        const auto found = typings_.find({group, band.kind, of});
        if (found != typings_.end()) {
            return found->second;
        }
    }
    return all_open_ ? band.coefficient : 0;
}

// The codes that gave points, in recorded order: of a family the first with its most.
std::vector<std::string> AuxiliaryBook::count_points(const CorrectedCase& item,
                                                     std::int64_t& points) const {
    std::map<std::string, std::pair<std::int64_t, std::size_t>> families;
    for (std::size_t i = counts_main_ ? 0 : 1; i < item.diagnoses.size(); ++i) {
        for (const Comorbidity& one : comorbidities_) {
            if (item.diagnoses[i].starts_with(one.code)) {
                auto& [most, place] = families[one.family];
                if (one.points > most) {
                    most = one.points;
                    place = i;
                }
            }
        }
    }
    std::set<std::size_t> places;
    for (const auto& [family, best] : families) {
        points += best.first;
        if (best.first > 0) {
            places.insert(best.second);
        }
    }
    std::vector<std::string> codes;
    for (const std::size_t place : places) {
        codes.push_back(item.diagnoses[place]);
    }
    return codes;
}

// What of the case the band holds for: a level or a number; blank: it doesn't hold.
std::string AuxiliaryBook::what_holds(const Band& band, const CorrectedCase& item,
                                      std::int64_t points) {
    if (band.kind == "severity" || band.kind == "tumour") {
        const std::string& level = band.kind == "tumour" ? item.tumour : item.severity;
        return level == band.level ? level : "";
    }
    const std::int64_t value = band.kind == "cci"   ? points
                               : band.kind == "icu" ? item.icu_days
                               : band.in_years      ? item.age_years
                                                    : item.age_days;
    const bool holds = value >= 0 && value >= band.from && (band.to < 0 || value <= band.to);
    return holds ? std::to_string(value) : "";
}

Correction AuxiliaryBook::correct(const CorrectedCase& item) const {
    Correction answer;
    const std::vector<std::string> codes = count_points(item, answer.points);
    if (excluded_.contains(item.group)) {
        return answer;
    }
    for (const Band& band : bands_) {
        const std::int64_t coefficient = opened(item.group, band);
        std::string held = what_holds(band, item, answer.points);
        if (coefficient == 0 || held.empty()) {
            continue;
        }
        ++answer.hits;
        const bool is_product = several_ == "product";
        if (!is_product && answer.hits > 1 &&
            (several_ == "first" || coefficient <= answer.coefficient)) {
            continue;
        }
        if (!is_product) {
            answer.coefficient = coefficient;
            answer.kinds = answer.bands = answer.decided_by = "";
        } else {
            answer.coefficient = std::min(
                kMostCorrected,
                narrow(round_divide(multiply(answer.coefficient, coefficient), kOneCorrected)));
        }
        join(answer.kinds, band.kind);
        join(answer.bands, band.id);
        if (band.kind != "cci") {
            join(answer.decided_by, held);
        } else {
            for (const std::string& code : codes) {
                join(answer.decided_by, code);
            }
        }
    }
    return answer;
}

}  // namespace yuanliu_verify
