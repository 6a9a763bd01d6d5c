// Why this file: see analysis_rules.hpp. A table that is there is complete: a threshold that was
// forgotten must not silently be a default.
#include "server/intake/analysis_rules.hpp"

#include "server/intake/rule_table.hpp"
#include "server/intake/toml_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::intake {
namespace {

using costing::profit::AnalysisRules;
using costing::profit::Threshold;
using costing::profit::WeightBand;

constexpr std::string_view kMedian = "median";
constexpr RateRange kWeightRange{.low = 0, .high = 10'000'000};
constexpr RateRange kMarginRange{.low = -1'000'000, .high = 1'000'000};
constexpr std::int64_t kMostCases = 1'000'000;
constexpr std::int64_t kMostMonths = 60;

RelativeWeight weight_of(Rate rate) {
    return RelativeWeight::from_raw(rate.raw() * 1'000);
}

/// "median" or a decimal at scale 4.
Threshold read_threshold(RuleTable& table, std::string_view key, RateRange range) {
    const std::string text = table.string(key);
    if (text.empty() || text == kMedian) {
        return {};
    }
    const auto raw = parse_decimal(text, Rate::kScale, range.high);
    if (!raw) {
        table.report(FindingCode::rule_malformed, key, {"threshold_expected", text::shown(text)});
    } else if (*raw < range.low) {
        table.report(FindingCode::number_out_of_range, key,
                     {text, format_decimal_trimmed(range.low, Rate::kScale),
                      format_decimal_trimmed(range.high, Rate::kScale)});
    }
    return {.fixed = raw.value_or(0)};
}

std::int64_t read_count(RuleTable& table, std::string_view key, std::int64_t high) {
    const auto count = table.integer_if_any(key, 1, high);
    if (!table.has(key)) {
        table.report(FindingCode::rule_key_missing, key, {table.path_of(key)});
    }
    return count.value_or(1);
}

void read_bands(RuleTable& root, AnalysisRules& rules) {
    std::vector<RuleTable> tables = root.tables("weight_band");
    if (tables.empty()) {
        return;
    }
    rules.bands.clear();
    std::optional<RelativeWeight> before = RelativeWeight();
    for (std::size_t i = 0; i < tables.size(); ++i) {
        RuleTable& table = tables[i];
        const bool is_last = i + 1 == tables.size();
        WeightBand band{.from = weight_of(table.rate("from", kWeightRange))};
        if (!is_last || table.has("to")) {
            band.to = weight_of(table.rate("to", kWeightRange));
        }
        if (before && band.from != *before) {
            table.report(FindingCode::rule_malformed, "from",
                         {i == 0                ? "bands_begin_at_zero"
                          : band.from > *before ? "band_gap"
                                                : "band_overlap",
                          band.from.trimmed()});
        }
        if (is_last && band.to) {
            table.report(FindingCode::rule_malformed, "to", {"last_band_open", band.to->trimmed()});
        } else if (band.to && *band.to <= band.from) {
            table.report(FindingCode::rule_malformed, "to", {"band_empty", band.to->trimmed()});
        }
        before = band.to;
        table.refuse_unknown_keys();
        rules.bands.push_back(band);
    }
}

void read_quadrants(RuleTable& table, AnalysisRules& rules) {
    rules.quadrants.weight = read_threshold(table, "weight", kWeightRange);
    rules.quadrants.volume = read_threshold(table, "volume", {.low = 0});
    rules.quadrants.margin = read_threshold(table, "margin_rate", kMarginRange);
    table.refuse_unknown_keys();
}

void read_advice(RuleTable& table, AnalysisRules& rules) {
    auto& advice = rules.advice;
    advice.few_cases = read_count(table, "few_cases", kMostCases);
    advice.bring_in_margin = table.rate("bring_in_margin_rate", kMarginRange);
    advice.bring_in_weight = weight_of(table.rate("bring_in_weight", kWeightRange));
    advice.give_up_margin = table.rate("give_up_margin_rate", kMarginRange);
    advice.give_up_weight = weight_of(table.rate("give_up_weight", kWeightRange));
    advice.give_up_only_without_contribution =
        table.boolean_if_any("give_up_only_without_contribution").value_or(true);
    if (table.has("bring_in_margin_rate") && table.has("give_up_margin_rate") &&
        advice.give_up_margin >= advice.bring_in_margin) {
        table.report(FindingCode::rule_malformed, "give_up_margin_rate",
                     {"give_up_above_bring_in", advice.give_up_margin.trimmed()});
    }
    table.refuse_unknown_keys();
}

void read_root(RuleTable& root, AnalysisRules& rules) {
    const std::string schema = root.string("schema");
    if (!schema.empty() && schema != "yuanliu.analysis/1") {
        root.report(FindingCode::rule_malformed, "schema", {"schema_unknown", text::shown(schema)});
    }
    rules.version = root.string("version");
    read_bands(root, rules);
    if (root.has("quadrants")) {
        if (auto table = root.table("quadrants")) {
            read_quadrants(*table, rules);
        }
    }
    if (root.has("advice")) {
        if (auto table = root.table("advice")) {
            read_advice(*table, rules);
        }
    }
    if (root.has("insurer")) {
        if (auto table = root.table("insurer")) {
            rules.insurer.cases = read_count(*table, "cases", kMostCases);
            rules.insurer.over = table->rate("over", kMarginRange);
            table->refuse_unknown_keys();
        }
    }
    if (root.has("alert")) {
        if (auto table = root.table("alert")) {
            rules.alert_months = read_count(*table, "months", kMostMonths);
            table->refuse_unknown_keys();
        }
    }
    root.refuse_unknown_keys();
}

}  // namespace

LoadedAnalysis read_analysis(const std::filesystem::path& path) {
    LoadedAnalysis loaded{.rules = costing::profit::default_analysis_rules(), .findings = {}};
    FindingBook book(200);
    FindingList& findings = book.of(path.filename().string());
    read_toml_file(path, findings, [&](const toml::table& document) {
        RuleTable root(document, "", findings);
        read_root(root, loaded.rules);
    });
    loaded.findings = book.take();
    return loaded;
}

}  // namespace yuanliu::intake
