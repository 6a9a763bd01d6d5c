// Why this file: see auxiliary_reader.hpp.
#include "server/catalogue/auxiliary_reader.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <optional>

#include "server/catalogue/plain_table.hpp"
#include "server/intake/rule_table.hpp"
#include "server/intake/toml_file.hpp"
#include "server/text/csv.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

namespace group = costing::group;
using group::AuxiliaryKind;

constexpr std::int64_t kMostDays = 100'000;
constexpr std::array<std::string_view, 2> kOpenings{"typings", "all"};

void read_band(intake::RuleTable& table, group::AuxiliaryCatalogue& catalogue) {
    group::AuxiliaryBand band;
    band.id = table.string("id");
    const auto kind = table.word("kind", WordsOf<AuxiliaryKind>::kWords);
    band.kind = static_cast<AuxiliaryKind>(kind.value_or(0));
    const bool is_named =
        band.kind == AuxiliaryKind::severity || band.kind == AuxiliaryKind::tumour;
    if (is_named) {
        band.level = table.string("level");
    } else {
        band.from =
            static_cast<std::int32_t>(table.integer_if_any("from", 0, kMostDays).value_or(0));
        band.to =
            static_cast<std::int32_t>(table.integer_if_any("to", 0, kMostDays).value_or(INT32_MAX));
        if (band.kind == AuxiliaryKind::age) {
            band.unit = static_cast<group::BandUnit>(
                table.word("unit", WordsOf<group::BandUnit>::kWords).value_or(0));
        }
        if (band.to < band.from) {
            table.report(FindingCode::auxiliary_malformed, "to", {"from > to", band.id});
        }
    }
    band.coefficient = table.rate("coefficient", {.low = 1, .high = 1'000'000});
    const bool is_known =
        std::any_of(catalogue.bands.begin(), catalogue.bands.end(),
                    [&](const group::AuxiliaryBand& other) { return other.id == band.id; });
    if (is_known) {
        table.report(FindingCode::auxiliary_malformed, "id", {"id", band.id});
    }
    table.refuse_unknown_keys();
    catalogue.bands.push_back(std::move(band));
}

/// What a row of typings.csv says of last year; nothing if it says not all of it.
std::optional<group::TypingStatistics> statistics_of(const PlainRow& row) {
    const auto group_cases = row.decimal("group_cases", 0);
    const auto typed_cases = row.decimal("typed_cases", 0);
    const auto group_mean = row.decimal("group_mean", Money::kScale);
    const auto typed_mean = row.decimal("typed_mean", Money::kScale);
    const auto before = row.decimal("cv_before", Rate::kScale);
    const auto after = row.decimal("cv_after", Rate::kScale);
    if (!group_cases || !typed_cases || !group_mean || *group_mean == 0 || !typed_mean || !before ||
        !after) {
        return std::nullopt;
    }
    return group::TypingStatistics{.group_cases = *group_cases,
                                   .typed_cases = *typed_cases,
                                   .group_mean = Money::from_raw(*group_mean),
                                   .typed_mean = Money::from_raw(*typed_mean),
                                   .cv_before = Rate::from_raw(*before),
                                   .cv_after = Rate::from_raw(*after)};
}

/// A coefficient that the city states is open; without one, last year's figures decide.
void take_typing(const PlainRow& row, LoadedAuxiliary& loaded) {
    const auto kind = row.word("kind", WordsOf<AuxiliaryKind>::kWords);
    const std::string band(row["band"]);
    const std::string owner(row["group"]);
    if (!kind || owner.empty()) {
        if (owner.empty()) {
            row.report(FindingCode::value_missing, "group", {});
        }
        return;
    }
    const auto& bands = loaded.catalogue.bands;
    const bool is_known =
        band.empty() || std::any_of(bands.begin(), bands.end(), [&](const auto& one) {
            return one.id == band && one.kind == static_cast<AuxiliaryKind>(*kind);
        });
    if (!is_known) {
        row.report(FindingCode::auxiliary_malformed, "band", {"band", band});
        return;
    }
    auto coefficient = row.decimal("coefficient", Rate::kScale);
    if (!coefficient) {
        const auto statistics = statistics_of(row);
        if (!statistics) {
            row.report(FindingCode::value_missing, "coefficient", {});
            return;
        }
        if (!group::opens(loaded.opening, *statistics)) {
            ++loaded.not_open;
            return;
        }
        coefficient = group::trigger_coefficient(*statistics).raw();
    }
    if (*coefficient <= 0 || *coefficient > group::kMostAuxiliary.raw()) {
        row.report(
            FindingCode::number_out_of_range, "coefficient",
            {Rate::from_raw(*coefficient).trimmed(), "0.0001", group::kMostAuxiliary.trimmed()});
        return;
    }
    auto& typings = loaded.catalogue.typings[owner];
    const bool is_twice = std::any_of(typings.begin(), typings.end(), [&](const auto& other) {
        return other.kind == static_cast<AuxiliaryKind>(*kind) && other.band == band;
    });
    if (is_twice) {
        row.report(FindingCode::duplicate_key, "group", {owner + " " + band, "?"});
        return;
    }
    ++loaded.open;
    typings.push_back({.kind = static_cast<AuxiliaryKind>(*kind),
                       .band = band,
                       .coefficient = Rate::from_raw(*coefficient)});
}

void take_comorbidity(const PlainRow& row, group::AuxiliaryCatalogue& catalogue) {
    const auto code = row.code("code", true);
    const auto points = row.decimal("points", 0);
    if (row["family"].empty() || !points) {
        row.report(FindingCode::value_missing, points ? "family" : "points", {});
        return;
    }
    if (code) {
        catalogue.comorbidities.push_back({.code = *code,
                                           .family = std::string(row["family"]),
                                           .points = static_cast<std::int32_t>(*points)});
    }
}

void read_auxiliary_files(intake::RuleTable& root, const std::filesystem::path& folder,
                          intake::FindingBook& book, LoadedAuxiliary& loaded) {
    auto files = root.has("files") ? root.table("files") : std::nullopt;
    if (!files) {
        return;
    }
    if (files->has("comorbidities")) {
        const std::string file = files->string("comorbidities");
        read_plain_table(
            folder / file,
            {.required = {"code", "family", "points"}, .optional = {}, .own_names = {}},
            book.of(file), [&](const PlainRow& row) { take_comorbidity(row, loaded.catalogue); });
    }
    if (files->has("typings")) {
        const std::string file = files->string("typings");
        read_plain_table(folder / file,
                         {.required = {"group", "kind", "coefficient"},
                          .optional = {"band", "group_cases", "typed_cases", "group_mean",
                                       "typed_mean", "cv_before", "cv_after"},
                          .own_names = {}},
                         book.of(file), [&](const PlainRow& row) { take_typing(row, loaded); });
    }
    files->refuse_unknown_keys();
}

void read_auxiliary_document(const toml::table& document, const std::filesystem::path& folder,
                             intake::FindingBook& book, LoadedAuxiliary& loaded) {
    intake::RuleTable root(document, "", book.of("auxiliary.toml"));
    const std::string schema = root.string("schema");
    if (!schema.empty() && schema != "yuanliu.auxiliary/1") {
        root.report(FindingCode::rule_malformed, "schema", {"schema_unknown", text::shown(schema)});
    }
    group::AuxiliaryCatalogue& catalogue = loaded.catalogue;
    catalogue.id = root.string("id");
    catalogue.several = static_cast<group::SeveralHits>(
        root.word("several", WordsOf<group::SeveralHits>::kWords).value_or(0));
    catalogue.opens_all = root.word("open", kOpenings).value_or(0) == 1;
    catalogue.counts_main_diagnosis = root.boolean_if_any("counts_main_diagnosis").value_or(false);
    for (std::string& excluded :
         root.strings_if_any("excluded_groups", true).value_or(std::vector<std::string>())) {
        catalogue.excluded_groups.insert(std::move(excluded));
    }
    if (root.has("opening")) {
        if (auto opening = root.table("opening")) {
            loaded.opening.group_cases_over =
                opening->integer_if_any("group_cases_over", 0, 1'000'000).value_or(0);
            loaded.opening.typed_cases_over =
                opening->integer_if_any("typed_cases_over", 0, 1'000'000).value_or(0);
            loaded.opening.cv_falls_by = opening->rate("cv_falls_by", {.low = 0, .high = 10'000});
            opening->refuse_unknown_keys();
        }
    }
    for (intake::RuleTable& table : root.tables("band", true)) {
        read_band(table, catalogue);
    }
    read_auxiliary_files(root, folder, book, loaded);
    root.refuse_unknown_keys();
}

std::int32_t whole_or_unknown(const PlainRow& row, std::string_view column) {
    return static_cast<std::int32_t>(
        row.decimal(column, 0).value_or(group::AuxiliaryCase::kUnknown));
}

}  // namespace

LoadedAuxiliary read_auxiliary(const std::filesystem::path& folder) {
    LoadedAuxiliary loaded;
    intake::FindingBook book(200);
    intake::FindingList& findings = book.of("auxiliary.toml");
    read_toml_file(folder / "auxiliary.toml", findings, [&](const toml::table& document) {
        read_auxiliary_document(document, folder, book, loaded);
    });
    loaded.findings = book.take();
    return loaded;
}

AuxiliaryCoefficients correct_cases(const group::AuxiliaryCatalogue& catalogue,
                                    const std::filesystem::path& cases) {
    AuxiliaryCoefficients corrected;
    corrected.csv = "encounter,group,coefficient,kind,band,hits,points\n";
    intake::FindingList findings(cases.filename().string(), 200);
    const PlainTableSpec spec{
        .required = {"encounter", "group", "diagnoses"},
        .optional = {"age_years", "age_days", "icu_days", "severity", "tumour"},
        .own_names = {}};
    read_plain_table(cases, spec, findings, [&](const PlainRow& row) {
        std::vector<MedicalCode> diagnoses;
        std::string_view rest = row["diagnoses"];
        while (!rest.empty()) {
            const std::string_view one = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(one.size() + 1, rest.size()));
            if (const auto code = MedicalCode::parse(one)) {
                diagnoses.push_back(*code);
            } else {
                row.report(FindingCode::medical_code_malformed, "diagnoses", {text::shown(one)});
            }
        }
        const group::AuxiliaryCase one{.group = row["group"],
                                       .age_years = whole_or_unknown(row, "age_years"),
                                       .age_days = whole_or_unknown(row, "age_days"),
                                       .icu_days = whole_or_unknown(row, "icu_days"),
                                       .severity = row["severity"],
                                       .tumour = row["tumour"],
                                       .diagnoses = diagnoses};
        const group::AuxiliaryAnswer answer = group::auxiliary_coefficient(catalogue, one);
        const group::AuxiliaryReasons reasons = group::reasons_of(catalogue, one, answer);
        ++corrected.cases;
        corrected.corrected += answer.hits > 0 ? 1U : 0U;
        const std::string coefficient = answer.coefficient.trimmed();
        const std::string hits = std::to_string(answer.hits);
        const std::string points = std::to_string(answer.points);
        const std::array<std::string_view, 7> fields{
            row["encounter"], row["group"], coefficient, reasons.kinds,
            reasons.bands,    hits,         points};
        corrected.csv += text::render_row(fields) + '\n';
    });
    findings.flush_to(corrected.findings);
    return corrected;
}

}  // namespace yuanliu::catalogue
