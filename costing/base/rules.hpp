// Why this file: what a city or a hospital may choose, as values (docs/rules.md). Engines read
// them; nothing of it is code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/collection_rules.hpp"
#include "costing/base/money.hpp"
#include "costing/base/period.hpp"
#include "costing/base/words.hpp"

namespace yuanliu {

/// Which drivers a pool goes by, and to whom; the first rule of a stage that matches is taken
/// (docs/allocation.md §1).
struct StageRule {
    std::vector<std::string> senders;          ///< "*", "class:NAME" or department codes
    std::vector<std::string> cost_categories;  ///< words of CostCategory or "*"
    std::vector<std::string>
        drivers;  ///< first with readings above zero; the rest are the fall-back chain
    std::vector<std::string> cost_items{"*"};    ///< codes or "*"
    std::vector<std::string> fund_sources{"*"};  ///< words of FundSource or "*"
    std::optional<Period> from{};                ///< first and last month it holds in
    std::optional<Period> until{};
    std::optional<std::vector<std::string>> receivers{};  ///< only these targets; else all
    std::vector<std::string> except_receivers{};          ///< and not these
};

struct Stage {
    Origin name{};                       ///< origin that passed-on cost takes; never direct
    std::vector<std::string> senders;    ///< "class:NAME" or department codes
    std::vector<std::string> receivers;  ///< the same
    bool before_items = true;
    std::vector<StageRule> rules;
    bool by_class = false;  ///< each sender's class in place of `name`
    StageMethod method = StageMethod::outward;
    std::optional<int> passes{};  ///< of iterative
    bool self_service = false;    ///< of reciprocal
};

/// A term of a driver that is made of others: factor times one reading or the product of two, or
/// factor times the share of one.
struct DriverTerm {
    Rate factor;
    std::vector<std::string> drivers;
    bool is_share = false;
};

struct MadeDriver {
    std::string driver;
    std::vector<DriverTerm> terms;
};

struct AllocationPlan {
    std::string version;
    std::vector<Stage> stages;
    std::vector<MadeDriver> made_drivers{};
    NegativeBalances negative_balances = NegativeBalances::send;
    PlanRounding rounding = PlanRounding::fen;
};

/// How departments divide their service pool; the first rule that matches a department is taken.
struct MethodRule {
    std::vector<std::string> departments;  ///< "*", "class:NAME" or department codes
    ItemMethod method{};
    std::string item_driver;  ///< of method item_driver
};

/// How cost reaches the activities of a department; the first rule that matches is taken.
struct ResourceRule {
    std::vector<std::string> departments;      ///< "*", "class:NAME" or department codes
    std::vector<std::string> cost_categories;  ///< words of CostCategory or "*"
    std::vector<std::string> cost_items;       ///< cost item codes or "*"
    std::vector<std::string>
        resource_drivers;  ///< first with readings above zero; the rest are the fall-back chain
};

/// The name of a stage as the plan writes it: an origin, or "by_class".
[[nodiscard]] inline std::string_view word_of(const Stage& stage) {
    return stage.by_class ? kByClass : word_of(stage.name);
}

/// A difference between ledger and trial balance that somebody answers for (docs/reports.md §9).
struct AcceptedDifference {
    std::string account;
    std::optional<FundSource> fund{};
    Period month;
    Money difference;  ///< ledger less balance, exactly
    std::string reason;
    std::string accepted_by;
};

struct CostingSettings {
    std::string version{};
    Rate max_parked_share = Rate::from_raw(50);  ///< 0.005
    std::vector<MethodRule> methods{};           ///< none: every department by equivalents
    std::vector<ResourceRule> resources{};
    std::vector<AcceptedDifference> accepted_differences{};
};

struct DeviationPolicy {
    Rate low_ratio;
    bool low_inclusive = true;
    Rate high_ratio;
    bool high_inclusive = false;
};

enum class PayerMethod : std::uint8_t { dip, charges, policy };

struct PayerRule {
    std::string payer;
    PayerMethod method{};
    Rate point_value;       ///< yuan a point, scale 4; of method policy 0 = as the policy says
    std::string policy{};   ///< id, of method policy
    std::int64_t line = 0;  ///< in payment.toml; for findings only
};

struct PaymentPolicy {
    std::string version;
    Rate hospital_coefficient;
    Rate ungrouped_ratio;
    Rate uncoded_ratio;
    DeviationPolicy deviation;
    std::vector<PayerRule> payers;
    std::optional<Rate> level_coefficient{};       ///< of the hospital's level, where a policy asks
    std::optional<std::int64_t> hospital_level{};  ///< for tiers of policies
};

struct IndicatorRule {
    std::string indicator;
    Rate weight;
    Rate zero_at;
    Rate full_at;
};

struct GateRule {
    std::string gate;
    std::string indicator;
    bool is_minimum = true;  ///< at_least; otherwise at_most
    Rate threshold;
    Rate factor;  ///< 0 = block
};

struct BonusScheme {
    std::string version;
    std::string pool;
    Rate release_share;
    std::vector<IndicatorRule> indicators;
    std::vector<GateRule> gates;
};

/// A catalogue folder of the rules and whose cases it groups; the first that names the payer is
/// taken.
struct CatalogueRule {
    std::string folder;
    std::vector<std::string> payers;    ///< "*" or payers of encounters.csv
    std::vector<std::string> priority;  ///< replaces that of every stage; none = as the catalogue
    std::string auxiliary{};            ///< folder of its auxiliary catalogue; blank = none
};

struct GroupingRules {
    std::string version;
    std::vector<CatalogueRule> catalogues;
};

struct Rules {
    AllocationPlan allocation;
    CostingSettings costing;
    std::optional<PaymentPolicy> payment;
    std::optional<BonusScheme> bonus;
    std::optional<CollectionRules> collection{};
    std::optional<GroupingRules> grouping{};
};

}  // namespace yuanliu
