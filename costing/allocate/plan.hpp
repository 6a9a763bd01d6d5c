// Why this file: an allocation plan is data in people's words; the engine wants dense ids and a
// plan that can't lose money. This is the door between the two, and the place that explains what is
// wrong with a plan.
#pragma once

#include <array>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"

namespace yuanliu::costing {

struct ResolvedRule {
    bool any_sender = false;
    std::vector<DepartmentId> senders;  ///< ascending; of any_sender none
    std::array<bool, kCategories> categories{};
    std::vector<DriverId> drivers;
    [[nodiscard]] bool matches(DepartmentId sender, CostCategory category) const;
};

struct ResolvedStage {
    Origin name{};
    bool before_items = true;
    std::vector<DepartmentId> senders;    ///< ascending
    std::vector<DepartmentId> receivers;  ///< ascending
    std::vector<ResolvedRule> rules;
};

struct ResolvedPlan {
    std::vector<ResolvedStage> stages;
    std::vector<Finding> findings;
};

/// Resolves names and checks that no stage sends to a closed department (docs/rules.md). All faults
/// are reported. Findings (file allocation.toml, column = path of the key): unknown_department
/// {name}, unknown_driver {name}, plan_receivers_empty {stage}, plan_receiver_is_closed
/// {department, stage}, plan_sender_twice {department, stage}, plan_stage_order {stage}.
[[nodiscard]] ResolvedPlan resolve_plan(const Month& month, const AllocationPlan& plan);

}  // namespace yuanliu::costing
