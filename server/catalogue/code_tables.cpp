// Why this file: see code_tables.hpp.
#include "server/catalogue/code_tables.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "server/catalogue/delimited_file.hpp"
#include "server/intake/rule_table.hpp"
#include "server/intake/toml_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

using costing::group::MedicalCode;
using costing::group::MedicalCodeIndex;

struct CodeHash {
    std::size_t operator()(MedicalCode code) const { return code.hash(); }
};

using ClassWords = std::map<std::string, std::string, std::less<>>;

struct WrittenTable {
    CodeTable table;
    DelimitedSpec spec;
    ClassWords words;
};

char delimiter_of(intake::RuleTable& table) {
    if (!table.has("delimiter")) {
        return ',';
    }
    const std::string text = table.string("delimiter");
    if (text == "tab") {
        return '\t';
    }
    if (text == "blank") {
        return ' ';
    }
    if (text.size() != 1 || text == "\"") {
        table.report(FindingCode::word_unknown, "delimiter",
                     {text::shown(text), "tab, blank, or one character such as , ; |"});
        return ',';
    }
    return text.front();
}

ClassWords class_words(intake::RuleTable& table) {
    ClassWords words;
    if (auto written = table.table("words")) {
        for (const std::string_view ours : WordsOf<ProcedureClass>::kWords) {
            for (std::string& own :
                 written->strings_if_any(ours).value_or(std::vector<std::string>())) {
                words.emplace(std::move(own), ours);
            }
        }
        written->refuse_unknown_keys();
    }
    return words;
}

std::string text_if_any(intake::RuleTable& table, std::string_view key) {
    return table.has(key) ? table.string(key) : std::string();
}

std::optional<WrittenTable> read_table_entry(intake::RuleTable& table) {
    WrittenTable written;
    CodeTable& read = written.table;
    read.id = table.string("id");
    const auto kind = table.word("kind", WordsOf<CodeTableKind>::kWords);
    const auto system = table.word("of", WordsOf<CodeSystem>::kWords);
    read.file = table.string("file");
    read.edition = text_if_any(table, "edition");
    read.source = text_if_any(table, "in");
    written.spec.delimiter = delimiter_of(table);
    written.spec.has_header = table.boolean_if_any("header").value_or(true);
    written.spec.columns = {table.string("code"), text_if_any(table, "title"), ""};
    if (!kind || !system) {
        return std::nullopt;
    }
    read.kind = static_cast<CodeTableKind>(*kind);
    read.system = static_cast<CodeSystem>(*system);
    if (read.kind == CodeTableKind::crosswalk) {
        written.spec.columns[2] = table.string("target");
        read.target = text_if_any(table, "to");
    }
    if (read.kind == CodeTableKind::classes) {
        written.spec.columns[2] = table.string("class");
        read.via = text_if_any(table, "via");
        if (table.has("words")) {
            written.words = class_words(table);
        }
    }
    table.refuse_unknown_keys();
    return written;
}

class TableFiller {
  public:
    TableFiller(WrittenTable& written, intake::FindingList& findings)
        : table_(written.table), words_(written.words), findings_(findings) {}

    void take(std::span<const std::string_view> values, std::int64_t row) {
        ++table_.lines;
        CodeTableRow read;
        read.row = row;
        read.title = std::string(values[1]);
        const auto code = parsed(values[0], "code", row);
        if (!code || !take_third(values[2], row, read)) {
            ++table_.parked;
            return;
        }
        read.code = *code;
        const auto [first, is_new] = rows_.emplace(*code, row);
        if (!is_new) {
            ++table_.parked;
            set_aside(FindingCode::duplicate_key, row, "code",
                      {code->text(), std::to_string(first->second)});
            return;
        }
        table_.rows.push_back(std::move(read));
    }

  private:
    void set_aside(FindingCode code, std::int64_t row, std::string_view column,
                   std::vector<std::string> arguments) {
        findings_.add(code, {.row = row, .column = column}, std::move(arguments), Severity::park);
    }

    std::optional<MedicalCode> parsed(std::string_view text, std::string_view column,
                                      std::int64_t row) {
        const auto code = MedicalCode::parse(text);
        if (!code) {
            set_aside(FindingCode::medical_code_malformed, row, column, {text::shown(text)});
        }
        return code;
    }

    bool take_third(std::string_view text, std::int64_t row, CodeTableRow& read) {
        if (table_.kind == CodeTableKind::crosswalk) {
            const auto target = parsed(text, "target", row);
            read.target = target.value_or(MedicalCode());
            return target.has_value();
        }
        if (table_.kind != CodeTableKind::classes) {
            return true;
        }
        const auto own = words_.find(text);
        const auto word =
            parse_word<ProcedureClass>(own == words_.end() ? text : std::string_view(own->second));
        if (!word) {
            set_aside(FindingCode::word_unknown, row, "class",
                      {text::shown(text), "the words of the profile's [table.words]"});
            return false;
        }
        read.procedure_class = *word;
        return true;
    }

    CodeTable& table_;
    const ClassWords& words_;
    intake::FindingList& findings_;
    std::unordered_map<MedicalCode, std::int64_t, CodeHash> rows_;
};

/// Codes of a table by number, for looking up.
MedicalCodeIndex index_codes(const CodeTable& table) {
    MedicalCodeIndex index;
    for (const CodeTableRow& row : table.rows) {
        index.add(row.code);
    }
    return index;
}

class TableJudge {
  public:
    TableJudge(CodeTables& tables, intake::FindingBook& book) : tables_(tables), book_(book) {}

    void judge(CodeTable& table) {
        if (const CodeTable* codes = tables_.find(table.source)) {
            // What an edition lacks can't be met in it: told, and kept.
            keep_known(table, index_of_table(*codes), &CodeTableRow::code, "code", Severity::warn);
        }
        const CodeTable* codes = tables_.find(table.target);
        if (table.kind == CodeTableKind::crosswalk && codes != nullptr) {
            keep_known(table, index_of_table(*codes), &CodeTableRow::target, "target",
                       Severity::park);
        }
    }

    void join(CodeTable& table) {
        const CodeTable* walk = tables_.find(table.via);
        if (walk == nullptr) {
            return;
        }
        std::unordered_map<MedicalCode, MedicalCode, CodeHash> targets;
        for (const CodeTableRow& row : walk->rows) {
            targets.emplace(row.code, row.target);
        }
        std::map<MedicalCode, ProcedureClass> joined;
        intake::FindingList& findings = book_.of(table.file);
        for (const CodeTableRow& row : table.rows) {
            const auto target = targets.find(row.code);
            if (target == targets.end()) {
                ++table.without_target;
                findings.add(FindingCode::crosswalk_missing, {.row = row.row, .column = "code"},
                             {row.code.text(), table.via}, Severity::warn);
                continue;
            }
            const auto [known, is_new] = joined.emplace(target->second, row.procedure_class);
            if (!is_new && known->second != row.procedure_class) {
                const ProcedureClass higher = std::min(known->second, row.procedure_class);
                findings.add(
                    FindingCode::code_class_differs, {.row = row.row, .column = "class"},
                    {target->second.text(), std::string(word_of(known->second)),
                     std::string(word_of(row.procedure_class)), std::string(word_of(higher))},
                    Severity::warn);
                known->second = higher;
            }
        }
        table.joined.assign(joined.begin(), joined.end());
        if (const CodeTable* codes = tables_.find(walk->target)) {
            table.without_class =
                std::count_if(codes->rows.begin(), codes->rows.end(),
                              [&](const CodeTableRow& row) { return !joined.contains(row.code); });
        }
    }

  private:
    const MedicalCodeIndex& index_of_table(const CodeTable& table) {
        const auto known = indexes_.find(table.id);
        return known != indexes_.end()
                   ? known->second
                   : indexes_.emplace(table.id, index_codes(table)).first->second;
    }

    void keep_known(CodeTable& table, const MedicalCodeIndex& known,
                    MedicalCode CodeTableRow::*part, std::string_view column, Severity severity) {
        intake::FindingList& findings = book_.of(table.file);
        const auto is_unknown = [&](const CodeTableRow& row) { return !known.contains(row.*part); };
        for (const CodeTableRow& row : table.rows) {
            if (is_unknown(row)) {
                findings.add(FindingCode::catalogue_code_unknown,
                             {.row = row.row, .column = column}, {(row.*part).text()}, severity);
            }
        }
        if (severity == Severity::park) {
            const std::size_t before = table.rows.size();
            std::erase_if(table.rows, is_unknown);
            table.parked += static_cast<std::int64_t>(before - table.rows.size());
        }
    }

    CodeTables& tables_;
    intake::FindingBook& book_;
    std::map<std::string, MedicalCodeIndex> indexes_;
};

/// A table that another names must be one of the profile.
void judge_names(intake::RuleTable& entry, const std::vector<WrittenTable>& all,
                 const CodeTable& table) {
    const auto look = [&](std::string_view key, const std::string& id, CodeTableKind kind) {
        const bool is_there = std::any_of(all.begin(), all.end(), [&](const WrittenTable& other) {
            return other.table.id == id && other.table.kind == kind;
        });
        if (!id.empty() && !is_there) {
            entry.report(FindingCode::word_unknown, key,
                         {text::shown(id), "the id of another table of this profile"});
        }
    };
    look("in", table.source, CodeTableKind::codes);
    look("to", table.target, CodeTableKind::codes);
    look("via", table.via, CodeTableKind::crosswalk);
}

std::vector<WrittenTable> read_profile(const toml::table& document, intake::FindingList& findings) {
    intake::RuleTable root(document, "", findings);
    const std::string schema = root.string("schema");
    if (!schema.empty() && schema != "yuanliu.codes/1") {
        root.report(FindingCode::rule_malformed, "schema", {"schema_unknown", text::shown(schema)});
    }
    std::vector<WrittenTable> all;
    std::vector<intake::RuleTable> entries = root.tables("table", true);
    std::vector<std::size_t> of_entry;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (auto written = read_table_entry(entries[i])) {
            of_entry.push_back(i);
            all.push_back(std::move(*written));
        }
    }
    std::map<std::string, std::int64_t> lines;
    for (std::size_t i = 0; i < all.size(); ++i) {
        intake::RuleTable& entry = entries[of_entry[i]];
        judge_names(entry, all, all[i].table);
        const auto [first, is_new] = lines.emplace(all[i].table.id, entry.line_of("id"));
        if (!is_new) {
            entry.report(FindingCode::duplicate_key, "id",
                         {text::shown(all[i].table.id), std::to_string(first->second)});
        }
    }
    root.refuse_unknown_keys();
    return all;
}

void read_files(const std::filesystem::path& place, std::vector<WrittenTable>& all,
                intake::FindingBook& book, CodeTables& tables) {
    const bool is_folder = std::filesystem::is_directory(place);
    const std::filesystem::path folder = is_folder ? place : place.parent_path();
    for (WrittenTable& written : all) {
        if (!is_folder && place.filename() != written.table.file) {
            continue;
        }
        intake::FindingList& findings = book.of(written.table.file);
        TableFiller filler(written, findings);
        static_cast<void>(read_delimited(folder / written.table.file, written.spec, findings,
                                         [&](std::span<const std::string_view> values,
                                             std::int64_t row) { filler.take(values, row); }));
        tables.tables.push_back(std::move(written.table));
    }
    TableJudge judge(tables, book);
    for (CodeTable& table : tables.tables) {
        judge.judge(table);
    }
    for (CodeTable& table : tables.tables) {
        judge.join(table);
    }
}

}  // namespace

const CodeTable* CodeTables::find(std::string_view id) const {
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const CodeTable& table) { return table.id == id; });
    return id.empty() || found == tables.end() ? nullptr : &*found;
}

CodeTables read_code_tables(const std::filesystem::path& place,
                            const std::filesystem::path& profile) {
    CodeTables tables;
    intake::FindingBook book(200);
    intake::FindingList& findings = book.of(profile.filename().string());
    read_toml_file(profile, findings, [&](const toml::table& document) {
        std::vector<WrittenTable> all = read_profile(document, findings);
        read_files(place, all, book, tables);
    });
    tables.findings = book.take();
    return tables;
}

}  // namespace yuanliu::catalogue
