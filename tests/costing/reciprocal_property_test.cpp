// Why this file: the reciprocal method against the equations solved in exact fractions, which share
// nothing with the engine: neither its shares, nor its solver, nor its rounding.
#include <gtest/gtest.h>
// RapidCheck's header needs GoogleTest's before it.
#include <rapidcheck/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>

#include "costing/allocate/reciprocal_flow.hpp"
#include "network_month.hpp"

namespace yuanliu::costing {
namespace {

using namespace network_month;  // NOLINT(google-build-using-namespace): a test's own vocabulary
using Integer = boost::multiprecision::cpp_int;
using Fraction = boost::multiprecision::cpp_rational;
using Fractions = std::vector<Fraction>;

/// x of (I - P transposed) x = held, by elimination; use[s][t] = what part of s goes to t.
Fractions solved(const std::vector<Fractions>& use, const Fractions& held) {
    const std::size_t n = held.size();
    std::vector<Fractions> rows(n, Fractions(n + 1));
    for (std::size_t t = 0; t < n; ++t) {
        for (std::size_t s = 0; s < n; ++s) {
            rows[t][s] = Fraction(s == t ? 1 : 0) - use[s][t];
        }
        rows[t][n] = held[t];
    }
    for (std::size_t i = 0; i < n; ++i) {
        const auto pivot = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end(),
                                        [&](const Fractions& row) { return row[i] != 0; });
        std::swap(rows[i], *pivot);
        for (std::size_t r = 0; r < n; ++r) {
            if (r == i || rows[r][i] == 0) {
                continue;
            }
            const Fraction times = rows[r][i] / rows[i][i];
            for (std::size_t c = i; c <= n; ++c) {
                rows[r][c] -= times * rows[i][c];
            }
        }
    }
    Fractions x(n);
    for (std::size_t i = 0; i < n; ++i) {
        x[i] = rows[i][n] / rows[i][i];
    }
    return x;
}

/// Part of each sender's total that goes to each department, straight from the readings.
std::vector<Fractions> parts_used(const Network& network, bool self_service) {
    const std::size_t all = network.senders + network.receivers;
    std::vector<Fractions> use(network.senders, Fractions(all));
    for (const DriverReading& reading : network.month.driver_readings) {
        if (self_service || reading.sender != reading.department) {
            use[reading.sender.index()][reading.department.index()] = reading.value.raw();
        }
    }
    for (Fractions& row : use) {
        Fraction sum = 0;
        for (const Fraction& value : row) {
            sum += value;
        }
        for (Fraction& value : row) {
            value /= sum;
        }
    }
    return use;
}

bool is_near(const Fraction& exact, std::int64_t fen) {
    return abs(exact - fen) <= Fraction(1) + Fraction(1, 1024);
}

RC_GTEST_PROP(Reciprocal, every_transfer_and_receiver_is_within_one_fen_of_the_exact_one, ()) {
    const Network network = random_network(*rc::gen::element<std::int64_t>(4, 60, 100'000));
    const bool self_service = *rc::gen::arbitrary<bool>();
    const Allocation out = run(network.month, one_stage(StageMethod::reciprocal, self_service));
    const auto use = parts_used(network, self_service);
    std::map<std::tuple<std::size_t, std::size_t, std::size_t, FundSource>, std::int64_t> moved;
    for (const TransferRow& row : out.transfers) {
        moved[{row.sender.index(), row.receiver.index(), row.cost_item.index(), row.fund}] +=
            row.cost.raw();
    }
    for (std::size_t item = 0; item < network.month.cost_items.size(); ++item) {
        for (std::size_t fund = 0; fund < 3; ++fund) {
            const CellKey key{.cost_item = CostItemId(item),
                              .fund = static_cast<FundSource>(fund),
                              .origin = Origin::direct};
            Fractions held(network.senders);
            for (std::size_t s = 0; s < network.senders; ++s) {
                held[s] = out.direct.of(DepartmentId(s))[Balances::index_of(key)].raw();
            }
            const Fractions gross = solved(use, held);
            for (std::size_t t = 0; t < network.senders + network.receivers; ++t) {
                Fraction arrives = 0;
                std::int64_t arrived = 0;
                for (std::size_t s = 0; s < network.senders; ++s) {
                    if (s != t) {
                        const Fraction exact = gross[s] * use[s][t];
                        RC_ASSERT(is_near(exact, moved[{s, t, item, key.fund}]));
                        arrives += exact;
                        arrived += moved[{s, t, item, key.fund}];
                    }
                }
                RC_ASSERT(t < network.senders || is_near(arrives, arrived));
            }
        }
    }
}

/// A network that no readings could give: shares of any size, up to nearly no way out.
ServiceNetwork raw_network(std::size_t senders) {
    ServiceNetwork network;
    network.senders = senders;
    network.nodes = senders + 1;
    const auto leak_bits = *rc::gen::inRange(0, 30);
    for (std::size_t s = 0; s < senders; ++s) {
        network.first_edge.push_back(network.target.size());
        std::int64_t left = kWholeShare - (kWholeShare >> leak_bits);
        for (std::uint32_t t = 0; t < senders; ++t) {
            const std::int64_t share = *rc::gen::inRange<std::int64_t>(0, left / 2 + 1);
            left -= share;
            if (t == s) {
                network.own_share.push_back(share);
            } else if (share > 0) {
                network.target.push_back(t);
                network.share.push_back(share);
            }
        }
        std::int64_t rest = kWholeShare - network.own_share[s];
        for (std::size_t e = network.first_edge[s]; e < network.target.size(); ++e) {
            rest -= network.share[e];
        }
        network.target.push_back(static_cast<std::uint32_t>(senders));
        network.share.push_back(rest);
    }
    network.first_edge.push_back(network.target.size());
    return network;
}

Fraction fraction_of(Int128 value) {
    const bool negative = value < 0;
    const Int128 size = negative ? -value : value;
    Integer whole = static_cast<std::uint64_t>(size >> 64);
    whole = (whole << 64) + static_cast<std::uint64_t>(size);
    return negative ? Fraction(-whole) : Fraction(whole);
}

RC_GTEST_PROP(Reciprocal, gross_totals_are_the_rational_solution_rounded, ()) {
    const ServiceNetwork network = raw_network(*rc::gen::inRange<std::size_t>(1, 7));
    const std::size_t n = network.senders;
    FenColumn held;
    Fractions exact_held;
    for (std::size_t s = 0; s < n; ++s) {
        held.push_back(*rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000));
        exact_held.emplace_back(held.back());
    }
    const auto totals = gross_totals(network, std::vector<bool>(n, true), {held});
    RC_PRE(totals.has_value());
    std::vector<Fractions> use(n, Fractions(n));
    for (std::size_t s = 0; s < n; ++s) {
        use[s][s] = Fraction(network.own_share[s], kWholeShare);
        for (std::size_t e = network.first_edge[s]; e < network.first_edge[s + 1]; ++e) {
            if (network.target[e] < n) {
                use[s][network.target[e]] = Fraction(network.share[e], kWholeShare);
            }
        }
    }
    const Fractions exact = solved(use, exact_held);
    for (std::size_t s = 0; s < n; ++s) {
        const Fraction off = abs(fraction_of((*totals)[0][s]) - exact[s] * (1 << kFineBits));
        RC_ASSERT(off <= Fraction(1, 2) + Fraction(1, 1 << 24));
    }
}

}  // namespace
}  // namespace yuanliu::costing
