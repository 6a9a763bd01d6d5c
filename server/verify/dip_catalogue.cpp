// DIP: rows of cells, stages, priorities, composites (docs/grouping.md §5).
#include <algorithm>

#include "catalogue_folder.hpp"
#include "dip_rows.hpp"

namespace yuanliu_verify {

namespace {

class DipCatalogue final : public Catalogue {
  public:
    DipCatalogue(const CatalogueFolder& folder, const Codes& priority) {
        const Section settings = folder.root().section("dip");
        generated_ = settings.choice("composite", "generated", "rows");
        by_prefix_ = settings.choice("excluded_diagnosis_match", "prefix", "exact");
        counts_unknown_ = settings.choice("unknown_class", "counted", "ignored");
        for (const std::string& range : settings.texts_or("limited_diagnoses", {})) {
            limits_.push_back({range.substr(0, 3), range.substr(range.size() - 3)});
        }
        has_classes_ = folder.has("procedure_classes");
        if (has_classes_) {
            folder.rows("procedure_classes", {"procedure", "class"}, {}, {},
                        [&](const NamedRow& row) {
                            classes_.emplace(row.at("procedure"), row.at("class"));
                        });
        }
        if (folder.has("excluded_procedures")) {
            folder.rows("excluded_procedures", {"procedure", "treatment"}, {}, {},
                        [&](const NamedRow& row) {
                            treatments_.emplace(row.at("procedure"), row.at("treatment"));
                        });
        }
        excluded_ = folder.codes("excluded_diagnoses");
        read_rows(folder);
        read_stages(settings, priority);
    }

    CatalogueAnswer group(const CodedCase& item) const override;

  private:
    void read_rows(const CatalogueFolder& folder);
    void read_stages(const Section& settings, const Codes& priority);
    Codes counted_procedures(const CodedCase& item) const;
    std::string class_of_case(const Codes& counted) const;
    std::string class_word(const std::string& procedure) const;
    std::vector<Match> matches_of(const StageOfRows& stage, const CodedCase& item,
                                  const Codes& procedures, const std::string& case_class) const;
    bool holds(const StageOfRows& stage, const CodedCase& item, const Codes& procedures,
               const std::string& case_class, Match& match) const;
    bool procedures_hold(const StageOfRows& stage, const Codes& procedures, Match& match) const;
    void answer_by_class(const CodedCase& item, const Codes& counted, const std::string& case_class,
                         CatalogueAnswer& answer) const;

    bool generated_ = false;
    bool by_prefix_ = false;
    bool counts_unknown_ = false;
    bool has_classes_ = false;
    std::vector<CellText> limits_;
    std::map<std::string, std::string> classes_;
    std::map<std::string, std::string> treatments_;
    Codes excluded_;
    std::vector<GroupRow> rows_;
    std::vector<StageOfRows> stages_;
};

void DipCatalogue::read_rows(const CatalogueFolder& folder) {
    std::map<std::string, std::string> own, levels, row_classes;
    const auto take_words = [](const toml::table* table,
                               std::map<std::string, std::string>& words) {
        if (table != nullptr) {
            for (const auto& [key, value] : *table) {
                words[std::string(key.str())] = value.value_or(std::string());
            }
        }
    };
    take_words(folder.document()["columns"].as_table(), own);
    take_words(folder.document()["words"]["level"].as_table(), levels);
    take_words(folder.document()["words"]["class"].as_table(), row_classes);
    const auto in_our_words = [](const std::map<std::string, std::string>& words,
                                 const std::string& text) {
        const auto found = words.find(text);
        return found == words.end() ? text : found->second;
    };
    folder.rows(
        "groups",
        {"group", "name", "level", "diagnosis", "other_diagnosis", "procedure", "related", "class"},
        {"diagnosis_position", "procedure_position", "sex", "age_days_min", "age_days_max",
         "weight_g_min", "weight_g_max", "mean_charge", "score"},
        own, [&](const NamedRow& named) {
            const auto text = [&](const char* column) {
                const auto found = named.find(column);
                return found == named.end() ? std::string() : found->second;
            };
            const auto number = [&](const char* column, int scale) -> std::optional<std::int64_t> {
                return text(column).empty() ? std::nullopt : parse_decimal(text(column), scale);
            };
            GroupRow row;
            row.number = static_cast<std::int64_t>(rows_.size());
            row.group = text("group");
            row.level = in_our_words(levels, text("level"));
            row.row_class = in_our_words(row_classes, text("class"));
            row.diagnosis = parse_alternatives(folder, text("diagnosis"), true);
            row.other = parse_alternatives(folder, text("other_diagnosis"), true);
            row.procedure = parse_alternatives(folder, text("procedure"), false);
            row.related = parse_alternatives(folder, text("related"), false);
            row.anywhere = text("diagnosis_position") == "any";
            row.position = text("procedure_position");
            row.bounds = {text("sex"), number("age_days_min", 0), number("age_days_max", 0),
                          number("weight_g_min", 0), number("weight_g_max", 0)};
            row.mean_charge = number("mean_charge", 2);
            row.score = number("score", 4);
            rows_.push_back(std::move(row));
        });
}

void DipCatalogue::read_stages(const Section& settings, const Codes& priority) {
    for (const Section& section : settings.sections("stage")) {
        StageOfRows stage;
        stage.levels = section.texts("levels");
        stage.recorded = section.choice("procedures", "recorded", "counted");
        stage.any_main = section.choice("main_procedure", "any", "first");
        stage.uses_related = section.choice("related", "used", "ignored");
        stage.priority = priority.empty() ? section.texts("priority") : priority;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const GroupRow& row = rows_[i];
            if (std::find(stage.levels.begin(), stage.levels.end(), row.level) ==
                stage.levels.end()) {
                continue;
            }
            const bool leads =
                !row.anywhere && !row.diagnosis.empty() &&
                std::all_of(row.diagnosis.begin(), row.diagnosis.end(),
                            [](const Alternative& one) { return one.front().high.empty(); });
            if (!leads) {
                stage.others.push_back(i);
                continue;
            }
            for (const Alternative& alternative : row.diagnosis) {
                stage.by_code[alternative.front().low].push_back(i);
            }
        }
        stages_.push_back(std::move(stage));
    }
}

std::string DipCatalogue::class_word(const std::string& procedure) const {
    const auto found = classes_.find(procedure);
    return found == classes_.end() ? "" : found->second;
}

// §5.2
Codes DipCatalogue::counted_procedures(const CodedCase& item) const {
    Codes counted;
    for (const std::string& code : item.procedures) {
        const std::string word = class_word(code);
        if (!has_classes_ || (word.empty() ? counts_unknown_ : word != "simple")) {
            counted.push_back(code);
        }
    }
    const std::string& main = item.diagnoses.front();
    const bool within_limits =
        std::any_of(limits_.begin(), limits_.end(), [&](const CellText& limit) {
            return limit.low <= main.substr(0, 3) && main.substr(0, 3) <= limit.high;
        });
    const auto treatment = [&](const std::string& code) -> std::string {
        const auto found = treatments_.find(code);
        const bool counts =
            found != treatments_.end() && !(found->second == "limited" && within_limits);
        return counts ? found->second : "";
    };
    Codes moved;
    while (!counted.empty() && treatment(counted.front()) == "next") {
        moved.push_back(counted.front());
        counted.erase(counted.begin());
    }
    if (counted.empty() || !treatment(counted.front()).empty()) {
        return {};
    }
    counted.insert(counted.end(), moved.begin(), moved.end());
    std::erase_if(counted,
                  [&](const std::string& code) { return treatment(code) == "conservative"; });
    return counted;
}

// §5.5
std::string DipCatalogue::class_of_case(const Codes& counted) const {
    for (const Codes& words :
         {Codes{"surgery", "intervention"}, Codes{"therapeutic"}, Codes{"diagnostic"}}) {
        for (const std::string& code : counted) {
            if (std::find(words.begin(), words.end(), class_word(code)) != words.end()) {
                return words.front();
            }
        }
    }
    return "conservative";
}

bool DipCatalogue::procedures_hold(const StageOfRows& stage, const Codes& procedures,
                                   Match& match) const {
    const GroupRow& row = *match.row;
    if (row.procedure.empty()) {
        if (row.level != "first_stage" && !procedures.empty()) {
            return false;
        }
    } else {
        const bool any = row.position.empty() ? stage.any_main : row.position == "any";
        match.procedure =
            best_alternative(row.procedure, procedures, any ? Where::kAny : Where::kMainFirst, {});
        if (match.procedure.alternative == nullptr) {
            return false;
        }
    }
    if (stage.uses_related && !row.related.empty()) {
        match.related =
            best_alternative(row.related, procedures, Where::kAny, match.procedure.places);
        return match.related.alternative != nullptr;
    }
    return true;
}

// §5.3
bool DipCatalogue::holds(const StageOfRows& stage, const CodedCase& item, const Codes& procedures,
                         const std::string& case_class, Match& match) const {
    const GroupRow& row = *match.row;
    if (!row.bounds.hold(item)) {
        return false;
    }
    if (!row.diagnosis.empty()) {
        match.diagnosis = best_alternative(row.diagnosis, item.diagnoses,
                                           row.anywhere ? Where::kAny : Where::kMainFirst, {});
        if (match.diagnosis.alternative == nullptr) {
            return false;
        }
    }
    if (!row.other.empty()) {
        match.other = best_alternative(row.other, item.diagnoses, Where::kBehindMain, {});
        if (match.other.alternative == nullptr) {
            return false;
        }
    }
    if (row.level == "composite") {
        return row.row_class == case_class;
    }
    return procedures_hold(stage, procedures, match);
}

std::vector<Match> DipCatalogue::matches_of(const StageOfRows& stage, const CodedCase& item,
                                            const Codes& procedures,
                                            const std::string& case_class) const {
    std::set<std::size_t> candidates(stage.others.begin(), stage.others.end());
    const std::string& main = item.diagnoses.front();
    for (std::size_t length = 1; length <= main.size(); ++length) {
        const auto found = stage.by_code.find(main.substr(0, length));
        if (found != stage.by_code.end()) {
            candidates.insert(found->second.begin(), found->second.end());
        }
    }
    std::vector<Match> matches;
    for (const std::size_t i : candidates) {
        Match match;
        match.row = &rows_[i];
        if (holds(stage, item, procedures, case_class, match)) {
            matches.push_back(std::move(match));
        }
    }
    return matches;
}

void DipCatalogue::answer_by_class(const CodedCase& item, const Codes& counted,
                                   const std::string& case_class, CatalogueAnswer& answer) const {
    answer.decide_by(item.diagnoses.front());
    for (const std::string& code : counted) {
        const std::string word = class_word(code);
        if (word == case_class || (case_class == "surgery" && word == "intervention")) {
            answer.decide_by(code);
            return;
        }
    }
}

void decide_by_places(const Found& found, const Codes& codes, CatalogueAnswer& answer) {
    for (const std::size_t place : found.places) {
        answer.decide_by(codes[place]);
    }
}

CatalogueAnswer DipCatalogue::group(const CodedCase& item) const {
    CatalogueAnswer answer;
    if (checks.fail(item, answer)) {
        return answer;
    }
    const std::string& main = item.diagnoses.front();
    for (const std::string& code : excluded_) {
        if (main == code || (by_prefix_ && main.starts_with(code))) {
            answer.reason = "excluded_diagnosis";
            answer.decide_by(main);
            return answer;
        }
    }
    const Codes counted = counted_procedures(item);
    const std::string case_class = class_of_case(counted);
    for (const StageOfRows& stage : stages_) {
        const Codes& procedures = stage.recorded ? item.procedures : counted;
        std::vector<Match> matches = matches_of(stage, item, procedures, case_class);
        keep_best(matches, stage, item);
        if (matches.empty()) {
            continue;
        }
        const Match& match = matches.front();
        for (const Match& other : matches) {
            if (other.row->group != match.row->group) {
                answer.status = "ambiguous";
                answer.reason = "equal_rows";
                return answer;
            }
        }
        answer.status = "grouped";
        answer.level = match.row->level;
        answer.group = match.row->group;
        if (answer.level == "composite") {
            answer_by_class(item, counted, case_class, answer);
        } else {
            decide_by_places(match.diagnosis, item.diagnoses, answer);
            decide_by_places(match.other, item.diagnoses, answer);
            decide_by_places(match.procedure, procedures, answer);
            decide_by_places(match.related, procedures, answer);
        }
        return answer;
    }
    if (!generated_) {
        answer.reason = "no_rule";
        return answer;
    }
    static const Codes kClasses{"conservative", "diagnostic", "therapeutic", "surgery"};
    const auto digit = std::find(kClasses.begin(), kClasses.end(), case_class) - kClasses.begin();
    answer.status = "grouped";
    answer.level = "composite";
    answer.group = main.substr(0, 3) + "-" + std::to_string(digit + 1);
    answer_by_class(item, counted, case_class, answer);
    return answer;
}

}  // namespace

std::unique_ptr<Catalogue> make_dip_catalogue(const CatalogueFolder& folder,
                                              const std::vector<std::string>& priority) {
    return std::make_unique<DipCatalogue>(folder, priority);
}

}  // namespace yuanliu_verify
