// Why this file: the rows, classes, exclusions and stages of a DIP catalogue (docs/grouping.md §5),
// whatever a city calls its columns and words.
#include <algorithm>
#include <array>
#include <map>

#include "server/catalogue/catalogue_reader.hpp"
#include "server/catalogue/cell_grammar.hpp"
#include "server/catalogue/plain_table.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

namespace group = costing::group;
using group::GroupLevel;

constexpr std::array<std::string_view, 2> kComposites{"rows", "generated"};
constexpr std::array<std::string_view, 2> kMatches{"exact", "prefix"};
constexpr std::array<std::string_view, 2> kUnknownClasses{"ignored", "counted"};
constexpr std::array<std::string_view, 2> kProcedures{"counted", "recorded"};
constexpr std::array<std::string_view, 2> kRelated{"ignored", "used"};
constexpr std::array<std::string_view, 3> kPositions{"", "main", "any"};
/// GroupLevel without `none` and `drg`, which no row has.
constexpr std::array<std::string_view, 6> kLevels{"first_stage", "merged", "refined",
                                                  "basic",       "core",   "composite"};

using Words = std::map<std::string, std::string>;

GroupLevel level_at(std::size_t word) {
    return static_cast<GroupLevel>(word + static_cast<std::size_t>(GroupLevel::first_stage));
}

Words read_words(const toml::table& document, std::string_view key) {
    Words words;
    if (const toml::table* table = document["words"][key].as_table()) {
        for (auto&& [own, ours] : *table) {
            if (const auto text = ours.value_exact<std::string>()) {
                words.emplace(std::string(own.str()), *text);
            }
        }
    }
    return words;
}

PlainTableSpec spec_of_groups(const toml::table& document) {
    PlainTableSpec spec{.required = {"group", "name", "level", "diagnosis", "other_diagnosis",
                                     "procedure", "related", "class"},
                        .optional = {"diagnosis_position", "procedure_position", "sex",
                                     "age_days_min", "age_days_max", "weight_g_min", "weight_g_max",
                                     "mean_charge", "score", "reference_days"},
                        .own_names = {}};
    if (const toml::table* columns = document["columns"].as_table()) {
        for (auto&& [ours, own] : *columns) {
            if (const auto text = own.value_exact<std::string>()) {
                spec.own_names.emplace(std::string(ours.str()), *text);
            }
        }
    }
    return spec;
}

class RowReader {
  public:
    RowReader(const group::RecordChecks& checks, const toml::table& document,
              group::DipCatalogue& catalogue, std::vector<CatalogueRow>& groups)
        : checks_(checks),
          levels_(read_words(document, "level")),
          classes_(read_words(document, "class")),
          catalogue_(catalogue),
          groups_(groups) {}

    void take(const PlainRow& row) {
        group::DipRow read;
        read.group = std::string(row["group"]);
        read.name = std::string(row["name"]);
        read.source_row = row.number();
        if (read.group.empty()) {
            row.report(FindingCode::value_missing, "group", {});
        }
        const auto level = row.word("level", kLevels, &levels_);
        const auto row_class = row.word("class", WordsOf<group::RowClass>::kWords, &classes_);
        if (!level || !row_class) {
            return;
        }
        read.level = level_at(*level);
        read.row_class = static_cast<group::RowClass>(*row_class);
        read.diagnosis = cell(row, "diagnosis", true);
        read.other_diagnosis = cell(row, "other_diagnosis", true);
        read.procedure = cell(row, "procedure", false);
        read.related = cell(row, "related", false);
        read.diagnosis_anywhere = row.word("diagnosis_position", kPositions).value_or(0) == 2;
        read.procedure_position = static_cast<group::CellPosition>(
            row.word("procedure_position", kPositions).value_or(0));
        read_bounds(row, read);
        if (const auto charge = row.decimal("mean_charge", Money::kScale)) {
            read.mean_charge = Money::from_raw(*charge);
        }
        if (const auto score = row.weight("score")) {
            read.score = Rate::from_raw(*score);
        }
        judge_overlap(row, read);
        add_figures(row, read);
        catalogue_.rows.push_back(std::move(read));
    }

  private:
    /// What the row says of its group beside how it is reached.
    void add_figures(const PlainRow& row, const group::DipRow& read) {
        CatalogueRow figures;
        figures.group = read.group;
        figures.name = read.name;
        if (read.score) {
            figures.score = Points::from_raw(read.score->raw());
        }
        figures.reference_charge = read.mean_charge.value_or(Money());
        figures.reference_days = Quantity::from_raw(row.weight("reference_days").value_or(0));
        groups_.push_back(std::move(figures));
    }

    group::Cell cell(const PlainRow& row, std::string_view column, bool is_diagnosis) {
        const auto parsed = parse_cell(row[column], is_diagnosis);
        if (!parsed) {
            row.report(FindingCode::medical_code_malformed, column, {text::shown(row[column])});
            return {};
        }
        for (const group::CellAlternative& alternative : *parsed) {
            for (const group::CellCode& code : alternative) {
                judge(row, column, code, is_diagnosis);
            }
        }
        return *parsed;
    }

    /// A code that no case of the code tables could match.
    void judge(const PlainRow& row, std::string_view column, const group::CellCode& code,
               bool is_diagnosis) {
        const bool has_table = is_diagnosis ? checks_.has_diagnoses : checks_.has_procedures;
        if (!has_table || code.kind == group::CellCode::Kind::range) {
            return;
        }
        auto& bases = is_diagnosis ? diagnosis_bases_ : procedure_bases_;
        if (bases.empty()) {
            const auto& table = is_diagnosis ? checks_.diagnoses : checks_.procedures;
            for (std::uint32_t i = 0; i < table.size(); ++i) {
                bases.push_back(table.code(i));
            }
            std::sort(bases.begin(), bases.end());
        }
        const auto found = std::lower_bound(bases.begin(), bases.end(), code.low);
        if (found == bases.end() || !code.matches(*found)) {
            row.report(FindingCode::catalogue_code_unknown, column, {code.low.text()},
                       Severity::warn);
        }
    }

    static void read_bounds(const PlainRow& row, group::DipRow& read) {
        const auto bound = [&](std::string_view column) {
            return static_cast<std::int32_t>(
                row.decimal(column, 0).value_or(group::CaseBounds::kNone));
        };
        const auto sex = row.word("sex", kSexes);
        if (sex && *sex < 3) {
            read.bounds.sex = static_cast<Sex>(*sex);
        }
        read.bounds.age_days_min = bound("age_days_min");
        read.bounds.age_days_max = bound("age_days_max");
        read.bounds.weight_g_min = bound("weight_g_min");
        read.bounds.weight_g_max = bound("weight_g_max");
    }

    /// Rows of different groups that ask for the same.
    void judge_overlap(const PlainRow& row, const group::DipRow& read) {
        std::string asked;
        for (const std::string_view column :
             {"level", "diagnosis", "other_diagnosis", "procedure", "related", "class",
              "diagnosis_position", "procedure_position", "sex", "age_days_min", "age_days_max",
              "weight_g_min", "weight_g_max"}) {
            asked += std::string(row[column]) + ',';
        }
        const auto [first, is_new] = asked_.emplace(asked, catalogue_.rows.size());
        if (!is_new && catalogue_.rows[first->second].group != read.group) {
            row.report(FindingCode::catalogue_rows_overlap, "diagnosis",
                       {read.group, catalogue_.rows[first->second].group,
                        std::to_string(catalogue_.rows[first->second].source_row)},
                       Severity::warn);
        }
    }

    const group::RecordChecks& checks_;
    Words levels_;
    Words classes_;
    group::DipCatalogue& catalogue_;
    std::vector<CatalogueRow>& groups_;
    std::map<std::string, std::size_t> asked_;
    std::vector<group::MedicalCode> diagnosis_bases_;
    std::vector<group::MedicalCode> procedure_bases_;
};

/// `procedure` and one word of a list, for each row of the file.
template <class Value>
std::vector<std::pair<group::MedicalCode, Value>> read_pairs(const CatalogueFiles& files,
                                                             std::string_view key,
                                                             std::string_view column) {
    std::vector<std::pair<group::MedicalCode, Value>> pairs;
    if (!files.has(key)) {
        return pairs;
    }
    const PlainTableSpec spec{.required = {"procedure", column}, .optional = {}, .own_names = {}};
    std::map<group::MedicalCode, std::int64_t> rows;
    read_plain_table(files.path(key), spec, files.findings(key), [&](const PlainRow& row) {
        const auto code = row.code("procedure", true);
        const auto word = row.word(column, WordsOf<Value>::kWords);
        if (!code || !word) {
            return;
        }
        const auto [first, is_new] = rows.emplace(*code, row.number());
        if (!is_new) {
            row.report(FindingCode::duplicate_key, "procedure",
                       {code->text(), std::to_string(first->second)});
            return;
        }
        pairs.emplace_back(*code, static_cast<Value>(*word));
    });
    return pairs;
}

template <std::size_t N>
std::vector<std::size_t> read_word_list(intake::RuleTable& table, std::string_view key,
                                        const std::array<std::string_view, N>& words) {
    std::vector<std::size_t> indexes;
    for (const std::string& text : table.strings(key)) {
        const auto found = std::find(words.begin(), words.end(), text);
        if (found != words.end()) {
            indexes.push_back(static_cast<std::size_t>(found - words.begin()));
            continue;
        }
        std::string known;
        for (const std::string_view word : words) {
            known += (known.empty() ? "" : ", ") + std::string(word);
        }
        table.report(FindingCode::word_unknown, key, {text::shown(text), known});
    }
    return indexes;
}

void read_stages(intake::RuleTable& settings, group::DipCatalogue& catalogue) {
    for (intake::RuleTable& table : settings.tables("stage", true)) {
        group::DipStage stage;
        for (const std::size_t level : read_word_list(table, "levels", kLevels)) {
            stage.levels.push_back(level_at(level));
        }
        stage.recorded_procedures = table.word("procedures", kProcedures) == 1;
        stage.any_main_procedure = table.word("main_procedure", kMainProcedures) == 1;
        stage.uses_related = table.word("related", kRelated) == 1;
        for (const std::size_t key :
             read_word_list(table, "priority", WordsOf<group::PriorityKey>::kWords)) {
            stage.priority.push_back(static_cast<group::PriorityKey>(key));
        }
        table.refuse_unknown_keys();
        catalogue.stages.push_back(std::move(stage));
    }
}

void read_limits(intake::RuleTable& settings, group::DipCatalogue& catalogue) {
    for (const std::string& text :
         settings.strings_if_any("limited_diagnoses", true).value_or(std::vector<std::string>())) {
        if (const auto range = parse_range(text)) {
            catalogue.limited_diagnoses.push_back(*range);
        } else {
            settings.report(FindingCode::medical_code_malformed, "limited_diagnoses",
                            {text::shown(text)});
        }
    }
}

}  // namespace

group::DipCatalogue read_dip_catalogue(intake::RuleTable& settings, const CatalogueFiles& files,
                                       const group::RecordChecks& checks,
                                       const toml::table& document,
                                       std::vector<CatalogueRow>& groups) {
    group::DipCatalogue catalogue;
    catalogue.generates_composites = settings.word("composite", kComposites) == 1;
    catalogue.excludes_by_prefix = settings.word("excluded_diagnosis_match", kMatches) == 1;
    catalogue.counts_unknown_class = settings.word("unknown_class", kUnknownClasses) == 1;
    read_limits(settings, catalogue);
    read_stages(settings, catalogue);
    catalogue.has_classes = files.has("procedure_classes");
    catalogue.classes = read_pairs<ProcedureClass>(files, "procedure_classes", "class");
    catalogue.excluded_procedures =
        read_pairs<group::ExcludedProcedure>(files, "excluded_procedures", "treatment");
    catalogue.excluded_diagnoses = read_codes(files, "excluded_diagnoses");
    if (files.has("groups")) {
        RowReader reader(checks, document, catalogue, groups);
        read_plain_table(files.path("groups"), spec_of_groups(document), files.findings("groups"),
                         [&](const PlainRow& row) { reader.take(row); });
    }
    return catalogue;
}

}  // namespace yuanliu::catalogue
