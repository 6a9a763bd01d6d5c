// Why this file: see division.hpp, [RULE COST-011].
#include "costing/patient/division.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <tuple>

#include "costing/base/apportion.hpp"

namespace yuanliu::costing {
namespace {

using Sums = std::array<Money, kComponents>;

void settle(const Sums& sums, ActivityResult& activity) {
    for (std::size_t rank = 0; rank < kComponents; ++rank) {
        if (!sums[rank].is_zero()) {
            activity.component_ranks.push_back(static_cast<std::uint8_t>(rank));
            activity.component_costs.push_back(sums[rank]);
            activity.cost += sums[rank];
        }
    }
}

/// One department's pool that is divided.
class Division {
  public:
    Division(const DivisionInput& input, const DepartmentMethod& method, const PoolResult& pool,
             std::span<ActivityResult> activities, std::vector<Finding>& findings)
        : input_(input),
          by_units_(method.method == ItemMethod::cost_to_charge),
          pool_(pool),
          department_(input.month.departments[pool.department.index()]),
          activities_(activities),
          sums_(activities.size()),
          findings_(findings) {
        for (std::size_t i = 0; i < activities.size(); ++i) {
            if (!activities[i].is_traced()) {
                untraced_.push_back(i);
            }
        }
        const auto cells = input.for_items.of(pool.department);
        cells_.assign(cells.begin(), cells.end());
    }

    void run() {
        take_traced();
        std::map<CostItemId, std::vector<Part>> parts_of;
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            const CellKey key = Balances::key_at(i);
            const CostItem& item = input_.month.cost_items[key.cost_item.index()];
            if (cells_[i].is_zero() || item.traced_to != PoolKind::service) {
                continue;
            }
            auto found = parts_of.find(key.cost_item);
            if (found == parts_of.end()) {
                found = parts_of.emplace(key.cost_item, parts_for(item)).first;
            }
            if (!found->second.empty()) {
                split(cells_[i], component_of(key), found->second, item);
            }
        }
        for (std::size_t i = 0; i < activities_.size(); ++i) {
            settle(sums_[i], activities_[i]);
        }
    }

  private:
    void report(FindingCode code, std::string_view file, std::string column,
                std::vector<std::string> arguments, Severity severity = Severity::stop) {
        arguments.insert(arguments.begin(), department_.code);
        findings_.push_back(
            {.code = code,
             .severity = severity,
             .where = {.file = std::string(file), .row = 0, .column = std::move(column)},
             .arguments = std::move(arguments)});
    }

    [[nodiscard]] std::size_t component_of(const CellKey& key) const {
        return rank_of({.category = input_.month.cost_items[key.cost_item.index()].category,
                        .fund = key.fund,
                        .origin = key.origin});
    }

    /// Direct cost that is known to be of one item; all rows of a cell together may not exceed it.
    void take_traced() {
        std::map<std::pair<CostItemId, FundSource>, Money> taken;
        for (std::size_t i = 0; i < activities_.size(); ++i) {
            for (const TracedCost& row : input_.month.traced_costs) {
                if (activities_[i].is_traced() && row.department == pool_.department &&
                    row.service_item == activities_[i].item) {
                    const CellKey key{row.cost_item, row.fund, Origin::direct};
                    taken[{row.cost_item, row.fund}] += row.amount;
                    sums_[i][component_of(key)] += row.amount;
                }
            }
        }
        for (const auto& [key, amount] : taken) {
            const CostItem& item = input_.month.cost_items[key.first.index()];
            Money& cell = cells_[Balances::index_of({key.first, key.second, Origin::direct})];
            const Money held = item.traced_to == PoolKind::service ? cell : Money();
            if (amount > held) {
                report(FindingCode::traced_cost_exceeds, "traced_costs.csv", "amount",
                       {item.code, std::string(word_of(key.second)), amount.text(), held.text()});
            } else {
                cell -= amount;
            }
        }
    }

    [[nodiscard]] const ResourceRule* rule_for(const CostItem& item) const {
        const auto has = [](const std::vector<std::string>& names, std::string_view name) {
            return std::any_of(names.begin(), names.end(),
                               [&](const std::string& one) { return one == "*" || one == name; });
        };
        const auto& rules = input_.settings.resources;
        const auto found = std::find_if(rules.begin(), rules.end(), [&](const ResourceRule& rule) {
            return names_department(rule.departments, department_) &&
                   has(rule.cost_categories, word_of(item.category)) &&
                   has(rule.cost_items, item.code);
        });
        return found == rules.end() ? nullptr : &*found;
    }

    /// Readings of a driver by untraced activity; a unit is named by its category.
    [[nodiscard]] std::vector<Part> readings(const std::string& driver, Int128& sum) const {
        std::vector<Part> parts;
        for (const std::size_t i : untraced_) {
            const ActivityResult& activity = activities_[i];
            const std::string_view name =
                activity.category ? word_of(*activity.category) : std::string_view(activity.code);
            std::int64_t value = 0;
            for (const ActivityReading& row : input_.month.activity_readings) {
                if (row.department == pool_.department && row.resource_driver == driver &&
                    row.activity == name) {
                    value = row.value.raw();
                }
            }
            parts.push_back({.weight = value, .key = activity.code});
            sum += value;
        }
        return parts;
    }

    /// Weights for a cost item, one for each untraced activity; empty after a stop.
    std::vector<Part> parts_for(const CostItem& item) {
        const ResourceRule* rule = rule_for(item);
        if (rule == nullptr && by_units_) {
            std::vector<Part> parts;
            for (const std::size_t i : untraced_) {
                parts.push_back({.weight = activities_[i].use, .key = activities_[i].code});
            }
            return parts;
        }
        std::string chain;
        for (std::size_t i = 0; rule != nullptr && i < rule->resource_drivers.size(); ++i) {
            const std::string& driver = rule->resource_drivers[i];
            Int128 sum = 0;
            std::vector<Part> parts = readings(driver, sum);
            if (sum > 0) {
                if (i > 0) {
                    report(FindingCode::resource_driver_fell_back, "costing.toml", "resource",
                           {item.code, chain, driver}, Severity::warn);
                }
                return parts;
            }
            chain += (chain.empty() ? "" : ", ") + driver;
        }
        report(FindingCode::resource_driver_missing, "costing.toml", "resource",
               {item.code, chain});
        return {};
    }

    void split(Money cell, std::size_t rank, const std::vector<Part>& parts, const CostItem& item) {
        const auto shares = apportion(cell, parts);
        if (!shares) {
            report(FindingCode::weight_overflow, "activity_readings.csv", "value", {item.code});
            return;
        }
        for (std::size_t i = 0; i < untraced_.size(); ++i) {
            sums_[untraced_[i]][rank] += (*shares)[i];
        }
    }

    const DivisionInput& input_;
    bool by_units_;
    const PoolResult& pool_;
    const Department& department_;
    std::span<ActivityResult> activities_;
    std::vector<Sums> sums_;
    std::vector<std::size_t> untraced_;
    std::vector<Money> cells_;
    std::vector<Finding>& findings_;
};

/// Zero tolerance: the activities of a pool hold its components.
void check_divided(const PoolResult& pool, std::span<const ActivityResult> activities) {
    Sums sums{};
    for (std::size_t k = 0; k < pool.component_ranks.size(); ++k) {
        sums[pool.component_ranks[k]] += pool.component_costs[k];
    }
    for (const ActivityResult& activity : activities) {
        for (std::size_t k = 0; k < activity.component_ranks.size(); ++k) {
            sums[activity.component_ranks[k]] -= activity.component_costs[k];
        }
    }
    YUANLIU_CHECK(std::all_of(sums.begin(), sums.end(), [](Money sum) { return sum.is_zero(); }));
}

}  // namespace

std::vector<Finding> divide_pools(const DivisionInput& input,
                                  std::vector<ActivityResult>& activities) {
    std::vector<Finding> findings;
    const auto methods = methods_of(input.month, input.settings);
    std::size_t at = 0;
    for (const PoolResult& pool : input.pools.list()) {
        const std::size_t first = at;
        while (at < activities.size() && activities[at].department == pool.department &&
               activities[at].kind == pool.kind) {
            ++at;
        }
        const std::span own = std::span(activities).subspan(first, at - first);
        if (own.size() == 1 && own[0].is_whole()) {
            own[0].component_ranks = pool.component_ranks;
            own[0].component_costs = pool.component_costs;
            own[0].cost = pool.cost;
            continue;
        }
        Division(input, methods[pool.department.index()], pool, own, findings).run();
        if (!has_stop(findings)) {
            check_divided(pool, own);
        }
    }
    return findings;
}

}  // namespace yuanliu::costing
