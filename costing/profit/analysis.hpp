// Why this file: the arithmetic of the analysis of profit (docs/profit.md §3-7), on sums that are
// made already: shares borne by cases, break-even, medians, quadrants, advice, alerts, spread.
// Exact: whole fen and whole units of a stated scale, rounded once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "costing/base/money.hpp"
#include "costing/profit/analysis_rules.hpp"

namespace yuanliu::costing::profit {

/// A share as a fraction of sums, such as variable ÷ full cost of a cost category.
struct CostShare {
    Money part;
    Money whole;
    [[nodiscard]] bool exists() const { return !whole.is_zero(); }
};

/// What of a list of amounts, taken one after another, is the share: entry i gets ⌊P_i · part ÷
/// whole⌉ − ⌊P_(i−1) · part ÷ whole⌉, P being the running sum; so the entries sum to ⌊sum · part ÷
/// whole⌉ whatever the signs. Call next() in the order of the list. Of a whole of zero only
/// amounts of zero are allowed.
class RunningShare {
  public:
    explicit RunningShare(CostShare share) : share_(share) {}
    Money next(Money amount);

  private:
    [[nodiscard]] std::int64_t until() const;
    CostShare share_;
    Money running_;
};

/// 保本点 (costing.md §7): fixed ÷ (margin ÷ volume), margin = revenue − variable cost. `volume` at
/// scale 4, rounded; `whole_volume` the first whole number that covers the fixed cost; `revenue`
/// fixed ÷ (margin ÷ revenue). None: the margin of one is not above zero (无保本点), or no volume.
struct BreakEven {
    Quantity volume;
    std::int64_t whole_volume = 0;
    Money revenue;
};
[[nodiscard]] std::optional<BreakEven> break_even(Money revenue, Money margin, Money fixed,
                                                  std::int64_t volume);

/// part ÷ whole at scale 4; none of a whole that is not above zero.
[[nodiscard]] std::optional<Rate> rate_of(Money part, Money whole);

/// The middle value, of an even number of values ⌊half the sum of the middle two⌉; none of none.
[[nodiscard]] std::optional<std::int64_t> median(std::vector<std::int64_t> values);

/// The fixed value, or the median of the values; none: the median of no values.
[[nodiscard]] std::optional<std::int64_t> threshold_of(const Threshold& threshold,
                                                       std::vector<std::int64_t> values);

enum class Quadrant : std::uint8_t { high_high, high_low, low_high, low_low };
/// `first` and `second` are high from their threshold on.
[[nodiscard]] Quadrant quadrant_of(std::int64_t first, std::int64_t first_threshold,
                                   std::int64_t second, std::int64_t second_threshold);

/// 引 · 调 · 退, 保持 and 观察 (too few cases to say).
enum class Advice : std::uint8_t { bring_in, adjust, give_up, keep, watch };
/// What an advice is given from.
struct GroupFigures {
    std::int64_t cases = 0;
    RelativeWeight weight;              ///< of the group
    std::optional<Rate> margin_rate;    ///< real margin ÷ payment
    std::optional<Money> contribution;  ///< 边际: none when the result doesn't know it
};
/// Few cases or no payment: watch. Margin rate at or below give_up_margin and weight below
/// give_up_weight: give up, unless it still contributes and the rules spare such groups. At or
/// above bring_in_margin and bring_in_weight: bring in. Below zero: adjust. Else keep.
[[nodiscard]] Advice advise(const GroupFigures& figures, const AdviceRules& rules);

/// Mean, spread and 95 % interval of amounts: mean = ⌊Σx ÷ n⌉; sd = ⌊√(Σ(x − Σx/n)² ÷ (n − 1))⌋
/// fen; half-width = ⌊1.96 · √(variance ÷ n)⌋ fen, both from the exact fraction. None of fewer
/// than two amounts, or of amounts beyond 128 bits.
struct Spread {
    Money mean;
    Money deviation;
    Money half_width;
};
[[nodiscard]] std::optional<Spread> spread_of(std::span<const Money> amounts);

/// The mean of each part so that the means sum to ⌊sum of all ÷ count⌉: part k gets the difference
/// of the rounded means of nested prefixes. Count is above zero.
[[nodiscard]] std::vector<Money> mean_parts(std::span<const Money> sums, std::int64_t count);

/// One month of a group, for alerts; a month without cases is left out by the caller.
struct MonthAgainstStandard {
    Money amount;    ///< charges or cost
    Money standard;  ///< payment
};
/// How many months, counted back from the last, lie above the standard without a break.
[[nodiscard]] std::int64_t months_over(std::span<const MonthAgainstStandard> months);

/// The index of the part that goes furthest in the direction of the whole; none when all are zero
/// or the whole is. Ties: the first.
[[nodiscard]] std::optional<std::size_t> main_part(std::span<const Money> parts);

/// The index of the band of a weight.
[[nodiscard]] std::size_t band_of(RelativeWeight weight, std::span<const WeightBand> bands);

}  // namespace yuanliu::costing::profit
