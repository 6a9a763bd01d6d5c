// Why this file: the profile of a published payment table (docs/payment.md §4), key by key; see
// payment_table.hpp.
#include <algorithm>
#include <array>

#include "server/catalogue/payment_table.hpp"
#include "server/intake/rule_table.hpp"
#include "server/intake/toml_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

using costing::pay::Exact;
using intake::RuleTable;

constexpr std::int64_t kProfileUnit = 1'000'000'000;
constexpr intake::DecimalSpec kProfileDecimal{
    .scale = Exact::kDecimals, .low = 1, .high = Exact::kBound * kProfileUnit};
constexpr std::int64_t kMostRows = 1'000'000;
constexpr std::array<std::string_view, 3> kEncodings{"utf-8", "gb18030", "utf-16"};
constexpr std::array<std::string_view, 12> kTableColumns{"group",
                                                         "name",
                                                         "class",
                                                         "score",
                                                         "reference_charge",
                                                         "hospital",
                                                         "level",
                                                         "group_coefficient",
                                                         "standard",
                                                         "value",
                                                         "low_limit",
                                                         "high_limit"};

std::optional<Exact> profile_decimal(RuleTable& table, std::string_view key) {
    const auto raw = table.decimal_if_any(key, kProfileDecimal);
    return raw ? std::optional(Exact::of(*raw, kProfileUnit)) : std::nullopt;
}

/// The keys of a table whose names are the user's own.
std::vector<std::string> keys_of(const toml::table& document, std::string_view name) {
    std::vector<std::string> keys;
    if (const toml::table* table = document[name].as_table()) {
        for (const auto& [key, ignored] : *table) {
            keys.emplace_back(key.str());
        }
    }
    return keys;
}

std::optional<RuleTable> table_if_any(RuleTable& root, std::string_view name) {
    return root.has(name) ? root.table(name) : std::nullopt;
}

void read_columns(RuleTable& root, TableProfile& profile) {
    auto columns = root.table("columns");
    if (!columns) {
        return;
    }
    std::map<std::string, std::string> seen;
    for (const std::string_view name : kTableColumns) {
        if (!columns->has(name)) {
            if (name == "group") {
                columns->report(FindingCode::rule_key_missing, name, {columns->path_of(name)});
            }
            continue;
        }
        const std::string theirs = columns->string(name);
        const auto [first, is_new] = seen.emplace(theirs, name);
        if (!is_new) {
            columns->report(FindingCode::rule_malformed, name,
                            {"columns_share_name", first->second + ", " + std::string(name)});
        }
        profile.columns.emplace(name, theirs);
    }
    columns->refuse_unknown_keys();
}

void read_units(RuleTable& root, const toml::table& document, TableProfile& profile) {
    auto units = table_if_any(root, "unit");
    if (!units) {
        return;
    }
    for (const std::string_view name : kTableColumns) {
        if (!units->has(name)) {
            continue;
        }
        if (document["unit"][name].value_exact<std::string_view>() == "percent") {
            profile.units.emplace(name, Exact::of(1, 100));
            static_cast<void>(units->string(name));
        } else if (const auto factor = profile_decimal(*units, name)) {
            profile.units.emplace(name, *factor);
        }
    }
    units->refuse_unknown_keys();
}

/// Lists of cells by column; a blank text means a blank cell.
TableProfile::Texts read_cells(RuleTable& root, const toml::table& document,
                               std::string_view name) {
    TableProfile::Texts out;
    auto table = table_if_any(root, name);
    if (!table) {
        return out;
    }
    for (const std::string& key : keys_of(document, name)) {
        const toml::array* array = document[name][key].as_array();
        if (array == nullptr) {
            table->report(
                FindingCode::rule_malformed, key,
                {"array_expected", std::string(intake::type_word(*document[name][key].node()))});
            continue;
        }
        std::vector<std::string>& cells = out[key];
        for (const toml::node& cell : *array) {
            const auto text = cell.value_exact<std::string>();
            if (text) {
                cells.push_back(*text);
            } else {
                table->report(FindingCode::rule_malformed, key,
                              {"string_expected", std::string(intake::type_word(cell))});
            }
        }
    }
    return out;
}

void read_form(RuleTable& root, const toml::table& document, TableProfile& profile) {
    profile.encoding =
        static_cast<text::Encoding>(root.word_if_any("encoding", kEncodings).value_or(0));
    root.pass("delimiter");
    root.pass("skip_rows");
    if (root.has("delimiter")) {
        // A tab is a control character, which a text of the rules may not have otherwise.
        const auto delimiter = document["delimiter"].value_exact<std::string_view>();
        const bool is_tab = delimiter && *delimiter == "\t";
        const std::string text = is_tab ? "" : root.string("delimiter");
        if (is_tab || (text.size() == 1 && text != "\"")) {
            profile.delimiter = is_tab ? '\t' : text.front();
        } else if (!text.empty()) {
            root.report(FindingCode::rule_malformed, "delimiter",
                        {"delimiter_malformed", text::shown(text)});
        }
    }
    profile.header_row = root.integer_if_any("header_row", 1, kMostRows).value_or(1);
    if (const toml::array* rows = document["skip_rows"].as_array()) {
        for (const toml::node& row : *rows) {
            const auto number = row.value_exact<std::int64_t>();
            if (number) {
                profile.skip_rows.push_back(*number);
            } else {
                root.report(FindingCode::rule_malformed, "skip_rows",
                            {"integer_expected", std::string(intake::type_word(row))});
            }
        }
    } else if (root.has("skip_rows")) {
        root.report(
            FindingCode::rule_malformed, "skip_rows",
            {"array_expected", std::string(intake::type_word(*document["skip_rows"].node()))});
    }
    profile.blank = root.strings_if_any("blank").value_or(std::vector<std::string>());
    profile.skip_short_rows = root.boolean_if_any("skip_short_rows").value_or(false);
}

void read_check(RuleTable& root, const toml::table& document, TableProfile& profile) {
    auto check = table_if_any(root, "check");
    if (!check) {
        return;
    }
    profile.value = profile_decimal(*check, "value");
    profile.low_ratio = profile_decimal(*check, "low_ratio");
    profile.high_ratio = profile_decimal(*check, "high_ratio");
    if (auto values = table_if_any(*check, "class_value")) {
        if (const toml::table* table = document["check"]["class_value"].as_table()) {
            for (const auto& [key, ignored] : *table) {
                if (const auto value = profile_decimal(*values, key.str())) {
                    profile.class_values.emplace(std::string(key.str()), *value);
                }
            }
        }
    }
    check->refuse_unknown_keys();
}

void read_profile_keys(const toml::table& document, intake::FindingList& findings,
                       TableProfile& profile) {
    RuleTable root(document, "", findings);
    const std::string schema = root.string("schema");
    if (!schema.empty() && schema != "yuanliu.table-profile/1") {
        root.report(FindingCode::rule_malformed, "schema", {"schema_unknown", text::shown(schema)});
    }
    profile.id = root.string("id");
    read_form(root, document, profile);
    read_columns(root, profile);
    read_units(root, document, profile);
    profile.skip = read_cells(root, document, "skip");
    profile.keep = read_cells(root, document, "keep");
    if (auto classes = table_if_any(root, "class")) {
        for (const std::string& key : keys_of(document, "class")) {
            // Blank is an ordinary group, so a blank text is no fault here.
            const auto ours = document["class"][key].value_exact<std::string>();
            profile.classes.emplace(key, ours && ours->empty() ? *ours : classes->string(key));
        }
        if (!profile.columns.contains("class")) {
            root.report(FindingCode::rule_key_missing, "class", {"columns.class"});
        }
    }
    read_check(root, document, profile);
    root.refuse_unknown_keys();
}

}  // namespace

LoadedProfile read_profile(const std::filesystem::path& file) {
    LoadedProfile loaded;
    intake::FindingList findings(file.filename().string(), 200);
    read_toml_file(file, findings, [&](const toml::table& document) {
        read_profile_keys(document, findings, loaded.profile);
    });
    findings.flush_to(loaded.findings);
    intake::sort_findings(loaded.findings);
    return loaded;
}

}  // namespace yuanliu::catalogue
