// Why this file: largest-remainder splitting, [RULE BASE-001]; the laws stand in the header.
#include "costing/base/apportion.hpp"

#include <algorithm>
#include <numeric>

namespace yuanliu {
namespace {

constexpr Int128 kMostWeightInAll = Int128{1} << 62;

std::vector<std::size_t> order_by_key(std::span<const Part> parts) {
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return parts[a].key < parts[b].key; });
    return order;
}

/// Sum of the weights; errors in the order of ErrorCode, each about the smallest key it concerns.
Result<std::int64_t> checked_weight_sum(Money total, std::span<const Part> parts,
                                        std::span<const std::size_t> by_key) {
    Int128 sum = 0;
    for (const std::size_t i : by_key) {
        if (parts[i].weight < 0) {
            return fail(ErrorCode::weight_is_negative, std::string(parts[i].key));
        }
        sum += parts[i].weight;
    }
    for (std::size_t i = 1; i < by_key.size(); ++i) {
        if (parts[by_key[i - 1]].key == parts[by_key[i]].key) {
            return fail(ErrorCode::duplicate_part_key, std::string(parts[by_key[i]].key));
        }
    }
    if (!total.is_zero() && parts.empty()) {
        return fail(ErrorCode::parts_are_empty);
    }
    if (!total.is_zero() && sum == 0) {
        return fail(ErrorCode::driver_total_is_zero);
    }
    if (sum > kMostWeightInAll) {
        return fail(ErrorCode::weight_overflow);
    }
    return static_cast<std::int64_t>(sum);
}

}  // namespace

Result<std::vector<Money>> apportion(Money total, std::span<const Part> parts) {
    std::vector<std::size_t> order = order_by_key(parts);
    const auto weight_sum = checked_weight_sum(total, parts, order);
    if (!weight_sum) {
        return tl::unexpected(weight_sum.error());
    }
    if (total.is_zero()) {
        return std::vector<Money>(parts.size());
    }
    // Division cuts toward zero whatever the sign, so a reversal cancels its original fen by fen.
    const std::int64_t one_fen = total.raw() < 0 ? -1 : 1;
    std::vector<std::int64_t> shares(parts.size());
    std::vector<std::int64_t> remainders(parts.size());  // of the absolute product
    Int128 left = total.raw();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Int128 product = Int128{total.raw()} * parts[i].weight;
        shares[i] = narrowed(product / *weight_sum);
        remainders[i] = narrowed(product % *weight_sum) * one_fen;
        left -= shares[i];
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (remainders[a] != remainders[b]) {
            return remainders[a] > remainders[b];
        }
        if (parts[a].weight != parts[b].weight) {
            return parts[a].weight > parts[b].weight;
        }
        return parts[a].key < parts[b].key;
    });
    const Int128 awards = left * one_fen;
    YUANLIU_CHECK(awards >= 0 && awards < static_cast<Int128>(parts.size()));
    for (std::size_t i = 0; i < static_cast<std::size_t>(awards); ++i) {
        shares[order[i]] += one_fen;
    }
    std::vector<Money> result(parts.size());
    std::transform(shares.begin(), shares.end(), result.begin(), Money::from_raw);
    return result;
}

}  // namespace yuanliu
