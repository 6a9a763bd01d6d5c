// Matches rules, gathers targets, walks the chain of drivers.
#include "basis.hpp"

#include <algorithm>
#include <numeric>

#include "report.hpp"

namespace yuanliu_verify {

namespace {}  // namespace

const ResolvedRule& Chooser::rule_for(const PoolOf& pool) const {
    const auto matches = [&](const ResolvedRule& candidate) {
        const AllocationRule& rule = *candidate.rule;
        return candidate.senders.contains(pool.sender) &&
               lists(rule.cost_categories, kCategories[books_.cost_item[pool.item].category]) &&
               lists(rule.cost_items, books_.cost_items.code(pool.item)) &&
               lists(rule.fund_sources, kFunds[pool.fund]) &&
               (rule.from.empty() || rule.from <= books_.period) &&
               (rule.until.empty() || books_.period <= rule.until);
    };
    const auto found = std::find_if(stage_.rules.begin(), stage_.rules.end(), matches);
    if (found == stage_.rules.end()) {
        throw Refusal("derivation: plan_rule_missing for sender " +
                      books_.departments.code(pool.sender));
    }
    return *found;
}

Departments Chooser::targets(const PoolOf& pool, const ResolvedRule& rule, Reach reach) const {
    Departments all;
    if (reach != Reach::kReceivers) {
        all = stage_.senders;
    }
    if (reach == Reach::kLater) {
        const auto self = std::find(stage_.order.begin(), stage_.order.end(), pool.sender);
        all.assign(self + 1, stage_.order.end());
    }
    if (reach != Reach::kPeers) {
        all.insert(all.end(), stage_.receivers.begin(), stage_.receivers.end());
    }
    std::sort(all.begin(), all.end());
    Departments kept;
    for (const std::uint32_t target : all) {
        if ((target != pool.sender || reach == Reach::kNetwork) &&
            (!rule.receivers || rule.receivers->contains(target)) &&
            !rule.except_receivers.contains(target)) {
            kept.push_back(target);
        }
    }
    return kept;
}

Basis Chooser::basis_of(const PoolOf& pool, const ResolvedRule& rule, const std::string& driver,
                        Reach reach) const {
    Basis basis{driver, targets(pool, rule, reach), {}, 0};
    basis.bases = readings_.bases(driver, pool.sender, basis.targets);
    basis.total = std::accumulate(basis.bases.begin(), basis.bases.end(), Int128{0});
    if (basis.total > (Int128{1} << 62)) {
        throw Refusal("derivation: weight_overflow of driver " + driver);
    }
    return basis;
}

std::optional<Basis> Chooser::find(const PoolOf& pool, Reach reach) const {
    const ResolvedRule& rule = rule_for(pool);
    for (const std::string& driver : rule.rule->drivers) {
        Basis basis = basis_of(pool, rule, driver, reach);
        if (basis.total > 0) {
            return basis;
        }
    }
    return std::nullopt;
}

Basis Chooser::need(const PoolOf& pool, Reach reach) const {
    std::optional<Basis> basis = find(pool, reach);
    if (!basis) {
        throw Refusal("derivation: driver_total_is_zero for sender " +
                      books_.departments.code(pool.sender));
    }
    return std::move(*basis);
}

Basis Chooser::again_over_receivers(const PoolOf& pool) const {
    const Basis first = need(pool, Reach::kBoth);
    Basis basis = basis_of(pool, rule_for(pool), first.driver, Reach::kReceivers);
    if (basis.total == 0) {
        throw Refusal("derivation: driver_total_is_zero over the receivers for sender " +
                      books_.departments.code(pool.sender));
    }
    return basis;
}

}  // namespace yuanliu_verify
