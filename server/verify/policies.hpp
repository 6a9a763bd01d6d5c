// Payment policies of the rules (docs/payment.md), read and applied a second time, and what
// payment.toml says of payers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fractions.hpp"

namespace yuanliu_verify {

class Section;

// One value for all tiers, or one for each.
using TierValues = std::vector<Fraction>;

struct PolicyRule {
    std::string name;
    bool by_charge = false;
    TierValues share{Fraction(1)};
    TierValues p{Fraction(0)}, q{Fraction(0)}, r{Fraction(0)};
    TierValues cap;  // none = no cap
    TierValues to;   // none = the last band
    bool to_inclusive = false;
    bool times_h = false;
    bool review = false;
    // Conditions of an exception.
    std::optional<std::int64_t> days_from, days_to;
    std::vector<std::string> leave;  // none = any
    std::optional<Fraction> ratio_above, ratio_to;
};

struct DayPrice {
    std::optional<std::int64_t> to;
    Fraction amount;
};

struct PolicyClass {
    std::vector<std::string> groups;
    std::string kind;
    std::vector<std::string> without;
    std::optional<Fraction> charge_share, value, amount;
    Fraction factor = 1;
    bool plain = false;
    std::vector<PolicyRule> bands;
    std::vector<DayPrice> days;
};

struct PolicyFile {
    std::string id;
    std::string kind;
    std::optional<Fraction> value, mean_charge, charge_share, budget;
    std::int64_t heads = 0;
    std::string ratio_to;
    Fraction points_per_weight = 1;
    std::vector<std::string> coefficients;
    std::map<std::string, Fraction> defaults;
    bool zero_pays_charge = false;
    std::string tier_by;  // blank = one tier
    std::vector<Fraction> tier_ends;
    bool tier_inclusive = true;
    std::vector<PolicyRule> bands;
    std::vector<PolicyRule> exceptions;
    std::map<std::string, PolicyClass> classes;
    std::vector<DayPrice> days;
    std::optional<Fraction> cap_standard, cap_charge;

    bool by_score() const { return kind == "points" || kind == "weight" || kind == "fixed"; }
    bool splits() const { return kind == "head" || kind == "global_budget"; }
};

PolicyFile read_policy_file(const Section& file);

struct Payer {
    bool is_dip = false;
    std::int64_t point_value = 0;
    std::string policy;  // not blank: paid by it
};

// All decimals of rules are at scale 4.
struct Payment {
    std::int64_t hospital_coefficient = 0;
    std::int64_t ungrouped_ratio = 0;
    std::int64_t uncoded_ratio = 0;
    std::int64_t low_ratio = 0;
    std::int64_t high_ratio = 0;
    bool low_inclusive = false;
    bool high_inclusive = false;
    std::optional<std::int64_t> hospital_level;
    std::optional<std::int64_t> level_coefficient;
    std::map<std::string, Payer> payers;

    bool has_policy() const {
        return std::any_of(payers.begin(), payers.end(),
                           [](const auto& payer) { return !payer.second.policy.empty(); });
    }
};

// What a month knows of a case.
struct PolicyFacts {
    std::string name;  // for refusals
    std::string status;
    std::string group;
    std::int64_t score = 0;  // scale 4
    Fen reference = 0;
    Fen charge = 0;
    std::int64_t days = 0;
    std::int64_t hospital_coefficient = 0;  // of payment.toml, scale 4
    std::int64_t share_without_group = 0;   // of payment.toml for the status, scale 4
    std::int64_t point_value = 0;           // of the payer; 0 = the policy's
    std::optional<std::int64_t> hospital_level;
    std::optional<std::int64_t> level_coefficient;          // of payment.toml, scale 4
    std::optional<std::int64_t> level_coefficient_of_case;  // scale 4
    std::int64_t auxiliary = 10'000;                        // scale 4
    std::string leave_word;                                 // blank = not stated, as the number
    std::string leave_number;
    std::optional<Fen> special_amount;
    std::optional<std::int64_t> special_points;  // scale 4
};

struct PolicyAnswer {
    std::string policy;
    std::string basis;
    std::int64_t rule = 0;
    std::string rule_name;
    std::optional<Fraction> ratio;
    std::optional<Fraction> score;  // also of coefficient and value: a standard is known
    Fraction coefficient = 1;
    Fraction value;
    std::optional<Fraction> points;
    Fen payment = 0;
    bool capped = false;
    bool review = false;
};

// Throws Refusal when the policy does not say what the case is paid.
PolicyAnswer pay_by_policy(const PolicyFile& policy, const PolicyFacts& facts);

}  // namespace yuanliu_verify
