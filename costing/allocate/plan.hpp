// Why this file: an allocation plan is data in people's words; the engine wants dense ids and a
// plan that can't lose money. This is the door between the two, and the place that explains what is
// wrong with a plan.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"

namespace yuanliu::costing {

/// What a rule is asked about: one sender's cost of one item and fund source.
struct PoolKey {
    DepartmentId sender;
    CostItemId cost_item;
    FundSource fund{};
};

struct ResolvedRule {
    bool any_sender = false;
    std::vector<DepartmentId> senders;  ///< ascending; of any_sender none
    std::array<bool, kCategories> categories{};
    std::vector<DriverId> drivers;
    bool any_item = true;
    std::vector<CostItemId> cost_items;  ///< ascending; of any_item none
    std::array<bool, kFundSources> funds{};
    bool holds = true;  ///< in this month
    std::optional<std::vector<DepartmentId>> receivers;
    std::vector<DepartmentId> except_receivers;  ///< ascending, as `receivers`

    [[nodiscard]] bool matches(const PoolKey& pool, CostCategory category) const;
    /// Whether the rule lets cost go to a target of its stage.
    [[nodiscard]] bool admits(DepartmentId target) const;
};

struct ResolvedStage {
    std::string name;  ///< as the plan writes it
    Origin origin{};   ///< that passed-on cost takes, unless by_class
    bool by_class = false;
    StageMethod method{};
    int passes = 0;
    bool self_service = false;
    bool before_items = true;
    std::vector<DepartmentId> senders;    ///< ascending
    std::vector<DepartmentId> order;      ///< the senders as written
    std::vector<DepartmentId> receivers;  ///< ascending
    std::vector<ResolvedRule> rules;

    [[nodiscard]] bool sends(DepartmentId department) const;
    /// Whether senders can serve each other at all.
    [[nodiscard]] bool serves_peers() const { return method != StageMethod::outward; }
};

/// A term of a made driver; `second` is not valid when there is one reading only.
struct ResolvedTerm {
    Rate factor;
    DriverId first;
    DriverId second;
};

struct ResolvedDriver {
    bool of_shares = false;
    std::vector<ResolvedTerm> terms;  ///< none when the formula has a fault
};

struct ResolvedPlan {
    std::vector<ResolvedStage> stages;
    std::vector<ResolvedDriver> made_drivers;  ///< ids follow those of Month::drivers
    std::vector<Driver> made_names;            ///< of made_drivers
    bool keeps_negative = false;
    bool by_form = false;  ///< rounding of the form CMS-1984
    std::vector<Finding> findings;
};

/// The origin that cost of `sender` takes when this stage passes it on: public cost is part of a
/// department's direct cost (计算计入); both take the stage's name, other origins stay.
[[nodiscard]] Origin passed_origin(const Month& month, const ResolvedStage& stage,
                                   DepartmentId sender, Origin held);

/// Code of a driver of the month or of the plan.
[[nodiscard]] const std::string& driver_code(const Month& month, const ResolvedPlan& plan,
                                             DriverId driver);

/// Resolves names and checks that no stage sends to a closed department (docs/allocation.md §6).
/// All faults are reported. Findings (file allocation.toml, column = path of the key):
/// unknown_department {name}, unknown_driver {name}, unknown_cost_item {name},
/// driver_formula_invalid {driver, reason}, plan_receivers_empty {stage[, rule]},
/// plan_receiver_is_closed {department, stage}, plan_sender_twice {department, stage},
/// plan_stage_order {stage}, plan_method_invalid {stage, reason}, plan_rounding_needs_step {stage};
/// stop, all of them.
[[nodiscard]] ResolvedPlan resolve_plan(const Month& month, const AllocationPlan& plan);

}  // namespace yuanliu::costing
