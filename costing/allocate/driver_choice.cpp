// Why this file: tries the chains of the rules and remembers what came of it.
#include "costing/allocate/driver_choice.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace yuanliu::costing {

DriverChooser::DriverChooser(const Month& month, const ResolvedPlan& plan, const DriverBase& bases,
                             std::size_t stage, std::vector<Finding>& findings)
    : month_(month),
      plan_(plan),
      bases_(bases),
      stage_(plan.stages[stage]),
      stage_index_(stage),
      findings_(findings),
      place_in_order_(month.departments.size(), 0) {
    for (std::size_t i = 0; i < stage_.order.size(); ++i) {
        place_in_order_[stage_.order[i].index()] = i;
    }
    std::merge(stage_.senders.begin(), stage_.senders.end(), stage_.receivers.begin(),
               stage_.receivers.end(), std::back_inserter(both_));
}

std::size_t DriverChooser::rule_of(const PoolKey& pool) const {
    const CostCategory category = month_.cost_items[pool.cost_item.index()].category;
    const auto rule =
        std::find_if(stage_.rules.begin(), stage_.rules.end(),
                     [&](const ResolvedRule& one) { return one.matches(pool, category); });
    return rule == stage_.rules.end() ? kNoRule
                                      : static_cast<std::size_t>(rule - stage_.rules.begin());
}

std::vector<DepartmentId> DriverChooser::targets_of(DepartmentId sender, const ResolvedRule& rule,
                                                    TargetScope scope) const {
    const std::vector<DepartmentId>& all = scope == TargetScope::receivers ? stage_.receivers
                                           : scope == TargetScope::peers   ? stage_.senders
                                                                           : both_;
    std::vector<DepartmentId> targets;
    for (const DepartmentId target : all) {
        const bool is_earlier = scope == TargetScope::later && stage_.sends(target) &&
                                place_in_order_[target.index()] <= place_in_order_[sender.index()];
        const bool is_itself = target == sender && scope != TargetScope::network;
        if (!is_earlier && !is_itself && rule.admits(target)) {
            targets.push_back(target);
        }
    }
    return targets;
}

void DriverChooser::keep_bases(DriverId driver, const std::vector<DepartmentId>& targets,
                               Bases bases, Attempt& attempt) const {
    attempt.zero_terms = std::move(bases.zero_terms);
    attempt.is_chosen = true;
    attempt.choice.driver = driver;
    attempt.choice.base_total = Quantity::from_raw(bases.total);
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (bases.of[i] > 0) {
            attempt.choice.targets.push_back(targets[i]);
            attempt.choice.parts.push_back(
                {.weight = bases.of[i], .key = month_.departments[targets[i].index()].code});
        }
    }
}

const DriverChooser::Attempt& DriverChooser::attempt(DepartmentId sender, std::size_t rule,
                                                     TargetScope scope) {
    auto& kept = attempts_[Key(sender, rule, scope, false)];
    if (kept) {
        return *kept;
    }
    kept = std::make_unique<Attempt>();
    const std::vector<DepartmentId> targets = targets_of(sender, stage_.rules[rule], scope);
    for (const DriverId driver : stage_.rules[rule].drivers) {
        Bases bases = bases_.over(driver, sender, targets);
        if (bases.overflows) {
            kept->overflowing = driver;
            return *kept;
        }
        if (bases.total > 0) {
            keep_bases(driver, targets, std::move(bases), *kept);
            return *kept;
        }
        kept->tried.push_back(driver);
    }
    return *kept;
}

const DriverChoice* DriverChooser::judged(const PoolKey& pool, TargetScope scope, bool must_move) {
    const std::size_t rule = rule_of(pool);
    if (rule == kNoRule) {
        report(FindingCode::plan_rule_missing, Severity::stop,
               {month_.departments[pool.sender.index()].code, category_of(pool), stage_.name});
        return nullptr;
    }
    const Attempt& made = attempt(pool.sender, rule, scope);
    report_attempt(pool, made, must_move);
    return made.is_chosen ? &made.choice : nullptr;
}

const DriverChoice* DriverChooser::need(const PoolKey& pool, TargetScope scope) {
    return judged(pool, scope, true);
}

const DriverChoice* DriverChooser::find(const PoolKey& pool, TargetScope scope) {
    return judged(pool, scope, false);
}

const DriverChoice* DriverChooser::peek(const PoolKey& pool, TargetScope scope) {
    const std::size_t rule = rule_of(pool);
    if (rule == kNoRule) {
        return nullptr;
    }
    const Attempt& made = attempt(pool.sender, rule, scope);
    return made.is_chosen ? &made.choice : nullptr;
}

const DriverChoice* DriverChooser::need_over_receivers(const PoolKey& pool) {
    const DriverChoice* first = need(pool, TargetScope::both);
    if (first == nullptr) {
        return nullptr;
    }
    const std::size_t rule = rule_of(pool);
    auto& kept = attempts_[Key(pool.sender, rule, TargetScope::receivers, true)];
    if (!kept) {
        kept = std::make_unique<Attempt>();
        const auto targets = targets_of(pool.sender, stage_.rules[rule], TargetScope::receivers);
        Bases bases = bases_.over(first->driver, pool.sender, targets);
        if (bases.total > 0) {
            keep_bases(first->driver, targets, std::move(bases), *kept);
        } else {
            kept->tried.push_back(first->driver);
        }
    }
    report_attempt(pool, *kept, true);
    return kept->is_chosen ? &kept->choice : nullptr;
}

void DriverChooser::report_attempt(const PoolKey& pool, const Attempt& attempt, bool must_move) {
    const std::string& sender = month_.departments[pool.sender.index()].code;
    if (attempt.overflowing.is_valid()) {
        report(FindingCode::weight_overflow, Severity::stop,
               {driver_code(month_, plan_, attempt.overflowing), sender});
        return;
    }
    if (!attempt.is_chosen) {
        if (must_move) {
            report(FindingCode::driver_total_is_zero, Severity::stop,
                   {sender, category_of(pool), stage_.name, codes_of(attempt.tried)});
        }
        return;
    }
    const std::string& used = driver_code(month_, plan_, attempt.choice.driver);
    if (!attempt.tried.empty()) {
        report(FindingCode::driver_fell_back, Severity::warn,
               {sender, category_of(pool), stage_.name, codes_of(attempt.tried), used});
    }
    for (const DriverId term : attempt.zero_terms) {
        report(FindingCode::driver_term_is_zero, Severity::warn,
               {used, driver_code(month_, plan_, term), sender, stage_.name});
    }
}

void DriverChooser::report(FindingCode code, Severity severity,
                           std::vector<std::string> arguments) {
    if (!reported_.emplace(code, arguments).second) {
        return;
    }
    findings_.push_back({.code = code,
                         .severity = severity,
                         .where = {.file = "allocation.toml",
                                   .row = 0,
                                   .column = "stage[" + std::to_string(stage_index_) + "]"},
                         .arguments = std::move(arguments)});
}

std::string DriverChooser::codes_of(const std::vector<DriverId>& drivers) const {
    std::string codes;
    for (const DriverId driver : drivers) {
        codes += codes.empty() ? "" : ", ";
        codes += driver_code(month_, plan_, driver);
    }
    return codes;
}

std::string DriverChooser::category_of(const PoolKey& pool) const {
    return std::string(word_of(month_.cost_items[pool.cost_item.index()].category));
}

}  // namespace yuanliu::costing
