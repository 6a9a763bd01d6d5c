// Resolves classes to departments and checks the plan; looks up driver readings.
#include "plan.hpp"

#include <algorithm>

#include "fields.hpp"
#include "splitters.hpp"

namespace yuanliu_verify {

namespace {

constexpr std::string_view kClassPrefix = "class:";

// Departments named by code or by class, each in its first place; only those valid in the month
// belong to a class.
Departments in_order(const std::vector<std::string>& names, const Books& books) {
    Departments found;
    const auto add = [&](std::uint32_t id) {
        if (std::find(found.begin(), found.end(), id) == found.end()) {
            found.push_back(id);
        }
    };
    for (const std::string& name : names) {
        if (name.starts_with(kClassPrefix)) {
            for (std::uint32_t id = 0; id < books.departments.size(); ++id) {
                const Department& department = books.department[id];
                if (department.usable &&
                    department.department_class == name.substr(kClassPrefix.size())) {
                    add(id);
                }
            }
            continue;
        }
        const std::uint32_t id = books.departments.find(name);
        if (id == CodeBook::kUnknown || !books.department[id].usable) {
            throw Refusal("rules allocation.toml: unknown_department " + name);
        }
        add(id);
    }
    return found;
}

Departments resolve(const std::vector<std::string>& names, const Books& books) {
    Departments found = in_order(names, books);
    std::sort(found.begin(), found.end());
    return found;
}

std::set<std::uint32_t> members(const std::vector<std::string>& names, const Books& books) {
    const Departments found = resolve(names, books);
    return {found.begin(), found.end()};
}

ResolvedRule resolve_rule(const AllocationRule& rule, const Books& books) {
    ResolvedRule resolved;
    resolved.rule = &rule;
    if (std::find(rule.senders.begin(), rule.senders.end(), "*") != rule.senders.end()) {
        for (std::uint32_t id = 0; id < books.departments.size(); ++id) {
            resolved.senders.insert(id);
        }
    } else {
        resolved.senders = members(rule.senders, books);
    }
    if (rule.receivers) {
        resolved.receivers = members(*rule.receivers, books);
    }
    resolved.except_receivers = members(rule.except_receivers, books);
    return resolved;
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
    for (const auto& [made, terms] : rules.made_drivers) {
        bool is_valid = !drivers.contains(made) && !terms.empty();
        for (const DriverTerm& term : terms) {
            is_valid = is_valid && term.factor >= 0 && term.is_share == terms.front().is_share &&
                       !term.drivers.empty() && term.drivers.size() <= (term.is_share ? 1U : 2U);
            for (const std::string& driver : term.drivers) {
                is_valid = is_valid && drivers.contains(driver);
            }
        }
        if (!is_valid) {
            throw Refusal("rules allocation.toml: driver_formula_invalid " + made);
        }
    }
    for (const Stage& stage : rules.stages) {
        for (const AllocationRule& rule : stage.rules) {
            for (const std::string& driver : rule.drivers) {
                if (!drivers.contains(driver) && !rules.made_drivers.contains(driver)) {
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
        ResolvedStage resolved;
        resolved.stage = &stage;
        resolved.order = in_order(stage.senders, books);
        resolved.senders = resolve(stage.senders, books);
        resolved.receivers = resolve(stage.receivers, books);
        for (const AllocationRule& rule : stage.rules) {
            resolved.rules.push_back(resolve_rule(rule, books));
        }
        resolved.origin_of_sender.resize(books.departments.size());
        for (const std::uint32_t sender : resolved.senders) {
            resolved.origin_of_sender[sender] =
                index_of(kOrigins, stage.name == "by_class"
                                       ? std::string_view(books.department[sender].department_class)
                                       : std::string_view(stage.name));
        }
        plan.push_back(std::move(resolved));
    }
    check_order(plan);
    return plan;
}

Readings::Readings(const MonthFolder& month, const Books& books, const RulesFolder& rules)
    : books_(books), rules_(rules) {
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

std::vector<Int128> Readings::read(const std::string& driver, std::uint32_t sender,
                                   const Departments& targets) const {
    std::string sender_code = books_.departments.code(sender);
    if (!named_senders_.contains({driver, sender_code})) {
        sender_code.clear();
    }
    std::vector<Int128> bases;
    for (const std::uint32_t target : targets) {
        const auto found = values_.find({driver, sender_code, target});
        bases.push_back(found == values_.end() ? 0 : found->second);
    }
    return bases;
}

std::vector<Int128> Readings::bases(const std::string& driver, std::uint32_t sender,
                                    const Departments& targets) const {
    const auto made = rules_.made_drivers.find(driver);
    if (made == rules_.made_drivers.end()) {
        return read(driver, sender, targets);
    }
    std::vector<Int128> bases(targets.size());
    for (const DriverTerm& term : made->second) {
        std::vector<Int128> values = read(term.drivers[0], sender, targets);
        if (term.is_share) {
            const std::vector<Fen> shares = apportion(1'000'000'000'000, values);
            for (std::size_t i = 0; i < values.size(); ++i) {
                bases[i] += multiply(term.factor, shares[i]);
            }
            continue;
        }
        const std::vector<Int128> second = term.drivers.size() < 2
                                               ? std::vector<Int128>()
                                               : read(term.drivers[1], sender, targets);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!second.empty()) {
                values[i] = round_divide(multiply(values[i], second[i]), 10'000);
            }
            bases[i] += round_divide(multiply(term.factor, values[i]), 10'000);
        }
    }
    return bases;
}

}  // namespace yuanliu_verify
