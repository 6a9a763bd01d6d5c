// Why this file: largest-remainder splitting, [RULE BASE-001]; the laws stand in the header.
#include "costing/base/apportion.hpp"

#include <algorithm>
#include <numeric>

namespace yuanliu {
namespace {

constexpr Int128 kMaxWeightSum = Int128{1} << 62;

Result<std::int64_t> checked_weight_sum(Money total, std::span<const Part> parts) {
    Int128 sum = 0;
    for (const Part& part : parts) {
        if (part.weight < 0) {
            return fail(ErrorCode::weight_is_negative, std::string(part.key));
        }
        sum += part.weight;
    }
    if (sum > kMaxWeightSum) {
        return fail(ErrorCode::weight_overflow);
    }
    if (!total.is_zero() && parts.empty()) {
        return fail(ErrorCode::parts_are_empty);
    }
    if (!total.is_zero() && sum == 0) {
        return fail(ErrorCode::driver_total_is_zero);
    }
    return static_cast<std::int64_t>(sum);
}

bool has_duplicate_key(std::span<const Part> parts) {
    std::vector<std::string_view> keys;
    keys.reserve(parts.size());
    for (const Part& part : parts) {
        keys.push_back(part.key);
    }
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

}  // namespace

Result<std::vector<Money>> apportion(Money total, std::span<const Part> parts) {
    const auto weight_sum = checked_weight_sum(total, parts);
    if (!weight_sum) {
        return tl::unexpected(weight_sum.error());
    }
    if (has_duplicate_key(parts)) {
        return fail(ErrorCode::duplicate_part_key);
    }
    std::vector<Money> shares(parts.size());
    if (total.is_zero()) {
        return shares;
    }
    // Split the absolute value and put the sign back: a reversal then cancels its original fen by
    // fen.
    const bool negative = total.raw() < 0;
    const Int128 absolute = negative ? -Int128{total.raw()} : Int128{total.raw()};
    std::vector<std::int64_t> floors(parts.size());
    std::vector<std::int64_t> remainders(parts.size());
    Int128 left = absolute;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Int128 product = absolute * parts[i].weight;
        floors[i] = narrowed(product / *weight_sum);
        remainders[i] = narrowed(product % *weight_sum);
        left -= floors[i];
    }
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (remainders[a] != remainders[b]) {
            return remainders[a] > remainders[b];
        }
        if (parts[a].weight != parts[b].weight) {
            return parts[a].weight > parts[b].weight;
        }
        return parts[a].key < parts[b].key;
    });
    YUANLIU_CHECK(left >= 0 && left < static_cast<Int128>(parts.size()));
    for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) {
        ++floors[order[i]];
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        shares[i] = Money::from_raw(negative ? -floors[i] : floors[i]);
    }
    return shares;
}

}  // namespace yuanliu
