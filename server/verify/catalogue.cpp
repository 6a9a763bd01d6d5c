// What catalogues of both kinds share: codes, bounds, checks, figures of groups.
#include "catalogue.hpp"

#include <algorithm>

#include "catalogue_folder.hpp"

namespace yuanliu_verify {

namespace {

constexpr std::size_t kLongestCode = 20;

std::int64_t decimal_of(const CatalogueFolder& folder, const std::string& key,
                        const std::string& text, int scale) {
    const auto value = parse_decimal(text, scale);
    if (!value || *value < 0) {
        folder.refuse(key, text + " is no number from 0");
    }
    return *value;
}

// Rows of groups.csv: the first that gives a figure counts. Beside a file of scores their figures
// are for priorities only.
void take_row_figures(const CatalogueFolder& folder, Catalogue& catalogue) {
    std::map<std::string, std::string> own;
    if (const auto* columns = folder.document()["columns"].as_table()) {
        for (const auto& [ours, name] : *columns) {
            own[std::string(ours.str())] = name.value_or(std::string());
        }
    }
    folder.rows("groups", {"group"}, {"mean_charge", "score", "reference_days"}, own,
                [&](const NamedRow& row) {
                    CatalogueRow& figures = catalogue.figures[row.at("group")];
                    figures.group = row.at("group");
                    const auto take = [&](const char* column, int scale, std::int64_t& kept) {
                        const auto found = row.find(column);
                        if (kept == 0 && found != row.end() && !found->second.empty()) {
                            kept = decimal_of(folder, "groups", found->second, scale);
                        }
                    };
                    take("score", 4, figures.score);
                    take("mean_charge", 2, figures.reference_charge);
                    take("reference_days", 4, figures.reference_days);
                });
}

void take_scores(const CatalogueFolder& folder, Catalogue& catalogue) {
    folder.rows("scores", {"group", "score", "reference_charge", "reference_days"}, {}, {},
                [&](const NamedRow& row) {
                    CatalogueRow& figures = catalogue.figures[row.at("group")];
                    figures.group = row.at("group");
                    const auto take = [&](const char* column, int scale, std::int64_t& kept) {
                        if (!row.at(column).empty()) {
                            kept = decimal_of(folder, "scores", row.at(column), scale);
                        }
                    };
                    take("score", 4, figures.score);
                    take("reference_charge", 2, figures.reference_charge);
                    take("reference_days", 4, figures.reference_days);
                });
}

CaseChecks read_case_checks(const CatalogueFolder& folder) {
    CaseChecks checks;
    if (folder.has("diagnoses")) {
        checks.diagnoses.emplace();
        for (const std::string& code : folder.codes("diagnoses")) {
            checks.diagnoses->insert(code);
        }
    }
    for (const std::string& code : folder.codes("grey_diagnoses")) {
        checks.grey.insert(code);
    }
    if (folder.has("checks")) {
        folder.rows("checks", {"rule", "from", "to"}, {}, {}, [&](const NamedRow& row) {
            checks.rows.push_back({row.at("rule"), row.at("from"), row.at("to")});
        });
    }
    return checks;
}

}  // namespace

bool is_medical_code(std::string_view text) {
    return !text.empty() && text.size() <= kLongestCode &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == 'x' || c == '.' ||
                      c == '+' || c == '*';
           });
}

bool is_extension_code(std::string_view text) {
    return text.size() >= 4 && text[text.size() - 4] == 'x' &&
           text.substr(text.size() - 3).find_first_not_of("0123456789") == std::string_view::npos;
}

void CatalogueAnswer::decide_by(const std::string& code) {
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
        codes.push_back(code);
    }
}

std::string CatalogueAnswer::joined_codes() const {
    std::string text;
    for (const std::string& code : codes) {
        text += (text.empty() ? "" : ";") + code;
    }
    return text;
}

bool Bounds::hold(const CodedCase& item) const {
    const auto within = [](const std::optional<std::int64_t>& least,
                           const std::optional<std::int64_t>& most, std::int64_t value) {
        if (!least && !most) {
            return true;
        }
        return value != CodedCase::kUnknown && (!least || value >= *least) &&
               (!most || value <= *most);
    };
    return (sex.empty() || sex == item.sex) && within(age_min, age_max, item.age_days) &&
           within(weight_min, weight_max, item.weight_g);
}

bool CaseChecks::fail(const CodedCase& item, CatalogueAnswer& answer) const {
    const auto failed = [&](const char* reason, const std::string& code) {
        answer.status = "failed_checks";
        answer.reason = reason;
        if (!code.empty()) {
            answer.codes = {code};
        }
        return true;
    };
    if (item.diagnoses.empty()) {
        return failed("diagnosis_missing", "");
    }
    const std::string& main = item.diagnoses.front();
    if (diagnoses && !diagnoses->contains(main)) {
        return failed("diagnosis_unknown", main);
    }
    if (grey.contains(main)) {
        return failed("diagnosis_grey", main);
    }
    constexpr std::int64_t kInfantDays = 364;
    for (const Row& row : rows) {
        for (const std::string& code : item.diagnoses) {
            const bool in_range = code.substr(0, row.from.size()) >= row.from &&
                                  code.substr(0, row.to.size()) <= row.to;
            if (in_range && row.rule == "not_main" && &code == &main) {
                return failed("not_main", code);
            }
            if (in_range && ((row.rule == "not_female" && item.sex == "female") ||
                             (row.rule == "not_male" && item.sex == "male"))) {
                return failed("sex_conflict", code);
            }
            if (in_range && row.rule == "infants_only" && item.age_days > kInfantDays) {
                return failed("age_conflict", code);
            }
        }
    }
    return false;
}

std::unique_ptr<Catalogue> read_catalogue_folder(const std::filesystem::path& path,
                                                 const std::vector<std::string>& payers,
                                                 const std::vector<std::string>& priority) {
    const CatalogueFolder folder(path);
    const Section root = folder.root();
    const std::string kind = root.text("kind");
    auto catalogue = root.choice("kind", "drg", "dip") ? make_drg_catalogue(folder)
                                                       : make_dip_catalogue(folder, priority);
    catalogue->id = root.text("id");
    catalogue->kind = kind;
    catalogue->payers = payers;
    catalogue->checks = read_case_checks(folder);
    if (folder.has("scores")) {
        take_scores(folder, *catalogue);
    } else if (kind == "dip") {
        take_row_figures(folder, *catalogue);
    }
    return catalogue;
}

}  // namespace yuanliu_verify
