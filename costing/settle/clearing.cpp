// Why this file: see clearing.hpp.
#include "costing/settle/clearing.hpp"

#include <algorithm>
#include <array>

#include "costing/base/apportion.hpp"
#include "costing/base/int128.hpp"

namespace yuanliu::costing::settle {
namespace {

constexpr std::int64_t kWhole = 10'000;  ///< 1 in units of 0.0001

/// Σ share x (what of `booked` lies in the bracket), over the overrun brackets, in 10^-8 fen.
Int128 overrun_part(const std::vector<Bracket>& brackets, Money standard, Money booked) {
    Int128 sum = 0;
    for (const Bracket& bracket : brackets) {
        const Int128 from = Int128{bracket.from.raw()} * standard.raw();
        Int128 upto = Int128{booked.raw()} * kWhole;
        if (bracket.to) {
            upto = std::min(upto, Int128{bracket.to->raw()} * standard.raw());
        }
        if (bracket.pays == BracketPays::overrun_share && upto > from) {
            sum += (upto - from) * bracket.share.raw();
        }
    }
    return sum;
}

}  // namespace

Money bracket_payment(const std::vector<Bracket>& brackets, Money standard, Money booked,
                      std::size_t& bracket) {
    bracket = 0;
    if (standard.raw() <= 0) {
        return standard;
    }
    const auto found =
        std::find_if(brackets.begin(), brackets.end(), [&](const Bracket& candidate) {
            return !candidate.to ||
                   Int128{booked.raw()} * kWhole <= Int128{candidate.to->raw()} * standard.raw();
        });
    if (found == brackets.end()) {
        return standard;
    }
    bracket = static_cast<std::size_t>(found - brackets.begin()) + 1;
    switch (found->pays) {
        case BracketPays::booked:
            return booked;
        case BracketPays::standard:
            return standard;
        case BracketPays::surplus_share:
            return booked + Money::from_raw(rounded_half_away(
                                Int128{(standard - booked).raw()} * found->share.raw(), kWhole));
        case BracketPays::overrun_share:
            return standard +
                   Money::from_raw(rounded_half_away(overrun_part(brackets, standard, booked),
                                                     Int128{kWhole} * kWhole));
    }
    return standard;
}

ClearingOutcome clear_year(const Clearing& clearing, const Payer& payer,
                           std::vector<ClearedCase> cases) {
    ClearingOutcome outcome{.clearing = &clearing};
    std::vector<Part> parts;
    for (const ClearedCase& cleared : cases) {
        outcome.points += cleared.points;
        parts.push_back({.weight = cleared.points.raw(), .key = cleared.encounter});
    }
    const std::array<Part, 2> hospitals{
        Part{.weight = outcome.points.raw(), .key = "1 ours"},
        Part{.weight = clearing.other_points.raw(), .key = "2 other"}};
    const auto by_hospital = apportion(clearing.fund, hospitals);
    YUANLIU_CHECK(by_hospital.has_value());
    outcome.base = by_hospital->front();
    outcome.appraised = Money::from_raw(
        rounded_half_away(Int128{outcome.base.raw()} * clearing.appraisal.raw(), kWhole));
    outcome.payable = clearing.booked ? bracket_payment(payer.brackets, outcome.appraised,
                                                        *clearing.booked, outcome.bracket)
                                      : outcome.appraised;
    auto shares = apportion(outcome.payable, parts);
    YUANLIU_CHECK(shares.has_value());
    outcome.shares = std::move(*shares);
    outcome.cases = std::move(cases);
    return outcome;
}

}  // namespace yuanliu::costing::settle
