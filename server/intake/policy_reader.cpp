// Why this file: see policy_reader.hpp. Bands are spread over the tiers here, so that the engine
// meets one plain list of bands a tier.
#include "server/intake/policy_reader.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "server/intake/toml_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::intake {
namespace {

namespace pay = costing::pay;
using pay::Exact;

constexpr std::int64_t kPolicyUnit = 1'000'000'000;
constexpr std::int64_t kPolicyMost = Exact::kBound * kPolicyUnit;
constexpr DecimalSpec kAnyDecimal{
    .scale = Exact::kDecimals, .low = -kPolicyMost, .high = kPolicyMost};
constexpr DecimalSpec kFromZero{.scale = Exact::kDecimals, .low = 0, .high = kPolicyMost};
constexpr DecimalSpec kAboveZero{.scale = Exact::kDecimals, .low = 1, .high = kPolicyMost};
constexpr DecimalSpec kZeroToOne{.scale = Exact::kDecimals, .low = 0, .high = kPolicyUnit};
constexpr std::int64_t kMostDays = 100'000;
constexpr std::int64_t kMostHeads = 2'000'000'000;

constexpr std::array<std::string_view, 2> kFormulas{"linear", "charge"};
constexpr std::array<std::string_view, 1> kZeroScore{"charge"};
constexpr std::array<std::string_view, 2> kBrackets{"parts", "whole"};
constexpr std::array<std::string_view, 4> kClassKinds{"points", "weight", "fixed", "bed_day"};

std::optional<Exact> exact_if_any(RuleTable& table, std::string_view key, const DecimalSpec& spec) {
    const auto raw = table.decimal_if_any(key, spec);
    return raw ? std::optional(Exact::of(*raw, kPolicyUnit)) : std::nullopt;
}

void require(RuleTable& table, std::string_view key) {
    if (!table.has(key)) {
        table.report(FindingCode::rule_key_missing, key, {table.path_of(key)});
    }
}

/// A decimal for all tiers, or one for each.
class TierValues {
  public:
    TierValues(RuleTable& table, std::size_t tiers) : table_(&table), tiers_(tiers) {}

    /// Nothing when absent or faulty.
    std::vector<Exact> read(std::string_view key, const DecimalSpec& spec) {
        const auto raw = table_->decimals_if_any(key, spec);
        if (!raw) {
            return {};
        }
        if (raw->size() != 1 && raw->size() != tiers_) {
            table_->report(FindingCode::rule_malformed, key,
                           {"tier_count", std::to_string(raw->size()), std::to_string(tiers_)});
            return {};
        }
        std::vector<Exact> out;
        for (std::size_t i = 0; i < tiers_; ++i) {
            out.push_back(Exact::of(raw->size() == 1 ? raw->front() : (*raw)[i], kPolicyUnit));
        }
        return out;
    }

  private:
    RuleTable* table_;
    std::size_t tiers_;
};

/// The formula of a band or exception, by tier.
std::vector<pay::PayFormula> read_formula(RuleTable& table, std::size_t tiers) {
    std::vector<pay::PayFormula> out(tiers);
    TierValues values(table, tiers);
    const bool is_charge = table.word("formula", kFormulas).value_or(0) == 1;
    const auto put = [&](std::string_view key, const DecimalSpec& spec, auto&& set) {
        const std::vector<Exact> read = values.read(key, spec);
        for (std::size_t i = 0; i < read.size(); ++i) {
            set(out[i], read[i]);
        }
    };
    put("cap", kFromZero, [](pay::PayFormula& one, const Exact& value) { one.cap = value; });
    if (is_charge) {
        put("share", kFromZero,
            [](pay::PayFormula& one, const Exact& value) { one.share = value; });
    } else {
        put("p", kAnyDecimal, [](pay::PayFormula& one, const Exact& value) { one.p = value; });
        put("q", kAnyDecimal, [](pay::PayFormula& one, const Exact& value) { one.q = value; });
        put("r", kAnyDecimal, [](pay::PayFormula& one, const Exact& value) { one.r = value; });
    }
    // With a charge formula `times_h` would say something else than what happens: it is unknown.
    const bool times_h = !is_charge && table.boolean_if_any("times_h").value_or(false);
    for (pay::PayFormula& one : out) {
        one.is_charge = is_charge;
        one.times_h = times_h;
    }
    return out;
}

/// Ends of a list in which each must lie above the one before and the last has none.
class EndCheck {
  public:
    explicit EndCheck(std::size_t size) : size_(size) {}
    void take(RuleTable& table, std::size_t at, const std::optional<Exact>& to) {
        const bool is_last = at + 1 == size_;
        if (table.has("to") && !to) {
            return;  // its fault is reported already
        }
        if (is_last == to.has_value()) {
            table.report(FindingCode::policy_ends_broken, "to",
                         {is_last ? "last_has_end" : "end_missing", to ? to->text() : "", ""});
        } else if (to && to->against(before_) <= 0) {
            table.report(FindingCode::policy_ends_broken, "to",
                         {"not_above", to->text(), before_.text()});
        }
        before_ = to.value_or(before_);
    }

  private:
    std::size_t size_;
    Exact before_;
};

pay::PayBands read_bands(std::vector<RuleTable> tables, std::size_t tiers) {
    pay::PayBands bands;
    if (tables.empty()) {
        return bands;
    }
    bands.by_tier.resize(tiers);
    std::vector<EndCheck> checks(tiers, EndCheck(tables.size()));
    for (std::size_t at = 0; at < tables.size(); ++at) {
        RuleTable& table = tables[at];
        const std::string name = table.has("name") ? table.string("name") : std::string();
        const std::vector<Exact> ends = TierValues(table, tiers).read("to", kFromZero);
        const bool inclusive = table.boolean_if_any("to_inclusive").value_or(false);
        const bool review = table.boolean_if_any("review").value_or(false);
        const auto formulas = read_formula(table, tiers);
        for (std::size_t tier = 0; tier < tiers; ++tier) {
            const auto to = ends.empty() ? std::nullopt : std::optional(ends[tier]);
            checks[tier].take(table, at, to);
            bands.by_tier[tier].push_back({.name = name,
                                           .to = to,
                                           .to_inclusive = inclusive,
                                           .formula = formulas[tier],
                                           .review = review});
        }
        table.refuse_unknown_keys();
    }
    return bands;
}

std::vector<pay::BedDayStage> read_bed_days(std::vector<RuleTable> tables) {
    std::vector<pay::BedDayStage> stages;
    EndCheck check(tables.size());
    for (std::size_t at = 0; at < tables.size(); ++at) {
        pay::BedDayStage stage;
        stage.to = tables[at].integer_if_any("to", 1, kMostDays);
        check.take(tables[at], at, stage.to ? std::optional(Exact(*stage.to)) : std::nullopt);
        require(tables[at], "amount");
        stage.amount = exact_if_any(tables[at], "amount", kFromZero).value_or(Exact());
        tables[at].refuse_unknown_keys();
        stages.push_back(stage);
    }
    return stages;
}

std::vector<pay::SharedPart> read_parts(std::vector<RuleTable> tables, std::string_view key) {
    std::vector<pay::SharedPart> parts;
    EndCheck check(tables.size());
    for (std::size_t at = 0; at < tables.size(); ++at) {
        pay::SharedPart part;
        part.to = exact_if_any(tables[at], "to", kFromZero);
        check.take(tables[at], at, part.to);
        require(tables[at], key);
        part.share = exact_if_any(tables[at], key, kZeroToOne).value_or(Exact());
        tables[at].refuse_unknown_keys();
        parts.push_back(part);
    }
    return parts;
}

pay::PayException read_exception(RuleTable& table) {
    pay::PayException one;
    one.name = table.string("name");
    one.days_from = table.integer_if_any("days_from", 0, kMostDays);
    one.days_to = table.integer_if_any("days_to", 0, kMostDays);
    one.leave = table.strings_if_any("leave").value_or(std::vector<std::string>());
    one.ratio_above = exact_if_any(table, "ratio_above", kFromZero);
    one.ratio_to = exact_if_any(table, "ratio_to", kFromZero);
    one.formula = read_formula(table, 1).front();
    if (!table.has("days_from") && !table.has("days_to") && !table.has("leave") &&
        !table.has("ratio_above") && !table.has("ratio_to")) {
        table.report(FindingCode::rule_malformed, "name", {"exception_without_condition", ""});
    }
    table.refuse_unknown_keys();
    return one;
}

/// Names of coefficients, each once.
std::vector<pay::Coefficient> read_coefficients(RuleTable& table, std::string_view key) {
    std::vector<pay::Coefficient> out;
    for (const std::string& name :
         table.strings_if_any(key, true).value_or(std::vector<std::string>())) {
        const auto one = parse_word<pay::Coefficient>(name);
        if (!one) {
            table.report(FindingCode::word_unknown, key,
                         {text::shown(name), "hospital, level, group, auxiliary"});
        } else if (std::find(out.begin(), out.end(), *one) != out.end()) {
            table.report(FindingCode::duplicate_key, key,
                         {name, std::to_string(table.line_of(key))});
        } else {
            out.push_back(*one);
        }
    }
    return out;
}

pay::GroupClass read_class(RuleTable& table, std::size_t tiers) {
    pay::GroupClass one;
    one.name = table.string("name");
    one.groups = table.strings_if_any("groups").value_or(std::vector<std::string>());
    std::sort(one.groups.begin(), one.groups.end());
    if (const auto kind = table.word_if_any("kind", kClassKinds)) {
        one.kind = static_cast<pay::PayKind>(*kind);
    }
    for (const pay::Coefficient left_out : read_coefficients(table, "without")) {
        one.without[static_cast<std::size_t>(left_out)] = true;
    }
    one.charge_share = exact_if_any(table, "charge_share", kFromZero);
    one.factor = exact_if_any(table, "factor", kAboveZero).value_or(Exact(1));
    one.value = exact_if_any(table, "value", kFromZero);
    one.amount = exact_if_any(table, "amount", kFromZero);
    one.plain = table.boolean_if_any("plain").value_or(false);
    one.bands = read_bands(table.tables("band"), tiers);
    one.bed_days = read_bed_days(table.tables("bed_day"));
    if (one.charge_share && (one.kind || one.amount || one.plain || table.has("band"))) {
        table.report(FindingCode::rule_malformed, "charge_share", {"charge_share_alone", ""});
    }
    if (one.plain && table.has("band")) {
        table.report(FindingCode::rule_malformed, "plain", {"plain_with_bands", ""});
    }
    table.refuse_unknown_keys();
    return one;
}

void read_classes(RuleTable& root, pay::Policy& policy, std::size_t tiers) {
    std::map<std::string, std::int64_t> seen;
    std::map<std::string, std::int64_t> seen_groups;
    for (RuleTable& table : root.tables("class")) {
        policy.classes.push_back(read_class(table, tiers));
        for (const std::string& group : policy.classes.back().groups) {
            const auto [first, is_new] = seen_groups.emplace(group, table.line_of("groups"));
            if (!is_new) {
                table.report(FindingCode::duplicate_key, "groups",
                             {text::shown(group), std::to_string(first->second)});
            }
        }
        const std::string& name = policy.classes.back().name;
        const auto [first, is_new] = seen.emplace(name, table.line_of("name"));
        if (!is_new && !name.empty()) {
            table.report(FindingCode::duplicate_key, "name",
                         {text::shown(name), std::to_string(first->second)});
        }
    }
}

/// How many tiers there are; 1 without any.
std::size_t read_tiers(RuleTable& root, pay::Policy& policy) {
    if (!root.has("tiers")) {
        return 1;
    }
    auto tiers = root.table("tiers");
    if (!tiers) {
        return 1;
    }
    policy.tier_by =
        static_cast<pay::TierBy>(tiers->word("by", WordsOf<pay::TierBy>::kWords).value_or(0));
    require(*tiers, "to");
    const auto ends = tiers->decimals_if_any("to", kFromZero).value_or(std::vector<std::int64_t>());
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (i > 0 && ends[i] <= ends[i - 1]) {
            tiers->report(FindingCode::policy_ends_broken, "to",
                          {"not_above", Exact::of(ends[i], kPolicyUnit).text(),
                           Exact::of(ends[i - 1], kPolicyUnit).text()});
        }
        policy.tier_ends.push_back(Exact::of(ends[i], kPolicyUnit));
    }
    policy.tier_inclusive = tiers->boolean_if_any("inclusive").value_or(true);
    tiers->refuse_unknown_keys();
    return policy.tier_ends.size() + 1;
}

void read_settlement(RuleTable& root, pay::SettlementTerms& terms) {
    if (auto table = root.has("settlement") ? root.table("settlement") : std::nullopt) {
        const DecimalSpec above_zero{.scale = Exact::kDecimals, .low = 1, .high = kPolicyUnit};
        const auto prepay = table->decimal_if_any("prepay_share", kZeroToOne).value_or(kPolicyUnit);
        const auto deposit = table->decimal_if_any("deposit_share", kZeroToOne).value_or(0);
        if (prepay + deposit > kPolicyUnit) {
            table->report(FindingCode::number_out_of_range, "deposit_share",
                          {Exact::of(deposit, kPolicyUnit).text(), "0",
                           Exact::of(kPolicyUnit - prepay, kPolicyUnit).text()});
        }
        terms.fund_share = exact_if_any(*table, "fund_share", above_zero).value_or(Exact(1));
        terms.prepay_share = Exact::of(prepay, kPolicyUnit);
        terms.deposit_share = Exact::of(deposit, kPolicyUnit);
        terms.appraisal = exact_if_any(*table, "appraisal", kFromZero).value_or(Exact(1));
        terms.whole = table->word_if_any("brackets", kBrackets).value_or(0) == 1;
        table->refuse_unknown_keys();
    }
    terms.surplus = read_parts(root.tables("surplus"), "keep");
    terms.overrun = read_parts(root.tables("overrun"), "bear");
}

void read_caps(RuleTable& root, pay::Policy& policy) {
    if (auto table = root.has("cap") ? root.table("cap") : std::nullopt) {
        policy.cap_times_standard = exact_if_any(*table, "times_standard", kFromZero);
        policy.cap_times_charge = exact_if_any(*table, "times_charge", kFromZero);
        table->refuse_unknown_keys();
    }
}

void read_defaults(RuleTable& root, pay::Policy& policy) {
    if (auto table = root.has("coefficient") ? root.table("coefficient") : std::nullopt) {
        for (const auto which :
             {pay::Coefficient::hospital, pay::Coefficient::level, pay::Coefficient::group}) {
            const auto at = static_cast<std::size_t>(which);
            policy.defaults[at] = exact_if_any(*table, word_of(which), kAboveZero);
            if (policy.defaults[at] &&
                std::find(policy.coefficients.begin(), policy.coefficients.end(), which) ==
                    policy.coefficients.end()) {
                table->report(FindingCode::rule_malformed, word_of(which),
                              {"coefficient_unused", std::string(word_of(which))});
            }
        }
        table->refuse_unknown_keys();
    }
}

bool looks_at_ratio(const pay::Policy& policy) {
    const auto has_ratio = [](const pay::PayBands& bands) {
        return std::any_of(bands.by_tier.begin(), bands.by_tier.end(), [](const auto& list) {
            return list.size() > 1 || list.front().formula.p.sign() != 0;
        });
    };
    return has_ratio(policy.bands) ||
           std::any_of(policy.classes.begin(), policy.classes.end(),
                       [&](const pay::GroupClass& one) { return has_ratio(one.bands); }) ||
           std::any_of(policy.exceptions.begin(), policy.exceptions.end(),
                       [](const pay::PayException& one) {
                           return one.ratio_above || one.ratio_to || one.formula.p.sign() != 0;
                       });
}

/// What the kind needs, and no rule that the kind never looks at.
void check_kind(RuleTable& root, const pay::Policy& policy) {
    switch (policy.kind) {
        case pay::PayKind::item:
            require(root, "charge_share");
            break;
        case pay::PayKind::head:
            require(root, "amount_per_head");
            require(root, "heads");
            break;
        case pay::PayKind::global_budget:
            require(root, "budget");
            break;
        default:
            break;
    }
    if (!root.has("ratio_to") && looks_at_ratio(policy)) {
        root.report(FindingCode::rule_key_missing, "ratio_to", {"ratio_to"});
    }
    if (policy.ratio_to == pay::RatioBase::mean) {
        require(root, "mean_charge");
    }
    const bool by_score = policy.kind == pay::PayKind::points ||
                          policy.kind == pay::PayKind::weight || policy.kind == pay::PayKind::fixed;
    if (!by_score && root.has("band")) {
        root.report(FindingCode::rule_malformed, "band",
                    {"bands_without_score", std::string(word_of(policy.kind))});
    }
}

void read_kind_keys(RuleTable& root, pay::Policy& policy) {
    policy.value = exact_if_any(root, "value", kFromZero);
    policy.ratio_to = static_cast<pay::RatioBase>(
        root.word_if_any("ratio_to", WordsOf<pay::RatioBase>::kWords).value_or(0));
    policy.mean_charge = exact_if_any(root, "mean_charge", kAboveZero);
    policy.points_per_weight =
        exact_if_any(root, "points_per_weight", kAboveZero).value_or(Exact(1));
    policy.auxiliary = static_cast<pay::AuxiliaryRule>(
        root.word_if_any("auxiliary", WordsOf<pay::AuxiliaryRule>::kWords).value_or(0));
    policy.zero_score_pays_charge = root.word_if_any("zero_score", kZeroScore).has_value();
    if (policy.kind == pay::PayKind::item) {
        policy.charge_share = exact_if_any(root, "charge_share", kFromZero);
    } else if (policy.kind == pay::PayKind::head) {
        policy.budget = exact_if_any(root, "amount_per_head", kFromZero);
        policy.heads = root.integer_if_any("heads", 0, kMostHeads);
    } else if (policy.kind == pay::PayKind::global_budget) {
        policy.budget = exact_if_any(root, "budget", kFromZero);
    }
}

}  // namespace

pay::Policy read_policy_keys(RuleTable& root) {
    pay::Policy policy;
    const std::string schema = root.string("schema");
    if (!schema.empty() && schema != "yuanliu.policy/1") {
        root.report(FindingCode::rule_malformed, "schema", {"schema_unknown", text::shown(schema)});
    }
    policy.id = root.string("id");
    for (const auto& [key, label] :
         {std::pair{"region", &policy.region}, std::pair{"year", &policy.year},
          std::pair{"insurance", &policy.insurance}, std::pair{"source", &policy.source}}) {
        *label = root.has(key) ? root.string(key) : std::string();
    }
    policy.kind =
        static_cast<pay::PayKind>(root.word("kind", WordsOf<pay::PayKind>::kWords).value_or(0));
    read_kind_keys(root, policy);
    policy.coefficients = read_coefficients(root, "coefficients");
    read_defaults(root, policy);
    const std::size_t tiers = read_tiers(root, policy);
    policy.bands = read_bands(root.tables("band"), tiers);
    for (RuleTable& table : root.tables("exception")) {
        policy.exceptions.push_back(read_exception(table));
    }
    read_classes(root, policy, tiers);
    policy.bed_days = read_bed_days(root.tables("bed_day"));
    read_caps(root, policy);
    read_settlement(root, policy.settlement);
    check_kind(root, policy);
    root.refuse_unknown_keys();
    return policy;
}

LoadedPolicy read_policy(const std::filesystem::path& file) {
    LoadedPolicy loaded;
    FindingBook book(200);
    FindingList& findings = book.of(file.filename().string());
    read_toml_file(file, findings, [&](const toml::table& document) {
        RuleTable root(document, "", findings);
        loaded.policy = read_policy_keys(root);
    });
    loaded.findings = book.take();
    return loaded;
}

}  // namespace yuanliu::intake
