// Why this file: the service-item view of pools (docs/service-items.md §5). Example: an activity of
// 300.00 over items A (weight 1.0 x 100) and B (weight 2.0 x 100) -> A 100.00, B 200.00; A's unit
// cost 1.000000.
#include "costing/patient/item_cost.hpp"

#include <algorithm>
#include <map>

#include "costing/base/apportion.hpp"

namespace yuanliu::costing {
namespace {

std::optional<UnitCost> unit_cost_of(Money cost, Quantity quantity) {
    if (quantity.raw() <= 0) {
        return std::nullopt;
    }
    // fen x 10^4 = micro-yuan; the quantity is in 0.0001, so one more 10^4.
    return UnitCost::from_raw(
        rounded_half_away(Int128{cost.raw()} * 100'000'000, Int128{quantity.raw()}));
}

ServiceItemCost shown(const ItemUse& use) {
    return {.service_item = use.service_item,
            .quantity = Quantity::from_raw(use.quantity),
            .weight = use.weight,
            .charge = Money::from_raw(use.charge),
            .cost = Money(),
            .unit_cost = std::nullopt};
}

/// Weights of a pool's items in one activity.
std::vector<Part> parts_of(const ItemInput& in, std::uint32_t activity, bool is_plain,
                           const std::vector<ServiceItemCost>& items) {
    std::vector<Part> parts;
    parts.reserve(items.size());
    for (const ServiceItemCost& item : items) {
        std::int64_t weight = item.weight;
        if (!is_plain) {
            const auto found = in.netted.activity_items.find({activity, item.service_item});
            weight = found == in.netted.activity_items.end() ? 0 : found->second;
        }
        parts.push_back(
            {.weight = weight, .key = in.month.service_items[item.service_item.index()].code});
    }
    return parts;
}

/// The cost of activities by days or visits, in one line for each of the two.
void add_stays(const ActivityResult& activity, std::vector<ServiceItemCost>& items) {
    auto line = std::find_if(items.begin(), items.end(), [&](const ServiceItemCost& item) {
        return item.stays == activity.measure;
    });
    if (line == items.end()) {
        items.push_back({.service_item = {},
                         .quantity = Quantity::from_raw(activity.use / 10'000),
                         .weight = activity.is_whole() ? activity.use : 0,
                         .charge = Money(),
                         .cost = Money(),
                         .unit_cost = std::nullopt,
                         .stays = activity.measure});
        line = items.end() - 1;
    }
    line->cost += activity.used_cost();
}

void fill(const ItemInput& in, PoolResult& pool) {
    const Measuring::Span& span = in.measuring.of(pool.department, pool.kind);
    std::vector<ServiceItemCost> stays;
    for (std::uint32_t at = span.first; at < span.first + span.count; ++at) {
        const ActivityResult& activity = in.activities[at];
        if (activity.is_of_stays()) {
            add_stays(activity, stays);
            continue;
        }
        const auto parts = parts_of(in, at, span.is_plain, pool.items);
        const auto shares = apportion(activity.use == 0 ? Money() : activity.used_cost(), parts);
        YUANLIU_CHECK(shares.has_value());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            pool.items[i].cost += (*shares)[i];
            if (activity.is_whole()) {
                pool.items[i].weight = parts[i].weight;
            }
        }
    }
    pool.items.insert(pool.items.end(), stays.begin(), stays.end());
    for (ServiceItemCost& item : pool.items) {
        item.unit_cost = unit_cost_of(item.cost, item.quantity);
    }
}

}  // namespace

void cost_items(const ItemInput& input, std::vector<PoolResult>& pools) {
    std::map<std::pair<DepartmentId, PoolKind>, std::vector<ServiceItemCost>> by_pool;
    for (const ItemUse& use : input.netted.items) {
        const ServiceItem& item = input.month.service_items[use.service_item.index()];
        by_pool[{use.department, pool_of(item.kind)}].push_back(shown(use));
    }
    for (PoolResult& pool : pools) {
        pool.items = std::move(by_pool[{pool.department, pool.kind}]);
        fill(input, pool);
    }
}

std::vector<HospitalItemCost> sum_hospital_items(const Month& month,
                                                 const std::vector<PoolResult>& pools) {
    std::map<ServiceItemId, HospitalItemCost> sums;
    for (std::size_t i = 0; i < month.service_items.size(); ++i) {
        const ServiceItem& item = month.service_items[i];
        if (item.kind == ServiceKind::service && item.usable) {
            sums[ServiceItemId(i)] = {};
        }
    }
    for (const PoolResult& pool : pools) {
        for (const ServiceItemCost& item : pool.items) {
            if (pool.kind == PoolKind::service && !item.stays) {
                HospitalItemCost& sum = sums[item.service_item];
                ++sum.departments;
                sum.quantity += item.quantity;
                sum.charge += item.charge;
                sum.cost += item.cost;
            }
        }
    }
    std::vector<HospitalItemCost> out;
    for (auto& [item, sum] : sums) {
        sum.service_item = item;
        sum.unit_cost = unit_cost_of(sum.cost, sum.quantity);
        out.push_back(sum);
    }
    return out;
}

std::vector<Finding> find_unmeasured(const ItemInput& input) {
    std::vector<Finding> findings;
    for (const ItemUse& use : input.netted.items) {
        const ServiceItem& item = input.month.service_items[use.service_item.index()];
        const Measuring::Span& span = input.measuring.of(use.department, pool_of(item.kind));
        if (span.is_plain || use.quantity <= 0) {
            continue;
        }
        bool by_rows = false;
        bool is_measured = false;
        for (std::uint32_t at = span.first; at < span.first + span.count; ++at) {
            by_rows = by_rows || !input.activities[at].is_of_stays();
            is_measured = is_measured || input.measuring.measures(at, use.service_item);
        }
        if (by_rows && !is_measured) {
            findings.push_back(
                {.code = FindingCode::item_without_measure,
                 .severity = Severity::warn,
                 .where = {.file = "charge_lines.csv", .row = 0, .column = "service_item"},
                 .arguments = {input.month.departments[use.department.index()].code, item.code,
                               Quantity::from_raw(use.quantity).trimmed()}});
        }
    }
    return findings;
}

}  // namespace yuanliu::costing
