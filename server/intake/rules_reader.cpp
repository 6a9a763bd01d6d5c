// Why this file: the rules files, key by key, as docs/rules.md lists them; policies and catalogues
// have readers of their own.
#include "server/intake/rules_reader.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "server/intake/allocation_rules.hpp"
#include "server/intake/analysis_rules.hpp"
#include "server/intake/collection_rules.hpp"
#include "server/intake/grouping_rules.hpp"
#include "server/intake/policy_reader.hpp"
#include "server/intake/rule_selectors.hpp"
#include "server/intake/rule_table.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/sha256.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::intake {
namespace {

constexpr RateRange kNotNegative{.low = 0};
/// 1 and above.
constexpr RateRange kAtLeastOne{.low = 10'000};
constexpr std::int64_t kMostHospitalLevel = 9;
/// Above 0, at most 100: points stay inside 128 bits (costing/pay/points.cpp).
constexpr RateRange kCoefficient{.low = 1, .high = 1'000'000};
constexpr RateRange kShare{.low = 0, .high = 10'000};

constexpr std::array<std::string_view, 2> kBoundaries{"inclusive", "exclusive"};
constexpr std::array<std::string_view, 3> kMethods{"dip", "charges", "policy"};
constexpr std::array<std::string_view, 2> kEffects{"block", "scale"};

std::string read_head(RuleTable& root, std::string_view schema) {
    const std::string found = root.string("schema");
    if (!found.empty() && found != schema) {
        root.report(FindingCode::rule_malformed, "schema", {"schema_unknown", text::shown(found)});
    }
    return root.string("version");
}

void read_allocation(RuleTable& root, Rules& rules) {
    rules.allocation.version = read_head(root, "yuanliu.allocation/1");
    read_plan(root, rules.allocation);
}

MethodRule read_method(RuleTable& table) {
    MethodRule rule;
    rule.departments = table.strings("departments");
    check_classes(table, "departments", rule.departments);
    rule.method =
        static_cast<ItemMethod>(table.word("method", WordsOf<ItemMethod>::kWords).value_or(0));
    if (rule.method == ItemMethod::item_driver) {
        rule.item_driver = table.string("item_driver");
    }
    // With another method an item driver would say something else than what happens.
    table.refuse_unknown_keys();
    return rule;
}

ResourceRule read_resource(RuleTable& table) {
    ResourceRule rule;
    rule.departments = table.strings("departments");
    check_classes(table, "departments", rule.departments);
    rule.cost_categories = table.strings("cost_categories");
    check_words<CostCategory>(table, "cost_categories", rule.cost_categories);
    rule.cost_items = table.strings("cost_items");
    rule.resource_drivers = table.strings("resource_drivers");
    table.refuse_unknown_keys();
    return rule;
}

/// An amount of the rules: quoted, as every decimal, but with fen as its scale.
Money read_difference(RuleTable& table, std::string_view key) {
    const std::string text = table.string(key);
    const auto raw = parse_decimal(text, Money::kScale, kMaxTotalFen);
    if (!raw && !text.empty()) {
        table.report(FindingCode::number_malformed, key, {text::shown(text), "2"});
    }
    return Money::from_raw(raw.value_or(0));
}

AcceptedDifference read_accepted(RuleTable& table) {
    AcceptedDifference accepted;
    accepted.account = table.string("account");
    if (const auto fund = table.word_if_any("fund_source", WordsOf<FundSource>::kWords)) {
        accepted.fund = static_cast<FundSource>(*fund);
    }
    accepted.month = table.period_if_any("month").value_or(Period());
    if (!table.has("month")) {
        table.report(FindingCode::rule_key_missing, "month", {table.path_of("month")});
    }
    accepted.difference = read_difference(table, "difference");
    accepted.reason = table.string("reason");
    accepted.accepted_by = table.string("accepted_by");
    table.refuse_unknown_keys();
    return accepted;
}

void read_costing(RuleTable& root, Rules& rules) {
    rules.costing.version = read_head(root, "yuanliu.costing/1");
    if (const auto share = root.rate_if_any("max_parked_share", kShare)) {
        rules.costing.max_parked_share = *share;
    }
    for (RuleTable& method : root.tables("method")) {
        rules.costing.methods.push_back(read_method(method));
    }
    for (RuleTable& resource : root.tables("resource")) {
        rules.costing.resources.push_back(read_resource(resource));
    }
    for (RuleTable& accepted : root.tables("accepted_difference")) {
        rules.costing.accepted_differences.push_back(read_accepted(accepted));
    }
}

/// Of entries that are looked up by name each name may stand once.
class OncePerName {
  public:
    void check(RuleTable& table, std::string_view key, const std::string& name) {
        const auto [first, is_new] = seen_.emplace(name, table.line_of(key));
        if (!is_new && !name.empty()) {
            table.report(FindingCode::duplicate_key, key,
                         {text::shown(name), std::to_string(first->second)});
        }
    }

  private:
    std::map<std::string, std::int64_t> seen_;
};

PayerRule read_payer(RuleTable& table, OncePerName& once) {
    PayerRule rule;
    rule.payer = table.string("payer");
    once.check(table, "payer", rule.payer);
    rule.line = table.line_of("payer");
    rule.method = static_cast<PayerMethod>(table.word("method", kMethods).value_or(1));
    rule.point_value = rule.method == PayerMethod::dip
                           ? table.rate("point_value", kNotNegative)
                           : table.rate_if_any("point_value", kNotNegative).value_or(Rate());
    if (rule.method == PayerMethod::policy) {
        rule.policy = table.string("policy");
    }
    table.refuse_unknown_keys();
    return rule;
}

void read_payment(RuleTable& root, Rules& rules) {
    PaymentPolicy policy;
    policy.version = read_head(root, "yuanliu.payment/1");
    policy.hospital_coefficient = root.rate("hospital_coefficient", kCoefficient);
    policy.ungrouped_ratio = root.rate("ungrouped_ratio", kNotNegative);
    policy.uncoded_ratio = root.rate("uncoded_ratio", kNotNegative);
    if (auto deviation = root.table("deviation")) {
        policy.deviation.low_ratio = deviation->rate("low_ratio", kNotNegative);
        policy.deviation.low_inclusive =
            deviation->word("low_boundary", kBoundaries).value_or(0) == 0;
        policy.deviation.high_ratio = deviation->rate("high_ratio", kAtLeastOne);
        if (policy.deviation.high_ratio < policy.deviation.low_ratio) {
            deviation->report(FindingCode::number_out_of_range, "high_ratio",
                              {policy.deviation.high_ratio.trimmed(),
                               policy.deviation.low_ratio.trimmed(), "1000000"});
        }
        policy.deviation.high_inclusive =
            deviation->word("high_boundary", kBoundaries).value_or(0) == 0;
        deviation->refuse_unknown_keys();
    }
    policy.level_coefficient = root.rate_if_any("level_coefficient", kCoefficient);
    policy.hospital_level = root.integer_if_any("hospital_level", 1, kMostHospitalLevel);
    OncePerName once;
    for (RuleTable& payer : root.tables("payer")) {
        policy.payers.push_back(read_payer(payer, once));
    }
    rules.payment = std::move(policy);
}

IndicatorRule read_indicator(RuleTable& table, OncePerName& once) {
    IndicatorRule rule;
    rule.indicator = table.string("indicator");
    once.check(table, "indicator", rule.indicator);
    rule.weight = table.rate("weight", kNotNegative);
    rule.zero_at = table.rate("zero_at");
    rule.full_at = table.rate("full_at");
    if (table.has("zero_at") && table.has("full_at") && rule.zero_at == rule.full_at) {
        table.report(FindingCode::rule_malformed, "full_at",
                     {"full_at_equals_zero_at", rule.full_at.trimmed()});
    }
    table.refuse_unknown_keys();
    return rule;
}

GateRule read_gate(RuleTable& table, OncePerName& once) {
    GateRule rule;
    rule.gate = table.string("gate");
    once.check(table, "gate", rule.gate);
    rule.indicator = table.string("indicator");
    const auto at_least = table.rate_if_any("at_least");
    const auto at_most = table.rate_if_any("at_most");
    rule.is_minimum = table.has("at_least");
    rule.threshold = (rule.is_minimum ? at_least : at_most).value_or(Rate());
    if (table.has("at_least") && table.has("at_most")) {
        table.report(FindingCode::rule_malformed, "at_most", {"at_least_and_at_most", ""});
    } else if (!table.has("at_least") && !table.has("at_most")) {
        table.report(FindingCode::rule_key_missing, "at_least", {table.path_of("at_least")});
    }
    const auto effect = table.word("effect", kEffects);
    if (effect == std::size_t{1}) {
        rule.factor = table.rate("factor", kShare);
    }
    // With `block` a factor would say something else than what happens: it is an unknown key then.
    table.refuse_unknown_keys();
    return rule;
}

void read_bonus(RuleTable& root, Rules& rules) {
    BonusScheme scheme;
    scheme.version = read_head(root, "yuanliu.bonus/1");
    scheme.pool = root.string("pool");
    scheme.release_share = root.rate("release_share", kShare);
    OncePerName once_per_indicator;
    for (RuleTable& indicator : root.tables("indicator")) {
        scheme.indicators.push_back(read_indicator(indicator, once_per_indicator));
    }
    OncePerName once_per_gate;
    for (RuleTable& gate : root.tables("gate")) {
        scheme.gates.push_back(read_gate(gate, once_per_gate));
    }
    rules.bonus = std::move(scheme);
}

void read_collection(RuleTable& root, Rules& rules) {
    CollectionRules collection;
    collection.version = read_head(root, "yuanliu.collection/1");
    read_moves(root, collection);
    rules.collection = std::move(collection);
}

struct RulesFile {
    std::string_view file;
    bool required = false;
    void (*read)(RuleTable&, Rules&) = nullptr;
};

constexpr std::array<RulesFile, 6> kFiles{{{"allocation.toml", true, read_allocation},
                                           {"bonus.toml", false, read_bonus},
                                           {"collection.toml", false, read_collection},
                                           {"costing.toml", false, read_costing},
                                           {"grouping.toml", false, read_grouping},
                                           {"payment.toml", false, read_payment}}};

/// Policies are files of any number: policy.toml, policy_NAME.toml.
bool is_policy_file(std::string_view name) {
    if (name == "policy.toml") {
        return true;
    }
    constexpr std::string_view kHead = "policy_";
    constexpr std::string_view kTail = ".toml";
    if (!name.starts_with(kHead) || !name.ends_with(kTail) ||
        name.size() <= kHead.size() + kTail.size() || name.size() > 60) {
        return false;
    }
    name = name.substr(kHead.size(), name.size() - kHead.size() - kTail.size());
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

void parse_file(const RulesFile& spec, std::string_view bytes, LoadedRules& loaded,
                FindingList& findings, std::vector<std::string>& lines) {
    try {
        const toml::table document = toml::parse(bytes);
        flatten(document, "", spec.file, findings, lines);
        RuleTable root(document, "", findings);
        if (spec.read == nullptr) {
            loaded.policies.push_back(read_policy_keys(root));
        } else {
            spec.read(root, loaded.rules);
            root.refuse_unknown_keys();
        }
    } catch (const toml::parse_error& error) {
        findings.add(FindingCode::rule_malformed,
                     {.row = static_cast<std::int64_t>(error.source().begin.line), .column = {}},
                     {"not_toml", text::shown(error.description(), 300)});
    }
}

void read_file(const RulesFile& spec, const std::filesystem::path& dir, LoadedRules& loaded,
               FindingList& findings, std::vector<std::string>& lines) {
    const std::filesystem::path path = dir / spec.file;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        if (spec.required) {
            findings.add(FindingCode::rule_file_missing, {}, {std::string(spec.file)});
        }
        return;
    }
    std::string reason;
    const auto file = text::MappedFile::open(path, reason);
    if (!file) {
        findings.add(FindingCode::file_unreadable, {}, {reason});
        return;
    }
    // One copy is judged, hashed and kept, whatever becomes of the file.
    loaded.texts.push_back({.file = std::string(spec.file), .text = std::string(file->bytes())});
    const std::string_view bytes = text::without_byte_order_mark(loaded.texts.back().text);
    parse_file(spec, bytes, loaded, findings, lines);
}

/// The folder of a catalogue, or the first part of its path.
bool is_catalogue_folder(const Rules& rules, const std::string& name) {
    return rules.grouping &&
           std::any_of(rules.grouping->catalogues.begin(), rules.grouping->catalogues.end(),
                       [&](const CatalogueRule& rule) {
                           return rule.folder == name || rule.folder.starts_with(name + "/") ||
                                  rule.auxiliary == name || rule.auxiliary.starts_with(name + "/");
                       });
}

void report_unknown_files(const std::filesystem::path& dir, const Rules& rules, FindingBook& book) {
    std::error_code error;
    for (std::filesystem::directory_iterator it(dir, error), end; !error && it != end;
         it.increment(error)) {
        const std::string raw = it->path().filename().string();
        // analysis.toml is read by reports on profit; no result depends on it.
        const bool is_known = raw == kAnalysisFile || is_policy_file(raw) ||
                              std::any_of(kFiles.begin(), kFiles.end(),
                                          [&](const RulesFile& spec) { return spec.file == raw; });
        if (!is_known && !is_catalogue_folder(rules, raw)) {
            const std::string name = text::shown(raw, 400);
            book.of(name).add(FindingCode::unknown_file_ignored, {}, {name}, Severity::warn);
        }
    }
}

std::vector<std::string> policy_files(const std::filesystem::path& dir) {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator it(dir, error), end; !error && it != end;
         it.increment(error)) {
        std::string name = it->path().filename().string();
        if (is_policy_file(name)) {
            names.push_back(std::move(name));
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// Each id once, and each payer's policy there.
void check_policies(const LoadedRules& loaded, const std::vector<std::string>& files,
                    FindingBook& book) {
    std::map<std::string, std::string> file_of;
    for (std::size_t i = 0; i < loaded.policies.size() && i < files.size(); ++i) {
        const auto [first, is_new] = file_of.emplace(loaded.policies[i].id, files[i]);
        if (!is_new && !first->first.empty()) {
            book.of(files[i]).add(FindingCode::policy_id_twice, {.row = 0, .column = "id"},
                                  {first->first, first->second});
        }
    }
    if (!loaded.rules.payment) {
        return;
    }
    for (const PayerRule& payer : loaded.rules.payment->payers) {
        if (payer.method == PayerMethod::policy && !payer.policy.empty() &&
            !file_of.contains(payer.policy)) {
            std::string known;
            for (const auto& [id, ignored] : file_of) {
                known += (known.empty() ? "" : ", ") + id;
            }
            book.of("payment.toml")
                .add(FindingCode::policy_unknown, {.row = 0, .column = "payer.policy"},
                     {text::shown(payer.payer), text::shown(payer.policy), known});
        }
    }
}

}  // namespace

LoadedRules read_rules(const std::filesystem::path& rules_dir) {
    LoadedRules loaded;
    FindingBook book(200);
    std::vector<std::string> lines;
    for (const RulesFile& spec : kFiles) {
        read_file(spec, rules_dir, loaded, book.of(spec.file), lines);
    }
    std::vector<std::string> policies = policy_files(rules_dir);
    for (const std::string& name : policies) {
        const std::size_t before = loaded.policies.size();
        read_file({.file = name}, rules_dir, loaded, book.of(name), lines);
        loaded.policies.resize(before + 1);  // also of a file that can't be read: by file
    }
    check_policies(loaded, policies, book);
    if (loaded.rules.grouping) {
        read_catalogue_files(rules_dir, *loaded.rules.grouping, book, loaded.texts, lines);
    }
    report_unknown_files(rules_dir, loaded.rules, book);
    std::sort(lines.begin(), lines.end());
    text::Sha256 sum;
    for (const std::string& line : lines) {
        sum.update(line + "\n");
    }
    loaded.rules_hash = sum.hex();
    loaded.findings = book.take();
    return loaded;
}

}  // namespace yuanliu::intake
