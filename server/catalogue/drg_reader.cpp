// Why this file: the settings, conditions, complication tables and DRG list of a DRG catalogue; the
// rules file itself is read in drg_rules_text.cpp (docs/grouping.md §4).
#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "server/catalogue/catalogue_reader.hpp"
#include "server/catalogue/drg_rules_text.hpp"
#include "server/catalogue/plain_table.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

namespace group = costing::group;

constexpr std::int64_t kMost = 100'000;

group::DrgCatalogue::Numbers read_numbers(const CatalogueFiles& files, std::string_view key) {
    group::DrgCatalogue::Numbers numbers;
    if (!files.has(key)) {
        return numbers;
    }
    intake::FindingList& findings = files.findings(key);
    read_lines(files.path(key), findings, [&](std::string_view line, std::int64_t row) {
        if (line.empty()) {
            return;
        }
        const std::size_t blank = std::min(line.find(' '), line.size());
        const auto code = MedicalCode::parse(line.substr(0, blank));
        std::string_view digits = line.substr(std::min(blank + 1, line.size()));
        digits = digits.substr(0, digits.find_last_not_of(' ') + 1);
        std::uint32_t number = 0;
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (!code || number == 0 || parsed.ptr != digits.data() + digits.size()) {
            findings.add(FindingCode::catalogue_line_unknown, {.row = row, .column = {}},
                         {text::shown(line)});
            return;
        }
        numbers.emplace_back(*code, number);
    });
    return numbers;
}

std::int32_t bound(intake::RuleTable& table, std::string_view key) {
    return static_cast<std::int32_t>(
        table.integer_if_any(key, 0, kMost).value_or(group::CaseBounds::kNone));
}

group::DrgCondition read_condition(intake::RuleTable& table) {
    group::DrgCondition condition;
    if (const auto sex = table.word_if_any("sex", WordsOf<Sex>::kWords)) {
        condition.bounds.sex = static_cast<Sex>(*sex);
    }
    condition.bounds.age_days_min = bound(table, "age_days_min");
    condition.bounds.age_days_max = bound(table, "age_days_max");
    condition.bounds.weight_g_min = bound(table, "weight_g_min");
    condition.bounds.weight_g_max = bound(table, "weight_g_max");
    condition.valid_procedure = table.boolean_if_any("valid_procedure");
    condition.sites_min =
        static_cast<std::uint32_t>(table.integer_if_any("sites_min", 1, 64).value_or(0));
    return condition;
}

void read_conditions(intake::RuleTable& settings, group::DrgCatalogue& catalogue) {
    for (intake::RuleTable& table : settings.tables("condition")) {
        const bool is_mdc = table.has("mdc");
        const std::string name = table.string(is_mdc ? "mdc" : "adrg");
        const group::DrgCondition condition = read_condition(table);
        table.refuse_unknown_keys();
        bool is_found = false;
        for (group::DrgMdc& mdc : catalogue.mdcs) {
            if (is_mdc && std::string_view(&mdc.letter, 1) == name) {
                mdc.conditions.push_back(condition);
                is_found = true;
            }
        }
        for (group::DrgAdrg& adrg : catalogue.adrgs) {
            if (!is_mdc && adrg.code == name) {
                adrg.conditions.push_back(condition);
                is_found = true;
            }
        }
        if (!is_found && !name.empty()) {
            table.report(FindingCode::catalogue_rule_missing, is_mdc ? "mdc" : "adrg", {name});
        }
    }
}

void read_order(intake::RuleTable& settings, group::DrgCatalogue& catalogue) {
    for (const std::string& letter : settings.strings("mdc_order")) {
        bool is_found = false;
        for (std::uint32_t i = 0; i < catalogue.mdcs.size(); ++i) {
            if (std::string_view(&catalogue.mdcs[i].letter, 1) == letter) {
                catalogue.order.push_back(i);
                is_found = true;
            }
        }
        if (!is_found) {
            settings.report(FindingCode::catalogue_rule_missing, "mdc_order", {"MDC" + letter});
        }
    }
}

void read_drgs(const CatalogueFiles& files, group::DrgCatalogue& catalogue) {
    if (!files.has("drgs")) {
        return;
    }
    std::map<std::string_view, group::DrgAdrg*> adrgs;
    for (group::DrgAdrg& adrg : catalogue.adrgs) {
        adrgs.emplace(adrg.code, &adrg);
    }
    intake::FindingList& findings = files.findings("drgs");
    read_lines(files.path("drgs"), findings, [&](std::string_view line, std::int64_t row) {
        if (line.empty()) {
            return;
        }
        const std::string_view code = line.substr(0, line.find(' '));
        if (code.size() != 4 || code[3] < '0' || code[3] > '9') {
            findings.add(FindingCode::catalogue_line_unknown, {.row = row, .column = {}},
                         {text::shown(line)});
            return;
        }
        const auto adrg = adrgs.find(code.substr(0, 3));
        if (adrg == adrgs.end()) {
            findings.add(FindingCode::catalogue_rule_missing, {.row = row, .column = {}},
                         {std::string(code.substr(0, 3))});
            return;
        }
        const std::size_t blank = std::min(code.size() + 1, line.size());
        adrg->second->drg_of_digit[static_cast<std::size_t>(code[3] - '0')] =
            static_cast<std::uint32_t>(catalogue.drgs.size());
        catalogue.drgs.push_back(
            {.code = std::string(code), .name = std::string(line.substr(blank))});
    });
}

/// An ADRG without terms has its conditions as its rule.
void judge_empty_rules(const CatalogueFiles& files, const group::DrgCatalogue& catalogue) {
    for (const group::DrgAdrg& adrg : catalogue.adrgs) {
        const bool is_empty = adrg.alternatives.size() == 1 && adrg.alternatives.front().empty();
        if (is_empty && adrg.conditions.empty()) {
            files.findings("rules").add(FindingCode::catalogue_rule_missing, {}, {adrg.code},
                                        Severity::warn);
        }
    }
}

}  // namespace

group::DrgCatalogue read_drg_catalogue(intake::RuleTable& settings, const CatalogueFiles& files,
                                       const group::RecordChecks& checks) {
    group::DrgCatalogue catalogue;
    catalogue.any_main_procedure = settings.word("main_procedure", kMainProcedures) == 1;
    if (files.has("rules")) {
        read_drg_rules(files.path("rules"), checks, files.findings("rules"), catalogue);
    }
    read_conditions(settings, catalogue);
    read_order(settings, catalogue);
    read_drgs(files, catalogue);
    judge_empty_rules(files, catalogue);
    catalogue.cc = read_numbers(files, "cc");
    catalogue.mcc = read_numbers(files, "mcc");
    catalogue.exclusions = read_numbers(files, "exclusions");
    catalogue.valid_procedures = read_codes(files, "valid_procedures");
    return catalogue;
}

}  // namespace yuanliu::catalogue
