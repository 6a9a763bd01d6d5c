// Why this file: see analysis.hpp. Worked example of a break-even: revenue 225 · 100, variable cost
// 225 · 20, fixed 18,000 yuan: margin 18,000, so 18,000 · 225 ÷ 18,000 = 225 cases and 22,500 yuan
// of revenue.
#include "costing/profit/analysis.hpp"

#include <algorithm>

namespace yuanliu::costing::profit {
namespace {

constexpr std::int64_t kScale4 = 10'000;

RelativeWeight weight_at(std::int64_t tenths) {
    return RelativeWeight::from_raw(tenths * 1'000'000);
}

/// a · b, or nothing beyond 128 bits.
std::optional<Int128> wide_product(std::optional<Int128> a, Int128 b) {
    Int128 result = 0;
    if (!a || __builtin_mul_overflow(*a, b, &result)) {
        return std::nullopt;
    }
    return result;
}

/// ⌊√x⌋ of x ≥ 0.
std::int64_t root_of(Int128 x) {
    Int128 low = 0;
    Int128 high = Int128{3'037'000'499} * 3'037'000'499;  // below 2^63
    while (low < high) {
        const Int128 middle = (low + high + 1) / 2;
        if (middle <= x / middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return static_cast<std::int64_t>(low);
}

std::int64_t ceiling(Int128 numerator, Int128 denominator) {
    const Int128 whole = numerator / denominator;
    return narrowed(whole + (numerator % denominator > 0 ? 1 : 0));
}

}  // namespace

AnalysisRules default_analysis_rules() {
    AnalysisRules rules;
    std::int64_t from = 0;
    for (const std::int64_t to : {5, 10, 20, 50}) {
        rules.bands.push_back({.from = weight_at(from), .to = weight_at(to)});
        from = to;
    }
    rules.bands.push_back({.from = weight_at(from)});
    return rules;
}

std::int64_t RunningShare::until() const {
    if (!share_.exists()) {
        YUANLIU_CHECK(running_.is_zero());
        return 0;
    }
    return rounded_half_away(Int128{running_.raw()} * share_.part.raw(), share_.whole.raw());
}

Money RunningShare::next(Money amount) {
    const std::int64_t before = until();
    running_ += amount;
    return Money::from_raw(until() - before);
}

std::optional<BreakEven> break_even(Money revenue, Money margin, Money fixed, std::int64_t volume) {
    if (volume <= 0 || margin.raw() <= 0) {
        return std::nullopt;
    }
    const Int128 needed = Int128{fixed.raw()} * volume;
    return BreakEven{
        .volume = Quantity::from_raw(rounded_half_away(needed * kScale4, margin.raw())),
        .whole_volume = ceiling(needed, margin.raw()),
        .revenue =
            Money::from_raw(rounded_half_away(Int128{fixed.raw()} * revenue.raw(), margin.raw()))};
}

std::optional<Rate> rate_of(Money part, Money whole) {
    if (whole.raw() <= 0) {
        return std::nullopt;
    }
    return Rate::from_raw(rounded_half_away(Int128{part.raw()} * kScale4, whole.raw()));
}

std::optional<std::int64_t> median(std::vector<std::int64_t> values) {
    if (values.empty()) {
        return std::nullopt;
    }
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half]
                                  : rounded_half_away(Int128{values[half - 1]} + values[half], 2);
}

std::optional<std::int64_t> threshold_of(const Threshold& threshold,
                                         std::vector<std::int64_t> values) {
    return threshold.fixed ? threshold.fixed : median(std::move(values));
}

Quadrant quadrant_of(std::int64_t first, std::int64_t first_threshold, std::int64_t second,
                     std::int64_t second_threshold) {
    const bool is_second_high = second >= second_threshold;
    if (first >= first_threshold) {
        return is_second_high ? Quadrant::high_high : Quadrant::high_low;
    }
    return is_second_high ? Quadrant::low_high : Quadrant::low_low;
}

Advice advise(const GroupFigures& figures, const AdviceRules& rules) {
    if (figures.cases < rules.few_cases || !figures.margin_rate) {
        return Advice::watch;
    }
    const bool contributes = !figures.contribution || figures.contribution->raw() > 0;
    const bool is_spared = rules.give_up_only_without_contribution && contributes;
    if (*figures.margin_rate <= rules.give_up_margin && figures.weight < rules.give_up_weight &&
        !is_spared) {
        return Advice::give_up;
    }
    if (*figures.margin_rate >= rules.bring_in_margin && figures.weight >= rules.bring_in_weight) {
        return Advice::bring_in;
    }
    return figures.margin_rate->raw() < 0 ? Advice::adjust : Advice::keep;
}

std::optional<Spread> spread_of(std::span<const Money> amounts) {
    if (amounts.size() < 2) {
        return std::nullopt;
    }
    const auto n = static_cast<Int128>(amounts.size());
    Int128 sum = 0;
    std::optional<Int128> squares = 0;
    for (const Money amount : amounts) {
        sum += amount.raw();
        const Int128 square = Int128{amount.raw()} * amount.raw();
        Int128 next = 0;
        if (__builtin_add_overflow(*squares, square, &next)) {
            return std::nullopt;
        }
        squares = next;
    }
    const auto sum_squared = wide_product(sum, sum);
    const auto scaled = wide_product(squares, n);
    if (!sum_squared || !scaled) {
        return std::nullopt;
    }
    const Int128 numerator = *scaled - *sum_squared;    // n · Σ(x − mean)²
    const auto wide = wide_product(numerator, 38'416);  // 1.96² = 3.8416
    if (!wide) {
        return std::nullopt;
    }
    return Spread{.mean = Money::from_raw(rounded_half_away(sum, n)),
                  .deviation = Money::from_raw(root_of(numerator / (n * (n - 1)))),
                  .half_width = Money::from_raw(root_of(*wide / (kScale4 * n * n * (n - 1))))};
}

std::vector<Money> mean_parts(std::span<const Money> sums, std::int64_t count) {
    std::vector<Money> means;
    Money running;
    std::int64_t before = 0;
    for (const Money sum : sums) {
        running += sum;
        const std::int64_t until = rounded_half_away(running.raw(), count);
        means.push_back(Money::from_raw(until - before));
        before = until;
    }
    return means;
}

std::int64_t months_over(std::span<const MonthAgainstStandard> months) {
    const auto last_within = std::find_if(
        months.rbegin(), months.rend(),
        [](const MonthAgainstStandard& month) { return month.amount <= month.standard; });
    return last_within - months.rbegin();
}

std::optional<std::size_t> main_part(std::span<const Money> parts) {
    Money whole;
    for (const Money part : parts) {
        whole += part;
    }
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::int64_t towards = whole.raw() < 0 ? -parts[i].raw() : parts[i].raw();
        const std::int64_t best =
            !found ? 0 : (whole.raw() < 0 ? -parts[*found].raw() : parts[*found].raw());
        found = !whole.is_zero() && towards > best ? i : found;
    }
    return found;
}

std::size_t band_of(RelativeWeight weight, std::span<const WeightBand> bands) {
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (!bands[i].to || weight < *bands[i].to) {
            return i;
        }
    }
    return bands.size() - 1;
}

}  // namespace yuanliu::costing::profit
