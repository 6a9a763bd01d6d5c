// Why this file: see catalogue_reader.hpp. What both kinds of catalogue share: the head, the paths,
// code lists and checks.
#include "server/catalogue/catalogue_reader.hpp"

#include <array>

#include "server/catalogue/plain_table.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

namespace group = costing::group;
using group::MedicalCode;

constexpr std::array<std::string_view, 2> kCatalogueKinds{"drg", "dip"};
constexpr std::array<std::string_view, 6> kSharedFiles{
    "diagnoses", "procedures", "grey_diagnoses", "grey_procedures", "checks", "scores"};
constexpr std::array<std::string_view, 6> kDrgFiles{"rules", "drgs",       "cc",
                                                    "mcc",   "exclusions", "valid_procedures"};

void add_all(const CatalogueFiles& files, std::string_view key, group::MedicalCodeIndex& index) {
    for (const MedicalCode code : read_codes(files, key)) {
        index.add(code);
    }
}

void read_checks(const CatalogueFiles& files, group::RecordChecks& checks) {
    checks.has_diagnoses = files.has("diagnoses");
    checks.has_procedures = files.has("procedures");
    add_all(files, "diagnoses", checks.diagnoses);
    add_all(files, "procedures", checks.procedures);
    add_all(files, "grey_diagnoses", checks.grey_diagnoses);
    add_all(files, "grey_procedures", checks.grey_procedures);
    if (!files.has("checks")) {
        return;
    }
    const PlainTableSpec spec{.required = {"rule", "from", "to"}, .optional = {}, .own_names = {}};
    read_plain_table(
        files.path("checks"), spec, files.findings("checks"), [&](const PlainRow& row) {
            const auto rule = row.word("rule", WordsOf<group::CheckRule>::kWords);
            const auto from = row.code("from", true);
            const auto to = row.code("to", true);
            if (rule && from && to) {
                checks.rows.push_back(
                    {.rule = static_cast<group::CheckRule>(*rule), .from = *from, .to = *to});
            }
        });
}

void read_document(const toml::table& document, const std::filesystem::path& folder,
                   intake::FindingBook& book, LoadedCatalogue& loaded) {
    intake::RuleTable root(document, "", book.of("catalogue.toml"));
    const std::string schema = root.string("schema");
    if (!schema.empty() && schema != "yuanliu.catalogue/1") {
        root.report(FindingCode::rule_malformed, "schema", {"schema_unknown", text::shown(schema)});
    }
    loaded.id = root.string("id");
    const auto kind = root.word("kind", kCatalogueKinds);
    auto paths = root.table("files");
    auto settings = kind ? root.table(kCatalogueKinds[*kind]) : std::nullopt;
    if (!paths || !settings) {
        return;
    }
    CatalogueFiles files(folder, book);
    for (const std::string_view key : kSharedFiles) {
        files.take(*paths, key, false);
    }
    if (*kind == 0) {
        for (const std::string_view key : kDrgFiles) {
            files.take(*paths, key, true);
        }
    } else {
        files.take(*paths, "groups", true);
        for (const std::string_view key :
             {"procedure_classes", "excluded_diagnoses", "excluded_procedures"}) {
            files.take(*paths, key, false);
        }
        for (const std::string_view key : {"columns", "words"}) {
            if (root.has(key)) {
                static_cast<void>(root.table(key));
            }
        }
    }
    paths->refuse_unknown_keys();
    read_checks(files, loaded.checks);
    if (*kind == 0) {
        loaded.drg = read_drg_catalogue(*settings, files, loaded.checks);
        loaded.drg->id = loaded.id;
    } else {
        loaded.dip = read_dip_catalogue(*settings, files, loaded.checks, document, loaded.groups);
        loaded.dip->id = loaded.id;
    }
    add_group_figures(files, loaded);
    settings->refuse_unknown_keys();
    root.refuse_unknown_keys();
}

}  // namespace

void CatalogueFiles::take(intake::RuleTable& files, std::string_view key, bool required) {
    if (required || files.has(key)) {
        const std::string path = files.string(key);
        if (!path.empty()) {
            paths_.emplace(key, path);
        }
    }
}

std::filesystem::path CatalogueFiles::path(std::string_view key) const {
    return folder_ / paths_.find(key)->second;
}

intake::FindingList& CatalogueFiles::findings(std::string_view key) const {
    return book_->of(paths_.find(key)->second);
}

std::vector<MedicalCode> read_codes(const CatalogueFiles& files, std::string_view key) {
    std::vector<MedicalCode> codes;
    if (!files.has(key)) {
        return codes;
    }
    intake::FindingList& findings = files.findings(key);
    read_lines(files.path(key), findings, [&](std::string_view line, std::int64_t number) {
        const std::string_view head = code_at_head(line);
        if (head.empty()) {
            return;
        }
        if (const auto code = MedicalCode::parse(head)) {
            codes.push_back(*code);
        } else {
            findings.add(FindingCode::medical_code_malformed, {.row = number, .column = {}},
                         {text::shown(head)});
        }
    });
    return codes;
}

void judge_known(const group::RecordChecks& checks, MedicalCode code, bool is_procedure,
                 intake::FindingList& findings, intake::FindingList::Place place) {
    const bool has_table = is_procedure ? checks.has_procedures : checks.has_diagnoses;
    const auto& known = is_procedure ? checks.procedures : checks.diagnoses;
    if (has_table && !known.contains(code)) {
        findings.add(FindingCode::catalogue_code_unknown, place, {code.text()}, Severity::warn);
    }
}

LoadedCatalogue read_catalogue(const std::filesystem::path& folder) {
    LoadedCatalogue loaded;
    intake::FindingBook book(200);
    intake::FindingList& findings = book.of("catalogue.toml");
    std::string reason;
    const auto file = text::MappedFile::open(folder / "catalogue.toml", reason);
    if (!file) {
        findings.add(FindingCode::file_unreadable, {}, {reason});
    } else {
        try {
            const toml::table document = toml::parse(text::without_byte_order_mark(file->bytes()));
            read_document(document, folder, book, loaded);
        } catch (const toml::parse_error& error) {
            findings.add(
                FindingCode::rule_malformed,
                {.row = static_cast<std::int64_t>(error.source().begin.line), .column = {}},
                {"not_toml", text::shown(error.description(), 300)});
        }
    }
    loaded.findings = book.take();
    return loaded;
}

}  // namespace yuanliu::catalogue
