// Largest remainder with ties to the larger weight, then to the smaller key.
#include "splitters.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace yuanliu_verify {

std::vector<Fen> apportion(Fen total, const std::vector<Int128>& weights) {
    std::vector<Fen> shares(weights.size(), 0);
    const Int128 sum = std::accumulate(weights.begin(), weights.end(), Int128{0});
    if (total == 0 || sum == 0) {
        return shares;
    }
    const Fen size = total < 0 ? -total : total;
    Fen left = size;
    std::vector<Int128> remainders(weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Int128 product = multiply(size, weights[i]);
        shares[i] = static_cast<Fen>(product / sum);
        remainders[i] = product % sum;
        left -= shares[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto before = [&](std::size_t a, std::size_t b) {
        return std::make_tuple(-remainders[a], -weights[a], a) <
               std::make_tuple(-remainders[b], -weights[b], b);
    };
    const auto takers = order.begin() + left;
    std::partial_sort(order.begin(), takers, order.end(), before);
    for (auto taker = order.begin(); taker != takers; ++taker) {
        ++shares[*taker];
    }
    if (total < 0) {
        for (Fen& share : shares) {
            share = -share;
        }
    }
    return shares;
}

}  // namespace yuanliu_verify
