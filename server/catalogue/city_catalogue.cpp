// Why this file: see city_catalogue.hpp.
#include "server/catalogue/city_catalogue.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "server/catalogue/auxiliary_reader.hpp"
#include "server/catalogue/catalogue_reader.hpp"
#include "server/catalogue/cell_grammar.hpp"
#include "server/catalogue/code_pattern.hpp"
#include "server/catalogue/delimited_file.hpp"
#include "server/intake/rule_table.hpp"
#include "server/intake/toml_file.hpp"
#include "server/text/csv.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

/// Columns of groups.csv that a profile may name; the first four are always written.
constexpr std::array<std::string_view, 16> kGroupColumns{
    "group",        "name",        "level", "diagnosis",         "other_diagnosis", "procedure",
    "related",      "class",       "sex",   "age_days_min",      "age_days_max",    "weight_g_min",
    "weight_g_max", "mean_charge", "score", "diagnosis_position"};
enum CityColumn : std::size_t {
    kCityGroup,
    kCityName,
    kCityLevel,
    kCityDiagnosis,
    kCityOther,
    kCityProcedure,
    kCityRelated,
    kCityClass
};
constexpr std::array<std::string_view, 6> kCityLevels{"first_stage", "merged", "refined",
                                                      "basic",       "core",   "composite"};

using WordMap = std::map<std::string, std::string, std::less<>>;

struct CityProfile {
    std::string id;
    DelimitedSpec spec;  ///< columns: those of groups.csv, then the coefficients
    std::vector<std::string> coefficient_kinds;
    std::vector<CodePattern> patterns;
    std::string pattern_text;
    std::map<std::string, WordMap, std::less<>> words;  ///< level, class, letter
    std::vector<std::string> blanks;                    ///< cells that mean nothing
    std::string level;                                  ///< of a file without that column
    const toml::table* dip = nullptr;
    const toml::table* auxiliary = nullptr;
};

void read_city_words(intake::RuleTable& root, const toml::table& document, CityProfile& profile) {
    auto words = root.has("words") ? root.table("words") : std::nullopt;
    const toml::table* written = document["words"].as_table();
    if (!words || written == nullptr) {
        return;
    }
    for (const std::string_view list : {"level", "class", "letter"}) {
        auto table = words->has(list) ? words->table(list) : std::nullopt;
        const toml::table* pairs = (*written)[list].as_table();
        if (!table || pairs == nullptr) {
            continue;
        }
        for (auto&& [own, ours] : *pairs) {
            profile.words[std::string(list)].emplace(std::string(own.str()),
                                                     table->string(own.str()));
        }
    }
    words->refuse_unknown_keys();
}

void read_city_columns(intake::RuleTable& root, const toml::table& document, CityProfile& profile) {
    auto columns = root.table("columns");
    for (const std::string_view column : kGroupColumns) {
        profile.spec.columns.push_back(columns && columns->has(column) ? columns->string(column)
                                                                       : std::string());
    }
    if (columns) {
        static_cast<void>(columns->string("group"));
        columns->refuse_unknown_keys();
    }
    auto coefficients = root.has("coefficients") ? root.table("coefficients") : std::nullopt;
    if (coefficients) {
        for (const std::string_view kind : WordsOf<costing::group::AuxiliaryKind>::kWords) {
            if (coefficients->has(kind)) {
                profile.coefficient_kinds.emplace_back(kind);
                profile.spec.columns.push_back(coefficients->string(kind));
            }
        }
        coefficients->refuse_unknown_keys();
        if (!root.has("auxiliary")) {
            root.report(FindingCode::rule_key_missing, "auxiliary", {"auxiliary"});
        }
    }
    profile.dip = document["dip"].as_table();
    profile.auxiliary = document["auxiliary"].as_table();
}

CityProfile read_city_profile(const toml::table& document, intake::FindingList& findings) {
    CityProfile profile;
    intake::RuleTable root(document, "", findings);
    const std::string schema = root.string("schema");
    if (!schema.empty() && schema != "yuanliu.dip_profile/1") {
        root.report(FindingCode::rule_malformed, "schema", {"schema_unknown", text::shown(schema)});
    }
    profile.id = root.string("id");
    profile.spec.has_header = root.boolean_if_any("header").value_or(true);
    if (root.has("delimiter")) {
        const std::string delimiter = root.string("delimiter");
        profile.spec.delimiter = delimiter == "tab" ? '\t' : delimiter.empty() ? ',' : delimiter[0];
    }
    for (const std::string& text :
         root.strings_if_any("patterns").value_or(std::vector<std::string>())) {
        profile.pattern_text += (profile.pattern_text.empty() ? "" : " | ") + text;
        if (auto pattern = CodePattern::parse(text)) {
            profile.patterns.push_back(std::move(*pattern));
        } else {
            root.report(FindingCode::quality_rule_misused, "patterns", {"unknown_placeholder"});
        }
    }
    profile.blanks = root.strings_if_any("blanks").value_or(std::vector<std::string>());
    profile.level = root.has("level") ? root.string("level") : std::string();
    read_city_columns(root, document, profile);
    read_city_words(root, document, profile);
    static_cast<void>(root.table("dip"));
    if (root.has("auxiliary")) {
        static_cast<void>(root.table("auxiliary"));
    }
    root.refuse_unknown_keys();
    return profile;
}

class CityRows {
  public:
    CityRows(const CityProfile& profile, intake::FindingList& findings, CityCatalogue& city)
        : profile_(profile), findings_(findings), city_(city) {
        text::append_field(groups_, kGroupColumns[0]);
        for (std::size_t i = 1; i < kGroupColumns.size(); ++i) {
            groups_ += ',' + std::string(kGroupColumns[i]);
        }
        groups_ += '\n';
    }

    void take(std::span<const std::string_view> values, std::int64_t row) {
        ++city_.lines;
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < kGroupColumns.size(); ++i) {
            const bool is_blank = std::find(profile_.blanks.begin(), profile_.blanks.end(),
                                            values[i]) != profile_.blanks.end();
            cells.emplace_back(is_blank ? std::string_view() : values[i]);
        }
        if (!take_code(cells, row) || !take_level(cells, row) || !cells_are_codes(cells, row)) {
            ++city_.parked;
            return;
        }
        // The class is asked of composites only.
        if (cells[kCityLevel] != "composite") {
            cells[kCityClass].clear();
        }
        const std::vector<std::string_view> views(cells.begin(), cells.end());
        groups_ += text::render_row(views) + '\n';
        rows_.push_back(row);
        ++city_.rows;
        for (std::size_t i = 0; i < profile_.coefficient_kinds.size(); ++i) {
            take_coefficient(cells[kCityGroup], profile_.coefficient_kinds[i],
                             values[kGroupColumns.size() + i], row);
        }
    }

    [[nodiscard]] const std::string& groups() const { return groups_; }
    [[nodiscard]] const std::string& typings() const { return typings_; }
    /// The city's row of a row of groups.csv; 0 = none.
    [[nodiscard]] std::int64_t row_of(std::int64_t row) const {
        return row >= 2 && row - 2 < static_cast<std::int64_t>(rows_.size())
                   ? rows_[static_cast<std::size_t>(row - 2)]
                   : 0;
    }

  private:
    void park(FindingCode code, std::int64_t row, std::string_view column,
              std::vector<std::string> arguments) {
        findings_.add(code, {.row = row, .column = column}, std::move(arguments), Severity::park);
    }

    [[nodiscard]] std::string translated(std::string_view list, const std::string& word) const {
        const auto words = profile_.words.find(list);
        if (words == profile_.words.end()) {
            return word;
        }
        const auto ours = words->second.find(word);
        return ours == words->second.end() ? word : ours->second;
    }

    /// What the group code says fills blank cells; a cell that says otherwise stays, and is told.
    bool take_code(std::vector<std::string>& cells, std::int64_t row) {
        if (cells[kCityGroup].empty()) {
            park(FindingCode::value_missing, row, "group", {});
            return false;
        }
        if (profile_.patterns.empty()) {
            return true;
        }
        std::optional<GroupCodeParts> parts;
        for (const CodePattern& pattern : profile_.patterns) {
            parts = parts ? parts : pattern.match(cells[kCityGroup]);
        }
        if (!parts) {
            park(FindingCode::group_code_unreadable, row, "group",
                 {text::shown(cells[kCityGroup]), profile_.pattern_text});
            return false;
        }
        fill(cells, kCityDiagnosis, parts->diagnosis, row);
        fill(cells, kCityProcedure, parts->procedure, row);
        if (!parts->letter.empty() && profile_.words.contains("letter")) {
            fill(cells, kCityClass, translated("letter", parts->letter), row);
        }
        return true;
    }

    void fill(std::vector<std::string>& cells, std::size_t column, const std::string& said,
              std::int64_t row) {
        if (said.empty()) {
            return;
        }
        if (cells[column].empty()) {
            cells[column] = said;
        } else if (column != kCityClass && !cells[column].starts_with(said)) {
            findings_.add(
                FindingCode::group_code_differs, {.row = row, .column = kGroupColumns[column]},
                {text::shown(cells[kCityGroup]), said, text::shown(cells[column])}, Severity::warn);
        }
    }

    bool take_level(std::vector<std::string>& cells, std::int64_t row) {
        const std::string level =
            cells[kCityLevel].empty() ? profile_.level : translated("level", cells[kCityLevel]);
        const bool is_known =
            std::find(kCityLevels.begin(), kCityLevels.end(), level) != kCityLevels.end();
        const std::string row_class = translated("class", cells[kCityClass]);
        const bool is_class =
            row_class.empty() || parse_word<costing::group::RowClass>(row_class).has_value();
        if (!is_known) {
            park(FindingCode::word_unknown, row, "level",
                 {text::shown(cells[kCityLevel]),
                  "first_stage, merged, refined, basic, core, composite (words.level)"});
        }
        if (!is_class) {
            park(FindingCode::word_unknown, row, "class",
                 {text::shown(cells[kCityClass]),
                  "surgery, intervention, therapeutic, diagnostic, conservative (words.class)"});
        }
        cells[kCityLevel] = level;
        cells[kCityClass] = row_class;
        return is_known && is_class;
    }

    bool cells_are_codes(const std::vector<std::string>& cells, std::int64_t row) {
        bool are_codes = true;
        for (const std::size_t column :
             {kCityDiagnosis, kCityOther, kCityProcedure, kCityRelated}) {
            const bool is_diagnosis = column == kCityDiagnosis || column == kCityOther;
            if (!parse_cell(cells[column], is_diagnosis)) {
                park(FindingCode::medical_code_malformed, row, kGroupColumns[column],
                     {text::shown(cells[column])});
                are_codes = false;
            }
        }
        return are_codes;
    }

    void take_coefficient(const std::string& group, const std::string& kind, std::string_view value,
                          std::int64_t row) {
        if (value.empty()) {
            return;
        }
        const auto coefficient = parse_decimal(value, Rate::kScale, 1'000'000);
        if (!coefficient || *coefficient <= 0) {
            park(FindingCode::number_malformed, row, kind, {text::shown(value), "4"});
            return;
        }
        text::append_field(typings_, group);
        typings_ += ',' + kind + ",," + Rate::from_raw(*coefficient).trimmed() + '\n';
        ++city_.typings;
    }

    const CityProfile& profile_;
    intake::FindingList& findings_;
    CityCatalogue& city_;
    std::string groups_;
    std::string typings_ = "group,kind,band,coefficient\n";
    std::vector<std::int64_t> rows_;
};

void write_part(const std::filesystem::path& path, const std::string& text) {
    std::ofstream stream(path, std::ios::binary | std::ios::trunc);
    stream << text;
    if (!stream.flush()) {
        throw std::runtime_error("can't write " + path.string());
    }
}

/// First table of each sort, as a file of the folder.
toml::table files_of(const CodeTables* codes) {
    toml::table files;
    files.insert("groups", "groups.csv");
    if (codes == nullptr) {
        return files;
    }
    for (const CodeTable& table : codes->tables) {
        const bool is_procedure = table.system == CodeSystem::procedure;
        std::string_view key;
        if (table.kind == CodeTableKind::codes) {
            key = is_procedure ? "procedures" : "diagnoses";
        } else if (table.kind == CodeTableKind::grey) {
            key = is_procedure ? "grey_procedures" : "grey_diagnoses";
        } else if (table.kind == CodeTableKind::classes) {
            key = "procedure_classes";
        }
        if (!key.empty() && !files.contains(key)) {
            files.insert(key, "codes/" + table.id + ".csv");
        }
    }
    return files;
}

std::string toml_text(const toml::table& table) {
    std::ostringstream stream;
    stream << table << '\n';
    return stream.str();
}

void write_folder(const CityProfile& profile, const CityRows& rows, const CodeTables* codes,
                  const std::filesystem::path& folder) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    if (codes != nullptr) {
        write_code_tables(*codes, folder / "codes");
    }
    write_part(folder / "groups.csv", rows.groups());
    toml::table catalogue;
    catalogue.insert("schema", "yuanliu.catalogue/1");
    catalogue.insert("id", profile.id);
    catalogue.insert("kind", "dip");
    catalogue.insert("files", files_of(codes));
    catalogue.insert("dip", *profile.dip);
    write_part(folder / "catalogue.toml", toml_text(catalogue));
    if (profile.auxiliary != nullptr) {
        toml::table auxiliary(*profile.auxiliary);
        auxiliary.insert_or_assign("schema", "yuanliu.auxiliary/1");
        auxiliary.insert_or_assign("id", profile.id);
        toml::table files;
        files.insert("typings", "typings.csv");
        auxiliary.insert_or_assign("files", files);
        write_part(folder / "auxiliary.toml", toml_text(auxiliary));
        write_part(folder / "typings.csv", rows.typings());
    }
}

/// What the readers of the folder find, at the rows of the city's file.
void add_reread(const std::vector<Finding>& found, const CityRows& rows, const std::string& city,
                std::vector<Finding>& findings) {
    for (Finding finding : found) {
        if (finding.where.file == "groups.csv") {
            finding.where.file = city;
            finding.where.row = rows.row_of(finding.where.row);
            if (finding.code == FindingCode::catalogue_rows_overlap) {
                finding.arguments[2] =
                    std::to_string(rows.row_of(std::stoll(finding.arguments[2])));
            }
        }
        findings.push_back(std::move(finding));
    }
}

void convert_rows(const std::filesystem::path& city, const CityProfile& profile,
                  const CodeTables* codes, const std::filesystem::path& out,
                  intake::FindingBook& book, CityCatalogue& converted) {
    const std::string name = city.filename().string();
    CityRows rows(profile, book.of(name), converted);
    const bool is_read = read_delimited(city, profile.spec, book.of(name),
                                        [&](std::span<const std::string_view> values,
                                            std::int64_t row) { rows.take(values, row); });
    std::vector<Finding> found = book.take();
    converted.findings.insert(converted.findings.end(), found.begin(), found.end());
    if (!is_read || profile.dip == nullptr || has_stop(converted.findings)) {
        return;
    }
    const std::filesystem::path beside = out.string() + ".part";
    write_folder(profile, rows, codes, beside);
    add_reread(read_catalogue(beside).findings, rows, name, converted.findings);
    if (profile.auxiliary != nullptr) {
        add_reread(read_auxiliary(beside).findings, rows, name, converted.findings);
    }
    if (has_stop(converted.findings)) {
        std::filesystem::remove_all(beside);
    } else {
        std::filesystem::rename(beside, out);
    }
}

}  // namespace

CityCatalogue convert_catalogue(const std::filesystem::path& city,
                                const std::filesystem::path& profile, const CodeTables* codes,
                                const std::filesystem::path& out) {
    if (std::filesystem::exists(out)) {
        throw std::runtime_error(out.string() + " is there already");
    }
    CityCatalogue converted;
    intake::FindingBook book(200);
    intake::FindingList& findings = book.of(profile.filename().string());
    read_toml_file(profile, findings, [&](const toml::table& document) {
        const CityProfile read = read_city_profile(document, findings);
        convert_rows(city, read, codes, out, book, converted);
    });
    const std::vector<Finding> rest = book.take();
    converted.findings.insert(converted.findings.end(), rest.begin(), rest.end());
    intake::sort_findings(converted.findings);
    return converted;
}

}  // namespace yuanliu::catalogue
