// Why this file: a pool that is divided must be read activity by activity: what each cost, by what
// it was measured, and what of it nobody used (docs/service-items.md).
#include "server/usecase/explain_cells.hpp"

namespace yuanliu::usecase {
namespace {

ExplanationNode activity_node(const ActivityResult& activity) {
    ExplanationNode node{
        .kind = PartKind::activity,
        .label = activity_words(activity),
        .rule = activity.capacity ? Rule::cost_of_activity_with_capacity : Rule::cost_of_activity,
        .quantities = {{QuantityName::used_cost, activity.used_cost()},
                       {QuantityName::idle_cost, activity.idle_cost},
                       {QuantityName::unallocated, activity.unallocated()},
                       {QuantityName::use, format_decimal_trimmed(activity.use, 8)}},
        .amount = activity.cost,
        .cell = {},
        .lines = {},
        .parts = {}};
    if (activity.capacity) {
        node.quantities.push_back({QuantityName::practical_capacity, activity.capacity->trimmed()});
    }
    for (NamedQuantity& quantity : activity_quantities(activity)) {
        node.quantities.push_back(std::move(quantity));
    }
    return node;
}

}  // namespace

bool has_own_name(const ActivityResult& activity) {
    return activity.kind == PoolKind::service &&
           (!activity.is_whole() || activity.measure != Measure::equivalent);
}

std::vector<Word> activity_words(const ActivityResult& activity) {
    std::vector<Word> words;
    for (const NamedQuantity& quantity : activity_quantities(activity)) {
        words.push_back(quantity.value);
    }
    return words;
}

std::vector<NamedQuantity> activity_quantities(const ActivityResult& activity) {
    std::vector<NamedQuantity> quantities{{QuantityName::activity, activity.code},
                                          {QuantityName::measure, activity.measure}};
    if (!activity.item_driver.empty()) {
        quantities.push_back({QuantityName::item_driver, activity.item_driver});
    }
    return quantities;
}

std::vector<ExplanationNode> activities_of(const CostingResult& costing, const PoolResult& pool) {
    std::vector<ExplanationNode> nodes;
    for (const ActivityResult& activity : costing.activities) {
        if (activity.department == pool.department && activity.kind == pool.kind &&
            has_own_name(activity)) {
            nodes.push_back(activity_node(activity));
        }
    }
    return nodes;
}

}  // namespace yuanliu::usecase
