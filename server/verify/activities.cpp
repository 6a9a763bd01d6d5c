// Divides pools over activities, step by step as docs/service-items.md §2 to §4 say.
#include "activities.hpp"

#include <algorithm>
#include <set>

#include "fields.hpp"
#include "splitters.hpp"

namespace yuanliu_verify {

namespace {

constexpr std::int64_t kE4 = 10'000;

bool names(const std::vector<std::string>& list, const std::string& code,
           const std::string& department_class) {
    return std::any_of(list.begin(), list.end(), [&](const std::string& name) {
        return name == "*" || name == code || name == "class:" + department_class;
    });
}

void refuse_unknown(const std::vector<std::string>& list, const CodeBook& book, const char* what) {
    for (const std::string& name : list) {
        if (name != "*" && !name.starts_with("class:") && book.find(name) == CodeBook::kUnknown) {
            throw Refusal(std::string("rules costing.toml: unknown ") + what + " " + name);
        }
    }
}

class Divider {
  public:
    Divider(const MonthFolder& month, const Books& books, const RulesFolder& rules,
            const Balances& balances, const Charges& charges)
        : month_(month), books_(books), rules_(rules), balances_(balances), charges_(charges) {}

    std::vector<Activity> divide(std::uint32_t department, const Method& method) {
        Cells cells;
        for (const auto& [cell, cost] : balances_[department]) {
            if (cost != 0 && books_.cost_item[std::get<0>(cell)].pool == 0) {
                cells.emplace(cell, cost);
            }
        }
        std::vector<Activity> activities;
        if (cells.empty()) {
            return activities;
        }
        list(department, method, activities);
        for (Activity& activity : activities) {
            measure(activity);
        }
        const auto is_idle = [](const Activity& activity) { return activity.use == 0; };
        if (method.name == "cost_to_charge" &&
            std::all_of(activities.begin(), activities.end(), is_idle)) {
            activities.assign(1, whole(department, "charge"));
        }
        std::sort(activities.begin(), activities.end(),
                  [](const Activity& a, const Activity& b) { return a.code < b.code; });
        if (activities.size() == 1 && activities[0].code == "~all") {
            for (const auto& [cell, cost] : cells) {
                put(activities[0], cell, cost);
            }
        } else {
            take_traced(department, cells, activities);
            for (const auto& [cell, cost] : cells) {
                split_cell(department, method, cell, cost, activities);
            }
        }
        for (Activity& activity : activities) {
            weigh(activity);
        }
        return activities;
    }

  private:
    Activity whole(std::uint32_t department, const char* measure) const {
        Activity activity;
        activity.department = department;
        activity.code = "~all";
        activity.measure = measure;
        return activity;
    }

    void list(std::uint32_t department, const Method& method, std::vector<Activity>& out) const {
        if (method.name == "activity") {
            list_declared(department, out);
            return;
        }
        if (method.name == "cost_to_charge") {
            std::set<std::string> categories;
            for (const NettedRow& row : charges_.divided_rows) {
                if (row.department == department) {
                    categories.insert(books_.service_item[row.item].charge_category);
                }
            }
            for (const std::string& category : categories) {
                out.push_back(whole(department, "charge"));
                out.back().code = "~unit:" + category;
                out.back().category = category;
            }
            return;
        }
        const char* measure = method.name == "income"           ? "charge"
                              : method.name == "bed_days"       ? "days"
                              : method.name == "visits"         ? "visits"
                              : method.name == "treatment_time" ? "treatment_time"
                                                                : "item_driver";
        out.push_back(whole(department, measure));
        out.back().item_driver = method.item_driver;
    }

    void list_declared(std::uint32_t department, std::vector<Activity>& out) const {
        Fields fields;
        for (const std::string_view row : month_.table("activities.csv").rows()) {
            fields.split(row);
            if (books_.departments.find(fields[0]) != department) {
                continue;
            }
            Activity activity;
            activity.department = department;
            activity.code = fields[1];
            activity.measure = fields[3];
            if (activity.measure == "item_driver") {
                activity.item_driver = fields[4];
            }
            if (!fields[5].empty()) {
                activity.capacity = fields.number(5);
            }
            out.push_back(std::move(activity));
        }
        std::set<std::uint32_t> traced;
        for (const std::string_view row : month_.table("traced_costs.csv").rows()) {
            fields.split(row);
            const std::uint32_t item = books_.service_items.find(fields[3]);
            if (books_.departments.find(fields[0]) == department && traced.insert(item).second) {
                out.push_back(whole(department, "quantity"));
                out.back().code = "~item:" + std::string(fields[3]);
                out.back().traced_item = item;
            }
        }
    }

    // Value of the driver for an item: the department's own, else the one for all.
    std::int64_t value_of(const Activity& activity, std::uint32_t item) {
        if (values_.empty()) {
            Fields fields;
            for (const std::string_view row : month_.table("item_drivers.csv").rows()) {
                fields.split(row);
                values_[{std::string(fields[0]), std::string(fields[1]),
                         books_.service_items.find(fields[2])}] = fields.number(3);
            }
        }
        const auto own = values_.find(
            {activity.item_driver, books_.departments.code(activity.department), item});
        if (own != values_.end()) {
            return own->second;
        }
        const auto common = values_.find({activity.item_driver, "", item});
        return common == values_.end() ? 0 : common->second;
    }

    Int128 use_of(const Activity& activity, const NettedRow& row) {
        const ServiceItem& item = books_.service_item[row.item];
        const Int128 quantity = std::max<Int128>(row.quantity, 0);
        if (activity.measure == "equivalent") {
            return multiply(quantity, item.equivalent);
        }
        if (activity.measure == "charge") {
            const bool counts =
                activity.category.empty() || activity.category == item.charge_category;
            return counts ? std::max<Int128>(row.charge, 0) * kE4 * 100 : Int128{0};
        }
        if (activity.measure == "item_driver") {
            return multiply(quantity, value_of(activity, row.item));
        }
        return row.item == activity.traced_item ? quantity * kE4 : Int128{0};
    }

    void measure(Activity& activity) {
        if (activity.measure == "visits") {
            for (std::uint32_t id = 0; id < books_.encounters.size(); ++id) {
                const Encounter& encounter = books_.encounter[id];
                if (!encounter.is_inpatient() && encounter.department == activity.department) {
                    activity.by_encounter[id] = Int128{kE4} * kE4;
                }
            }
        } else if (activity.measure == "days") {
            Fields fields;
            for (const std::string_view row : month_.table("ward_stays.csv").rows()) {
                fields.split(row);
                const std::uint32_t encounter = books_.encounters.find(fields[0]);
                if (encounter == CodeBook::kUnknown ||
                    !books_.encounter[encounter].is_inpatient()) {
                    throw Refusal("month ward_stays.csv: no inpatient " + std::string(fields[0]));
                }
                if (books_.departments.find(fields[1]) == activity.department) {
                    activity.by_encounter[encounter] += Int128{fields.number(2)} * kE4;
                }
            }
        } else if (activity.measure == "treatment_time") {
            Fields fields;
            for (const std::string_view row : month_.table("treatment_times.csv").rows()) {
                fields.split(row);
                const std::uint32_t encounter = books_.encounters.find(fields[0]);
                if (encounter == CodeBook::kUnknown) {
                    throw Refusal("month treatment_times.csv: unknown " + std::string(fields[0]));
                }
                if (books_.departments.find(fields[1]) == activity.department) {
                    activity.by_encounter[encounter] += Int128{fields.number(2)} * kE4;
                }
            }
        } else {
            for (const NettedRow& row : charges_.divided_rows) {
                const Int128 use =
                    row.department == activity.department ? use_of(activity, row) : Int128{0};
                if (use > 0) {
                    activity.by_encounter[row.encounter] += use;
                    activity.by_item[row.item] += use;
                }
            }
        }
        for (const auto& [encounter, use] : activity.by_encounter) {
            activity.use += use;
        }
    }

    void put(Activity& activity, const Cell& cell, Fen cost) const {
        const auto& [item, fund, origin] = cell;
        add_to(activity.costs[component_number(books_.cost_item[item].category, fund, origin)],
               cost);
        add_to(activity.cost, cost);
    }

    void take_traced(std::uint32_t department, Cells& cells,
                     std::vector<Activity>& activities) const {
        Fields fields;
        for (const std::string_view row : month_.table("traced_costs.csv").rows()) {
            fields.split(row);
            const auto to =
                std::find_if(activities.begin(), activities.end(), [&](const Activity& activity) {
                    return activity.code == "~item:" + std::string(fields[3]);
                });
            if (books_.departments.find(fields[0]) != department || to == activities.end()) {
                continue;
            }
            const Cell cell{books_.cost_items.find(fields[1]), index_of(kFunds, fields[2]), 0};
            const Fen amount = fields.amount(4);
            const auto held = cells.find(cell);
            if (held == cells.end() || held->second < amount) {
                throw Refusal("derivation: traced_cost_exceeds at " +
                              books_.departments.code(department));
            }
            held->second -= amount;
            put(*to, cell, amount);
        }
    }

    std::vector<Int128> readings(std::uint32_t department, const std::string& driver,
                                 const std::vector<Activity*>& to) const {
        std::vector<Int128> weights(to.size(), 0);
        Fields fields;
        for (const std::string_view row : month_.table("activity_readings.csv").rows()) {
            fields.split(row);
            if (books_.departments.find(fields[0]) != department || fields[1] != driver) {
                continue;
            }
            for (std::size_t i = 0; i < to.size(); ++i) {
                const std::string& name = to[i]->category.empty() ? to[i]->code : to[i]->category;
                weights[i] += fields[2] == name ? fields.number(3) : 0;
            }
        }
        return weights;
    }

    void split_cell(std::uint32_t department, const Method& method, const Cell& cell, Fen cost,
                    std::vector<Activity>& activities) const {
        if (cost == 0) {
            return;
        }
        std::vector<Activity*> to;
        for (Activity& activity : activities) {
            if (activity.traced_item == CodeBook::kUnknown) {
                to.push_back(&activity);
            }
        }
        const std::vector<Int128> weights = weights_for(department, method, std::get<0>(cell), to);
        const std::vector<Fen> shares = apportion(cost, weights);
        for (std::size_t i = 0; i < to.size(); ++i) {
            put(*to[i], cell, shares[i]);
        }
    }

    std::vector<Int128> weights_for(std::uint32_t department, const Method& method,
                                    std::uint32_t cost_item,
                                    const std::vector<Activity*>& to) const {
        const std::string& code = books_.departments.code(department);
        for (const ResourceRule& rule : rules_.resources) {
            if (!names(rule.departments, code, books_.department[department].department_class) ||
                !lists(rule.cost_categories, kCategories[books_.cost_item[cost_item].category]) ||
                !lists(rule.cost_items, books_.cost_items.code(cost_item))) {
                continue;
            }
            for (const std::string& driver : rule.resource_drivers) {
                const std::vector<Int128> weights = readings(department, driver, to);
                if (std::any_of(weights.begin(), weights.end(),
                                [](Int128 weight) { return weight > 0; })) {
                    return weights;
                }
            }
            throw Refusal("derivation: resource_driver_missing at " + code);
        }
        if (method.name != "cost_to_charge") {
            throw Refusal("derivation: resource_driver_missing at " + code);
        }
        std::vector<Int128> weights;
        for (const Activity* activity : to) {
            weights.push_back(activity->use);
        }
        return weights;
    }

    // The idle entry stands last: what the entries before it leave, component by component.
    static void weigh(Activity& activity) {
        activity.weight = activity.use;
        if (activity.capacity) {
            activity.weight = std::max(activity.use, Int128{*activity.capacity} * kE4);
        }
        if (activity.weight == activity.use) {
            return;
        }
        Fen prefix = 0;
        Fen before = 0;
        for (std::size_t i = 0; i < kComponents; ++i) {
            add_to(prefix, activity.costs[i]);
            const Fen idle = prefix - running_share(prefix, activity.use, activity.weight);
            activity.idle[i] = idle - before;
            before = idle;
        }
        activity.idle_cost = before;
    }

    const MonthFolder& month_;
    const Books& books_;
    const RulesFolder& rules_;
    const Balances& balances_;
    const Charges& charges_;
    std::map<std::tuple<std::string, std::string, std::uint32_t>, std::int64_t> values_;
};

void check_rules(const RulesFolder& rules, const Books& books, const MonthFolder& month) {
    Fields fields;
    std::set<std::string, std::less<>> drivers;
    for (const std::string_view row : month.table("item_drivers.csv").rows()) {
        fields.split(row);
        drivers.emplace(fields[0]);
    }
    for (const MethodRule& rule : rules.methods) {
        refuse_unknown(rule.departments, books.departments, "department");
        if (rule.method.name == "item_driver" && !drivers.contains(rule.method.item_driver)) {
            throw Refusal("rules costing.toml: unknown item driver " + rule.method.item_driver);
        }
    }
    for (const ResourceRule& rule : rules.resources) {
        refuse_unknown(rule.departments, books.departments, "department");
        refuse_unknown(rule.cost_items, books.cost_items, "cost item");
    }
}

}  // namespace

std::vector<Method> methods_by_department(const RulesFolder& rules, const Books& books,
                                          const MonthFolder& month) {
    check_rules(rules, books, month);
    std::vector<Method> methods(books.departments.size());
    for (std::uint32_t id = 0; id < methods.size(); ++id) {
        for (const MethodRule& rule : rules.methods) {
            if (names(rule.departments, books.departments.code(id),
                      books.department[id].department_class)) {
                methods[id] = rule.method;
                break;
            }
        }
    }
    return methods;
}

std::vector<Activity> derive_activities(const MonthFolder& month, const Books& books,
                                        const RulesFolder& rules,
                                        const std::vector<Method>& methods,
                                        const Balances& balances, const Charges& charges) {
    Divider divider(month, books, rules, balances, charges);
    std::vector<Activity> all;
    for (std::uint32_t id = 0; id < methods.size(); ++id) {
        if (methods[id].name != "equivalent") {
            for (Activity& activity : divider.divide(id, methods[id])) {
                all.push_back(std::move(activity));
            }
        }
    }
    return all;
}

void join_activities(const std::vector<Activity>& activities, std::vector<Pool>& pools,
                     Charges& charges) {
    for (const Activity& activity : activities) {
        const auto number = static_cast<std::uint32_t>(pools.size());
        pools.push_back({activity.cost != 0, activity.costs, activity.cost});
        charges.pool_weight.push_back(activity.weight);
        for (const auto& [encounter, use] : activity.by_encounter) {
            charges.entries.push_back({number, encounter, use});
        }
    }
}

}  // namespace yuanliu_verify
