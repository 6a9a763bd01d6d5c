// Why this file: resolves the plan's words to ids and collects every fault of the plan at once.
#include "costing/allocate/plan.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "costing/allocate/made_driver_rules.hpp"
#include "costing/allocate/plan_names.hpp"

namespace yuanliu::costing {
namespace {

bool names_all(const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), "*") != names.end();
}

template <class E, std::size_t kCount>
std::array<bool, kCount> flags_of(const std::vector<std::string>& words) {
    std::array<bool, kCount> flags{};
    for (const std::string& word : words) {
        for (std::size_t i = 0; i < kCount; ++i) {
            flags[i] = flags[i] || word == "*" || word == word_of(static_cast<E>(i));
        }
    }
    return flags;
}

class PlanResolver {
  public:
    explicit PlanResolver(const Month& month) : month_(month), names_(month, resolved_.findings) {}

    ResolvedPlan resolve(const AllocationPlan& plan) {
        resolved_.keeps_negative = plan.negative_balances == NegativeBalances::keep;
        resolved_.by_form = plan.rounding == PlanRounding::cms_form;
        resolve_made_drivers(plan.made_drivers, names_, resolved_);
        for (std::size_t i = 0; i < plan.stages.size(); ++i) {
            resolve_stage(plan.stages[i], "stage[" + std::to_string(i) + "]");
        }
        check_order(plan);
        return std::move(resolved_);
    }

  private:
    void resolve_drivers(const StageRule& rule, const std::string& path, ResolvedRule& resolved) {
        for (const std::string& name : rule.drivers) {
            DriverId driver = names_.driver_of_month(name);
            for (std::size_t i = 0; i < resolved_.made_names.size() && !driver.is_valid(); ++i) {
                if (resolved_.made_names[i].code == name) {
                    driver = DriverId(month_.drivers.size() + i);
                }
            }
            if (driver.is_valid()) {
                resolved.drivers.push_back(driver);
            } else {
                names_.report(FindingCode::unknown_driver, path + ".drivers", {name});
            }
        }
    }

    ResolvedRule resolve_rule(const StageRule& rule, const std::string& path) {
        ResolvedRule resolved;
        resolved.any_sender = names_all(rule.senders);
        if (!resolved.any_sender) {
            resolved.senders = names_.sorted(rule.senders, path + ".senders");
        }
        resolved.categories = flags_of<CostCategory, kCategories>(rule.cost_categories);
        resolved.funds = flags_of<FundSource, kFundSources>(rule.fund_sources);
        resolved.any_item = names_all(rule.cost_items);
        if (!resolved.any_item) {
            resolved.cost_items = names_.cost_items(rule.cost_items, path + ".cost_items");
        }
        resolved.holds = (!rule.from || *rule.from <= month_.period) &&
                         (!rule.until || month_.period <= *rule.until);
        if (rule.receivers) {
            resolved.receivers = names_.sorted(*rule.receivers, path + ".receivers");
        }
        resolved.except_receivers =
            names_.sorted(rule.except_receivers, path + ".except_receivers");
        resolve_drivers(rule, path, resolved);
        return resolved;
    }

    void resolve_stage(const Stage& stage, const std::string& path) {
        ResolvedStage resolved;
        resolved.name = word_of(stage);
        resolved.origin = stage.name;
        resolved.by_class = stage.by_class;
        resolved.method = stage.method;
        resolved.passes = stage.passes.value_or(0);
        resolved.self_service = stage.self_service;
        resolved.before_items = stage.before_items;
        resolved.order = names_.in_order(stage.senders, path + ".senders", &resolved.name);
        resolved.senders = resolved.order;
        std::sort(resolved.senders.begin(), resolved.senders.end());
        resolved.receivers = names_.sorted(stage.receivers, path + ".receivers");
        check_members(resolved, path);
        check_method(stage, resolved, path);
        for (std::size_t i = 0; i < stage.rules.size(); ++i) {
            const std::string rule_path = path + ".rule[" + std::to_string(i) + "]";
            resolved.rules.push_back(resolve_rule(stage.rules[i], rule_path));
            check_targets(stage.rules[i], resolved, i, rule_path);
        }
        resolved_.stages.push_back(std::move(resolved));
    }

    void check_members(const ResolvedStage& stage, const std::string& path) {
        if (stage.receivers.empty()) {
            names_.report(FindingCode::plan_receivers_empty, path + ".receivers", {stage.name});
        }
        for (const DepartmentId sender : stage.senders) {
            if (!closed_.insert(sender).second) {
                names_.report(FindingCode::plan_sender_twice, path + ".senders",
                              {month_.departments[sender.index()].code, stage.name});
            }
        }
        for (const DepartmentId receiver : stage.receivers) {
            if (closed_.contains(receiver)) {
                names_.report(FindingCode::plan_receiver_is_closed, path + ".receivers",
                              {month_.departments[receiver.index()].code, stage.name});
            }
        }
    }

    /// Keys that a method needs or can't use; what the plan as a whole asks of every method.
    void check_method(const Stage& stage, const ResolvedStage& resolved, const std::string& path) {
        const auto invalid = [&](const char* key, const char* reason) {
            names_.report(FindingCode::plan_method_invalid, path + key, {resolved.name, reason});
        };
        if (stage.passes && stage.method != StageMethod::iterative) {
            invalid(".passes", "passes_without_iterative");
        }
        if (!stage.passes && stage.method == StageMethod::iterative) {
            invalid(".passes", "iterative_without_passes");
        }
        if (stage.self_service && stage.method != StageMethod::reciprocal) {
            invalid(".self_service", "self_service_without_reciprocal");
        }
        const bool is_step =
            stage.method == StageMethod::outward || stage.method == StageMethod::sequential;
        if (resolved_.keeps_negative && !is_step) {
            invalid(".method", "keep_needs_step");
        }
        if (resolved_.by_form && !is_step) {
            names_.report(FindingCode::plan_rounding_needs_step, path + ".method", {resolved.name});
        }
        const bool any_clinical =
            std::any_of(resolved.senders.begin(), resolved.senders.end(), [&](DepartmentId sender) {
                return month_.departments[sender.index()].department_class >=
                       DepartmentClass::clinical;
            });
        if (stage.by_class && any_clinical) {
            invalid(".senders", "by_class_needs_origin");
        }
    }

    /// A rule whose receivers are none of the stage's targets would move nothing.
    void check_targets(const StageRule& rule, const ResolvedStage& stage, std::size_t index,
                       const std::string& path) {
        const ResolvedRule& resolved = stage.rules.back();
        const auto admits = [&](DepartmentId target) { return resolved.admits(target); };
        const bool limits = rule.receivers || !rule.except_receivers.empty();
        const bool none_left =
            std::none_of(stage.receivers.begin(), stage.receivers.end(), admits) &&
            (!stage.serves_peers() ||
             std::none_of(stage.senders.begin(), stage.senders.end(), admits));
        if (limits && !stage.receivers.empty() && none_left) {
            names_.report(FindingCode::plan_receivers_empty,
                          path + (rule.receivers ? ".receivers" : ".except_receivers"),
                          {stage.name, std::to_string(index + 1)});
        }
    }

    /// Pools of items and patients are taken once: after a department-view stage no stage may feed
    /// them.
    void check_order(const AllocationPlan& plan) {
        bool view_only = false;
        for (std::size_t i = 0; i < plan.stages.size(); ++i) {
            if (view_only && plan.stages[i].before_items) {
                names_.report(FindingCode::plan_stage_order,
                              "stage[" + std::to_string(i) + "].before_items",
                              {std::string(word_of(plan.stages[i]))});
            }
            view_only = view_only || !plan.stages[i].before_items;
        }
    }

    const Month& month_;
    ResolvedPlan resolved_;
    PlanNames names_;
    std::set<DepartmentId> closed_;
};

}  // namespace

bool ResolvedRule::matches(const PoolKey& pool, CostCategory category) const {
    return holds && categories[static_cast<std::size_t>(category)] &&
           funds[static_cast<std::size_t>(pool.fund)] &&
           (any_sender || std::binary_search(senders.begin(), senders.end(), pool.sender)) &&
           (any_item || std::binary_search(cost_items.begin(), cost_items.end(), pool.cost_item));
}

bool ResolvedRule::admits(DepartmentId target) const {
    return (!receivers || std::binary_search(receivers->begin(), receivers->end(), target)) &&
           !std::binary_search(except_receivers.begin(), except_receivers.end(), target);
}

bool ResolvedStage::sends(DepartmentId department) const {
    return std::binary_search(senders.begin(), senders.end(), department);
}

Origin passed_origin(const Month& month, const ResolvedStage& stage, DepartmentId sender,
                     Origin held) {
    if (held != Origin::direct && held != Origin::public_cost) {
        return held;
    }
    // Classes and origins stand in the same order, origins behind `direct`.
    const auto sender_class =
        static_cast<std::size_t>(month.departments[sender.index()].department_class);
    return stage.by_class ? static_cast<Origin>(sender_class + 1) : stage.origin;
}

const std::string& driver_code(const Month& month, const ResolvedPlan& plan, DriverId driver) {
    return driver.index() < month.drivers.size()
               ? month.drivers[driver.index()].code
               : plan.made_names[driver.index() - month.drivers.size()].code;
}

ResolvedPlan resolve_plan(const Month& month, const AllocationPlan& plan) {
    return PlanResolver(month).resolve(plan);
}

}  // namespace yuanliu::costing
