// Why this file: see grouping_rules.hpp. Only names are looked at here; what the files of a
// catalogue say is judged by server/catalogue.
#include "server/intake/grouping_rules.hpp"

#include <algorithm>
#include <set>

#include "server/text/mapped_file.hpp"
#include "server/text/plain_path.hpp"
#include "server/text/sha256.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::intake {
namespace {

constexpr std::string_view kCatalogueFile = "catalogue.toml";
constexpr std::string_view kAuxiliaryFile = "auxiliary.toml";

/// Whether `bytes` can be kept as text: UTF-8 without NUL. The first line that isn't is a finding.
bool is_text(std::string_view bytes, FindingList& findings) {
    const std::size_t at = std::min(text::first_invalid_utf8(bytes), bytes.find('\0'));
    if (at == std::string_view::npos) {
        return true;
    }
    const std::string_view before = bytes.substr(0, at);
    const std::size_t line_end = before.rfind('\n');
    const std::size_t start = line_end == std::string_view::npos ? 0 : line_end + 1;
    findings.add(FindingCode::not_utf8,
                 {.row = 1 + std::count(before.begin(), before.end(), '\n'), .column = {}},
                 {std::to_string(at - start + 1)});
    return false;
}

/// A folder under the rules folder; blank after a finding.
std::string read_folder(RuleTable& table, std::string_view key) {
    std::string folder = table.string(key);
    if (!folder.empty() && !text::is_plain_path(folder)) {
        table.report(FindingCode::catalogue_path_outside, key, {text::shown(folder)});
        folder.clear();
    }
    return folder;
}

CatalogueRule read_catalogue_rule(RuleTable& table) {
    CatalogueRule rule;
    rule.folder = read_folder(table, "folder");
    rule.auxiliary = table.has("auxiliary") ? read_folder(table, "auxiliary") : std::string();
    rule.payers = table.strings("payers");
    rule.priority = table.strings_if_any("priority").value_or(std::vector<std::string>());
    table.refuse_unknown_keys();
    return rule;
}

class CatalogueTexts {
  public:
    CatalogueTexts(const std::filesystem::path& rules_dir, FindingBook& book,
                   std::vector<RulesText>& texts, std::vector<std::string>& lines)
        : rules_dir_(rules_dir), book_(book), texts_(texts), lines_(lines) {}

    /// The file `head` of the folder, and those that its [files] name.
    void take_folder(const std::string& folder, std::string_view file) {
        const std::string head = folder + "/" + std::string(file);
        if (!take(head)) {
            return;
        }
        try {
            const auto text = std::find_if(texts_.begin(), texts_.end(),
                                           [&](const auto& one) { return one.file == head; });
            if (text == texts_.end()) {
                return;
            }
            const toml::table document = toml::parse(text::without_byte_order_mark(text->text));
            const toml::table* files = document["files"].as_table();
            for (const std::string& path : paths_of(files)) {
                if (text::is_plain_path(path)) {
                    take(folder + "/" + path);
                } else {
                    book_.of(head).add(FindingCode::catalogue_path_outside,
                                       {.row = 0, .column = "files"}, {text::shown(path)});
                }
            }
        } catch (const toml::parse_error&) {
            // Whoever reads the catalogue says so.
        }
    }

  private:
    static std::set<std::string> paths_of(const toml::table* files) {
        std::set<std::string> paths;
        if (files != nullptr) {
            for (auto&& [key, value] : *files) {
                if (const auto path = value.value_exact<std::string>()) {
                    paths.insert(*path);
                }
            }
        }
        return paths;
    }

    bool take(const std::string& file) {
        if (!taken_.insert(file).second) {
            return true;
        }
        std::string reason;
        const auto mapped = text::MappedFile::open(rules_dir_ / file, reason);
        if (!mapped) {
            book_.of(file).add(FindingCode::file_unreadable, {}, {reason});
            return false;
        }
        if (!is_text(mapped->bytes(), book_.of(file))) {
            return false;
        }
        texts_.push_back({.file = file, .text = std::string(mapped->bytes())});
        text::Sha256 sum;
        sum.update(std::string(text::without_byte_order_mark(texts_.back().text)));
        lines_.push_back(file + ":sha256=" + sum.hex());
        return true;
    }

    const std::filesystem::path& rules_dir_;
    FindingBook& book_;
    std::vector<RulesText>& texts_;
    std::vector<std::string>& lines_;
    std::set<std::string> taken_;
};

}  // namespace

void read_grouping(RuleTable& root, Rules& rules) {
    GroupingRules grouping;
    const std::string schema = root.string("schema");
    if (!schema.empty() && schema != "yuanliu.grouping/1") {
        root.report(FindingCode::rule_malformed, "schema", {"schema_unknown", text::shown(schema)});
    }
    grouping.version = root.string("version");
    for (RuleTable& table : root.tables("catalogue", true)) {
        grouping.catalogues.push_back(read_catalogue_rule(table));
    }
    rules.grouping = std::move(grouping);
}

void read_catalogue_files(const std::filesystem::path& rules_dir, const GroupingRules& grouping,
                          FindingBook& book, std::vector<RulesText>& texts,
                          std::vector<std::string>& lines) {
    std::set<std::pair<std::string, std::string_view>> folders;
    for (const CatalogueRule& rule : grouping.catalogues) {
        if (!rule.folder.empty()) {
            folders.emplace(rule.folder, kCatalogueFile);
        }
        if (!rule.auxiliary.empty()) {
            folders.emplace(rule.auxiliary, kAuxiliaryFile);
        }
    }
    CatalogueTexts reader(rules_dir, book, texts, lines);
    for (const auto& [folder, file] : folders) {
        reader.take_folder(folder, file);
    }
}

}  // namespace yuanliu::intake
