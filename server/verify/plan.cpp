// Resolves classes to departments and checks the plan; looks up driver readings.
#include "plan.hpp"

#include <algorithm>

#include "fields.hpp"

namespace yuanliu_verify {

namespace {

constexpr std::string_view kClassPrefix = "class:";

// Departments named by code or by class; only those valid in the month belong to a class.
std::vector<std::uint32_t> resolve(const std::vector<std::string>& names, const Books& books) {
    std::set<std::uint32_t> found;
    for (const std::string& name : names) {
        if (name.starts_with(kClassPrefix)) {
            for (std::uint32_t id = 0; id < books.departments.size(); ++id) {
                const Department& department = books.department[id];
                if (department.usable &&
                    department.department_class == name.substr(kClassPrefix.size())) {
                    found.insert(id);
                }
            }
            continue;
        }
        const std::uint32_t id = books.departments.find(name);
        if (id == CodeBook::kUnknown || !books.department[id].usable) {
            throw Refusal("rules allocation.toml: unknown_department " + name);
        }
        found.insert(id);
    }
    return {found.begin(), found.end()};
}

void check_order(const std::vector<ResolvedStage>& plan) {
    std::set<std::uint32_t> closed;
    bool after_items = false;
    for (const ResolvedStage& stage : plan) {
        if (stage.stage->before_items && after_items) {
            throw Refusal("rules allocation.toml: plan_stage_order");
        }
        after_items = !stage.stage->before_items;
        if (stage.receivers.empty()) {
            throw Refusal("rules allocation.toml: plan_receivers_empty");
        }
        for (const std::uint32_t sender : stage.senders) {
            if (!closed.insert(sender).second) {
                throw Refusal("rules allocation.toml: plan_sender_twice");
            }
        }
        for (const std::uint32_t receiver : stage.receivers) {
            if (closed.contains(receiver)) {
                throw Refusal("rules allocation.toml: plan_receiver_is_closed");
            }
        }
    }
}

void check_drivers(const RulesFolder& rules, const MonthFolder& month) {
    std::set<std::string> drivers;
    Fields fields;
    for (const std::string_view row : month.table("drivers.csv").rows()) {
        fields.split(row);
        drivers.emplace(fields[0]);
    }
    for (const Stage& stage : rules.stages) {
        for (const AllocationRule& rule : stage.rules) {
            for (const std::string& driver : rule.drivers) {
                if (!drivers.contains(driver)) {
                    throw Refusal("rules allocation.toml: unknown_driver " + driver);
                }
            }
        }
    }
}

}  // namespace

std::vector<ResolvedStage> resolve_plan(const RulesFolder& rules, const Books& books,
                                        const MonthFolder& month) {
    check_drivers(rules, month);
    std::vector<ResolvedStage> plan;
    for (const Stage& stage : rules.stages) {
        plan.push_back({&stage, index_of(kOrigins, stage.name), resolve(stage.senders, books),
                        resolve(stage.receivers, books)});
    }
    check_order(plan);
    return plan;
}

Readings::Readings(const MonthFolder& month, const Books& books) : books_(books) {
    Fields fields;
    for (const std::string_view row : month.table("driver_readings.csv").rows()) {
        fields.split(row);
        const std::string driver(fields[0]);
        const std::string sender(fields[1]);
        const std::uint32_t receiver = books.departments.find(fields[2]);
        if (!sender.empty()) {
            named_senders_.emplace(driver, sender);
        }
        if (receiver != CodeBook::kUnknown) {
            values_[{driver, sender, receiver}] = fields.number(3);
        }
    }
}

std::vector<Int128> Readings::bases(const std::string& driver, std::uint32_t sender,
                                    const std::vector<std::uint32_t>& receivers) const {
    std::string sender_code = books_.departments.code(sender);
    if (!named_senders_.contains({driver, sender_code})) {
        sender_code.clear();
    }
    std::vector<Int128> bases;
    for (const std::uint32_t receiver : receivers) {
        const auto found = values_.find({driver, sender_code, receiver});
        bases.push_back(found == values_.end() ? 0 : found->second);
    }
    return bases;
}

}  // namespace yuanliu_verify
