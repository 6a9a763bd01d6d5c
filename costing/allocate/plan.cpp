// Why this file: resolves the plan's words to ids and collects every fault of the plan at once.
#include "costing/allocate/plan.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace yuanliu::costing {
namespace {

constexpr std::string_view kPlanFile = "allocation.toml";
constexpr std::string_view kClassPrefix = "class:";

class PlanResolver {
  public:
    explicit PlanResolver(const Month& month) : month_(month) {}

    ResolvedPlan resolve(const AllocationPlan& plan) {
        for (std::size_t i = 0; i < plan.stages.size(); ++i) {
            resolve_stage(plan.stages[i], "stage[" + std::to_string(i) + "]");
        }
        check_order(plan);
        return std::move(resolved_);
    }

  private:
    void report(FindingCode code, std::string column, std::vector<std::string> arguments) {
        resolved_.findings.push_back(
            {.code = code,
             .severity = Severity::stop,
             .where = {.file = std::string(kPlanFile), .row = 0, .column = std::move(column)},
             .arguments = std::move(arguments)});
    }

    void add_named(const std::string& name, const std::string& path, std::set<DepartmentId>& into) {
        if (name.starts_with(kClassPrefix)) {
            const auto wanted = parse_word<DepartmentClass>(name.substr(kClassPrefix.size()));
            if (!wanted || *wanted == DepartmentClass::excluded) {
                report(FindingCode::unknown_department, path, {name});
                return;
            }
            for (std::size_t i = 0; i < month_.departments.size(); ++i) {
                if (month_.departments[i].department_class == *wanted &&
                    month_.departments[i].usable) {
                    into.insert(DepartmentId(i));
                }
            }
            return;
        }
        const auto found =
            std::lower_bound(month_.departments.begin(), month_.departments.end(), name,
                             [](const Department& department, const std::string& code) {
                                 return department.code < code;
                             });
        if (found == month_.departments.end() || found->code != name) {
            report(FindingCode::unknown_department, path, {name});
            return;
        }
        if (!found->usable) {
            report(FindingCode::code_not_valid_in_month, path, {name, month_.period.text()});
            return;
        }
        into.insert(DepartmentId(static_cast<std::size_t>(found - month_.departments.begin())));
    }

    std::vector<DepartmentId> departments_of(const std::vector<std::string>& names,
                                             const std::string& path) {
        std::set<DepartmentId> found;
        for (const std::string& name : names) {
            add_named(name, path, found);
        }
        return {found.begin(), found.end()};
    }

    ResolvedRule resolve_rule(const StageRule& rule, const std::string& path) {
        ResolvedRule resolved;
        resolved.any_sender =
            std::find(rule.senders.begin(), rule.senders.end(), "*") != rule.senders.end();
        if (!resolved.any_sender) {
            resolved.senders = departments_of(rule.senders, path + ".senders");
        }
        for (const std::string& word : rule.cost_categories) {
            for (std::size_t i = 0; i < kCategories; ++i) {
                resolved.categories[i] = resolved.categories[i] || word == "*" ||
                                         word == word_of(static_cast<CostCategory>(i));
            }
        }
        for (const std::string& name : rule.drivers) {
            const auto found = std::lower_bound(
                month_.drivers.begin(), month_.drivers.end(), name,
                [](const Driver& driver, const std::string& code) { return driver.code < code; });
            if (found == month_.drivers.end() || found->code != name) {
                report(FindingCode::unknown_driver, path + ".drivers", {name});
            } else {
                resolved.drivers.emplace_back(
                    static_cast<std::size_t>(found - month_.drivers.begin()));
            }
        }
        return resolved;
    }

    void resolve_stage(const Stage& stage, const std::string& path) {
        ResolvedStage resolved{.name = stage.name,
                               .before_items = stage.before_items,
                               .senders = departments_of(stage.senders, path + ".senders"),
                               .receivers = departments_of(stage.receivers, path + ".receivers"),
                               .rules = {}};
        const std::string name(word_of(stage.name));
        if (resolved.receivers.empty()) {
            report(FindingCode::plan_receivers_empty, path + ".receivers", {name});
        }
        for (const DepartmentId sender : resolved.senders) {
            if (!closed_.insert(sender).second) {
                report(FindingCode::plan_sender_twice, path + ".senders",
                       {month_.departments[sender.index()].code, name});
            }
        }
        for (const DepartmentId receiver : resolved.receivers) {
            if (closed_.contains(receiver)) {
                report(FindingCode::plan_receiver_is_closed, path + ".receivers",
                       {month_.departments[receiver.index()].code, name});
            }
        }
        for (std::size_t i = 0; i < stage.rules.size(); ++i) {
            resolved.rules.push_back(
                resolve_rule(stage.rules[i], path + ".rule[" + std::to_string(i) + "]"));
        }
        resolved_.stages.push_back(std::move(resolved));
    }

    /// Pools of items and patients are taken once: after a department-view stage no stage may feed
    /// them.
    void check_order(const AllocationPlan& plan) {
        bool view_only = false;
        for (std::size_t i = 0; i < plan.stages.size(); ++i) {
            if (view_only && plan.stages[i].before_items) {
                report(FindingCode::plan_stage_order,
                       "stage[" + std::to_string(i) + "].before_items",
                       {std::string(word_of(plan.stages[i].name))});
            }
            view_only = view_only || !plan.stages[i].before_items;
        }
    }

    const Month& month_;
    ResolvedPlan resolved_;
    std::set<DepartmentId> closed_;
};

}  // namespace

bool ResolvedRule::matches(DepartmentId sender, CostCategory category) const {
    return categories[static_cast<std::size_t>(category)] &&
           (any_sender || std::binary_search(senders.begin(), senders.end(), sender));
}

ResolvedPlan resolve_plan(const Month& month, const AllocationPlan& plan) {
    return PlanResolver(month).resolve(plan);
}

}  // namespace yuanliu::costing
