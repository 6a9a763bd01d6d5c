// activities.csv and hospital_item_cost.csv of the derivation (docs/service-items.md §5 and §7).
#include "activities.hpp"

namespace yuanliu_verify {

namespace {

void write_row(const Books& books, const Activity& activity, Derived& derived) {
    RowSet& rows = derived.tables["activities.csv"];
    rows.text(books.departments.code(activity.department)).text(activity.code);
    rows.text(activity.measure).text(activity.item_driver).amount(activity.cost);
    rows.decimal(activity.use, 8);
    if (activity.capacity) {
        rows.number(*activity.capacity);
    } else {
        rows.blank();
    }
    rows.amount(activity.used_cost()).amount(activity.idle_cost).amount(activity.unallocated());
    rows.end_row();
}

}  // namespace

void write_activities(const Books& books, const RulesFolder& rules,
                      const std::vector<Activity>& activities, const std::vector<Pool>& pools,
                      const Charges& charges, Derived& derived) {
    ItemFigures& figures = derived.figures.items;
    for (const Activity& activity : activities) {
        const bool is_traced = activity.traced_item != CodeBook::kUnknown;
        add_to(is_traced ? figures.traced : figures.activities, activity.cost);
        add_to(figures.idle, activity.idle_cost);
        add_to(figures.unallocated, activity.unallocated());
        if (!rules.methods.empty()) {
            write_row(books, activity, derived);
        }
    }
    // Pools by equivalents are one activity each.
    for (std::size_t number = 0; number < charges.divided.size() * kPools.size();
         number += kPools.size()) {
        const auto department = static_cast<std::uint32_t>(number / kPools.size());
        if (!pools[number].exists || charges.divided[department]) {
            continue;
        }
        Activity activity;
        activity.department = department;
        activity.code = "~all";
        activity.measure = "equivalent";
        activity.cost = pools[number].total;
        activity.use = activity.weight = charges.pool_weight[number];
        add_to(figures.activities, activity.cost);
        add_to(figures.unallocated, activity.unallocated());
        if (!rules.methods.empty()) {
            write_row(books, activity, derived);
        }
    }
    if (rules.methods.empty()) {
        return;
    }
    RowSet& rows = derived.tables["hospital_item_cost.csv"];
    for (std::uint32_t item = 0; item < books.service_items.size(); ++item) {
        const auto found = derived.hospital_items.find(item);
        const bool is_listed = found != derived.hospital_items.end();
        if (books.service_item[item].pool != 0 ||
            (!is_listed && !books.service_item[item].usable)) {
            continue;
        }
        const HospitalItem sum = is_listed ? found->second : HospitalItem{};
        rows.text(books.service_items.code(item)).count(sum.departments).number(sum.quantity);
        rows.amount(sum.charge).amount(sum.cost);
        if (sum.quantity > 0) {
            rows.decimal(round_divide(multiply(sum.cost, 100'000'000), sum.quantity), 6,
                         Zeros::kKeep);
        } else {
            rows.blank();
        }
        rows.end_row();
    }
}

}  // namespace yuanliu_verify
