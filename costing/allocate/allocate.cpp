// Why this file: the stages of a plan in their order, [RULE COST-003], and what must hold between
// them.
#include "costing/allocate/allocate.hpp"

#include <algorithm>

#include "costing/allocate/cost_mover.hpp"
#include "costing/allocate/driver_choice.hpp"
#include "costing/allocate/exchange.hpp"
#include "costing/allocate/reciprocal.hpp"

namespace yuanliu::costing {
namespace {

Allocation empty_allocation(const Balances& direct) {
    const Balances zero = direct.zeroed();
    return {.direct = direct,
            .received = zero,
            .sent = zero,
            .balances = direct,
            .for_items = direct,
            .transfers = {},
            .total_after_stage = {},
            .findings = {}};
}

/// The first stage that passes on cost of a class; its index, or the number of stages.
std::size_t stage_of_class(const Month& month, const ResolvedPlan& plan, DepartmentClass wanted) {
    const auto moves = [&](const ResolvedStage& stage) {
        return stage.by_class
                   ? std::any_of(stage.senders.begin(), stage.senders.end(),
                                 [&](DepartmentId sender) {
                                     return month.departments[sender.index()].department_class ==
                                            wanted;
                                 })
                   : word_of(stage.origin) == word_of(wanted);
    };
    return static_cast<std::size_t>(std::find_if(plan.stages.begin(), plan.stages.end(), moves) -
                                    plan.stages.begin());
}

/// A supporting department that keeps cost although the plan moves its class was forgotten by the
/// plan.
void check_closed(const Month& month, const ResolvedPlan& plan, Allocation& out) {
    for (std::size_t i = 0; i < month.departments.size(); ++i) {
        const Department& department = month.departments[i];
        const DepartmentId id(i);
        const bool sends = std::any_of(plan.stages.begin(), plan.stages.end(),
                                       [&](const ResolvedStage& stage) { return stage.sends(id); });
        const std::size_t stage = stage_of_class(month, plan, department.department_class);
        const bool class_moves =
            department.department_class < DepartmentClass::medical_technology &&
            stage != plan.stages.size();
        if (!sends && class_moves && out.balances.holds_cost(id)) {
            out.findings.push_back(
                {.code = FindingCode::plan_does_not_close,
                 .severity = Severity::stop,
                 .where = {.file = "allocation.toml",
                           .row = 0,
                           .column = "stage[" + std::to_string(stage) + "]"},
                 .arguments = {department.code,
                               std::string(word_of(department.department_class))}});
        }
    }
}

}  // namespace

Allocation allocate(const Month& month, const ResolvedPlan& plan, const Balances& direct) {
    Allocation out = empty_allocation(direct);
    const DriverBase bases(month, plan);
    const Money total = out.direct.total();
    for (std::size_t i = 0; i < plan.stages.size(); ++i) {
        DriverChooser chooser(month, plan, bases, i, out.findings);
        CostMover mover(month, plan.stages[i], i, out);
        if (plan.stages[i].method == StageMethod::reciprocal) {
            solve_stage(month, chooser, mover);
        } else {
            run_exchange(plan, chooser, mover);
        }
        if (plan.stages[i].before_items) {
            out.for_items = out.balances;
        }
        out.total_after_stage.push_back(out.balances.total());
        YUANLIU_CHECK(out.total_after_stage.back() == total);
    }
    check_closed(month, plan, out);
    return out;
}

}  // namespace yuanliu::costing
