// Reads policy.toml and policy_NAME.toml (docs/payment.md §1).
#include "policies.hpp"
#include "section.hpp"

namespace yuanliu_verify {

namespace {

std::optional<Fraction> decimal_if_any(const Section& section, std::string_view key) {
    return section.has(key) ? std::optional(fraction_of(section.text(key), "a policy's decimal"))
                            : std::nullopt;
}

TierValues tier_values(const Section& section, std::string_view key, TierValues usual) {
    if (!section.has(key)) {
        return usual;
    }
    TierValues values;
    for (const std::string& text : section.text_or_texts(key)) {
        values.push_back(fraction_of(text, "a policy's decimal"));
    }
    return values;
}

void take_formula(const Section& section, PolicyRule& rule) {
    rule.name = section.text_or("name", "");
    rule.by_charge = section.choice("formula", "charge", "linear");
    rule.share = tier_values(section, "share", rule.share);
    rule.p = tier_values(section, "p", rule.p);
    rule.q = tier_values(section, "q", rule.q);
    rule.r = tier_values(section, "r", rule.r);
    rule.cap = tier_values(section, "cap", {});
    rule.times_h = section.has("times_h") && section.boolean("times_h");
}

std::vector<PolicyRule> bands_of(const Section& file) {
    std::vector<PolicyRule> bands;
    for (const Section& section : file.sections("band")) {
        section.allow_only({"name", "to", "to_inclusive", "formula", "share", "p", "q", "r", "cap",
                            "times_h", "review"});
        PolicyRule band;
        take_formula(section, band);
        band.to = tier_values(section, "to", {});
        band.to_inclusive = section.has("to_inclusive") && section.boolean("to_inclusive");
        band.review = section.has("review") && section.boolean("review");
        bands.push_back(std::move(band));
    }
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (bands[i].to.empty() != (i + 1 == bands.size())) {
            throw Refusal("rules: the bands of a policy leave a gap or overlap");
        }
    }
    return bands;
}

std::vector<DayPrice> prices_of(const Section& file) {
    std::vector<DayPrice> prices;
    for (const Section& section : file.sections("bed_day")) {
        section.allow_only({"to", "amount"});
        DayPrice price;
        if (section.has("to")) {
            price.to = section.whole("to");
        }
        price.amount = fraction_of(section.text("amount"), "an amount a day");
        prices.push_back(price);
    }
    return prices;
}

PolicyClass class_of(const Section& section) {
    section.allow_only({"name", "groups", "kind", "without", "factor", "value", "amount",
                        "charge_share", "plain", "band", "bed_day"});
    PolicyClass one;
    one.groups = section.texts_or("groups", {});
    one.kind = section.text_or("kind", "");
    one.without = section.texts_or("without", {});
    one.charge_share = decimal_if_any(section, "charge_share");
    one.value = decimal_if_any(section, "value");
    one.amount = decimal_if_any(section, "amount");
    one.factor = decimal_if_any(section, "factor").value_or(Fraction(1));
    one.plain = section.has("plain") && section.boolean("plain");
    one.bands = bands_of(section);
    one.days = prices_of(section);
    return one;
}

std::vector<PolicyRule> exceptions_of(const Section& file) {
    std::vector<PolicyRule> exceptions;
    for (const Section& section : file.sections("exception")) {
        section.allow_only({"name", "days_from", "days_to", "leave", "ratio_above", "ratio_to",
                            "formula", "share", "p", "q", "r", "cap", "times_h"});
        PolicyRule one;
        take_formula(section, one);
        if (section.has("days_from")) {
            one.days_from = section.whole("days_from");
        }
        if (section.has("days_to")) {
            one.days_to = section.whole("days_to");
        }
        one.leave = section.texts_or("leave", {});
        one.ratio_above = decimal_if_any(section, "ratio_above");
        one.ratio_to = decimal_if_any(section, "ratio_to");
        exceptions.push_back(std::move(one));
    }
    return exceptions;
}

void take_kind(const Section& file, PolicyFile& policy) {
    policy.kind = file.text("kind");
    policy.value = decimal_if_any(file, "value");
    policy.mean_charge = decimal_if_any(file, "mean_charge");
    policy.charge_share = decimal_if_any(file, "charge_share");
    policy.ratio_to = file.text_or("ratio_to", "reference");
    policy.points_per_weight = decimal_if_any(file, "points_per_weight").value_or(Fraction(1));
    policy.zero_pays_charge = file.has("zero_score");
    if (policy.kind == "head") {
        policy.heads = file.whole("heads");
        policy.budget = decimal_if_any(file, "amount_per_head");
    } else if (policy.kind == "global_budget") {
        policy.budget = decimal_if_any(file, "budget");
    }
}

void take_tiers(const Section& file, PolicyFile& policy) {
    if (!file.has("tiers")) {
        return;
    }
    const Section tiers = file.section("tiers");
    tiers.allow_only({"by", "to", "inclusive"});
    policy.tier_by = tiers.text("by");
    policy.tier_ends = tier_values(tiers, "to", {});
    policy.tier_inclusive = !tiers.has("inclusive") || tiers.boolean("inclusive");
}

}  // namespace

PolicyFile read_policy_file(const Section& file) {
    file.allow_only({"schema",
                     "id",
                     "region",
                     "year",
                     "insurance",
                     "source",
                     "kind",
                     "value",
                     "ratio_to",
                     "mean_charge",
                     "points_per_weight",
                     "coefficients",
                     "coefficient",
                     "auxiliary",
                     "zero_score",
                     "tiers",
                     "band",
                     "exception",
                     "class",
                     "bed_day",
                     "cap",
                     "charge_share",
                     "amount_per_head",
                     "heads",
                     "budget",
                     "settlement",
                     "surplus",
                     "overrun"});
    PolicyFile policy;
    policy.id = file.text("id");
    take_kind(file, policy);
    policy.coefficients = file.texts_or("coefficients", {});
    if (file.has("coefficient")) {
        const Section defaults = file.section("coefficient");
        defaults.allow_only({"hospital", "level", "group"});
        for (const std::string name : {"hospital", "level", "group"}) {
            if (const auto value = decimal_if_any(defaults, name)) {
                policy.defaults[name] = *value;
            }
        }
    }
    take_tiers(file, policy);
    policy.bands = bands_of(file);
    policy.exceptions = exceptions_of(file);
    for (const Section& section : file.sections("class")) {
        policy.classes.emplace(section.text("name"), class_of(section));
    }
    policy.days = prices_of(file);
    if (file.has("cap")) {
        const Section cap = file.section("cap");
        cap.allow_only({"times_standard", "times_charge"});
        policy.cap_standard = decimal_if_any(cap, "times_standard");
        policy.cap_charge = decimal_if_any(cap, "times_charge");
    }
    return policy;
}

}  // namespace yuanliu_verify
