// Why this file: every formula of docs/method.md §7 as one fraction of whole numbers, rounded once.
// [RULE DIP-002] With S = score, H = hospital coefficient, R = high ratio, each in units of 0.0001,
// and C = charge, F = reference charge in fen, the points in units of 0.0001 are
//   normal  S*H / 10^4
//   low     S*H*C / (10^4 * F)
//   high    S*H*(C*10^4 - (R - 10^4)*F) / (10^4 * 10^4 * F)
// because charge/reference - R/10^4 + 1 = (C*10^4 - (R - 10^4)*F) / (10^4 * F).
// Example: S = 10,000,000 (1000), H = 10,800, C = 2,500,000, F = 1,000,000, R = 20,000: the bracket
// is 25*10^9 - 10*10^9 = 15*10^9; 1.08*10^11 * 15*10^9 / 10^14 = 16,200,000 = 1620 points.
// Bounds: S <= 10^10 (a million points), H <= 10^6 (100), C and F <= 10^13 fen, R <= 10^8 give a
// bracket below 1.1*10^21 and a numerator below 1.1*10^37, under 2^127 = 1.7*10^38; the
// denominator is at most 10^21. Beyond, the product is refused, never wrapped.
#include "costing/pay/points.hpp"

#include <algorithm>

#include "costing/pay/exact.hpp"

namespace yuanliu::costing::pay {
namespace {

constexpr std::int64_t kOne = 10'000;  ///< 1 in units of 0.0001

Int128 product(Int128 left, Int128 right) {
    Int128 result = 0;
    YUANLIU_CHECK(!__builtin_mul_overflow(left, right, &result));
    return result;
}

/// Sign of charge / reference - ratio.
int compare_ratio(const CaseMeasure& measure, Rate ratio) {
    const Int128 charge = Int128{measure.charge.raw()} * kOne;
    const Int128 bound = Int128{measure.reference_charge.raw()} * ratio.raw();
    return charge < bound ? -1 : static_cast<int>(charge > bound);
}

/// The same formulas with the auxiliary coefficient, in fractions: four factors of a sane size need
/// more than 128 bits.
Points corrected_points(const CaseMeasure& measure, const PaymentPolicy& policy,
                        Deviation deviation) {
    Exact points = Exact::of(measure.score) * Exact::of(policy.hospital_coefficient) *
                   Exact::of(measure.auxiliary);
    if (deviation != Deviation::normal) {
        const Exact ratio = Exact::yuan(measure.charge) / Exact::yuan(measure.reference_charge);
        points = deviation == Deviation::low
                     ? points * ratio
                     : points * (ratio - Exact::of(policy.deviation.high_ratio) + Exact(1));
    }
    const auto raw = points.rounded(Points::kScale);
    YUANLIU_CHECK(raw.has_value());
    return Points::from_raw(std::max<std::int64_t>(0, *raw));
}

}  // namespace

Deviation deviation_of(const CaseMeasure& measure, const DeviationPolicy& policy) {
    const int against_low = compare_ratio(measure, policy.low_ratio);
    if (against_low < 0 || (against_low == 0 && policy.low_inclusive)) {
        return Deviation::low;
    }
    const int against_high = compare_ratio(measure, policy.high_ratio);
    if (against_high > 0 || (against_high == 0 && policy.high_inclusive)) {
        return Deviation::high;
    }
    return Deviation::normal;
}

Points points_of(const CaseMeasure& measure, const PaymentPolicy& policy, Deviation deviation) {
    if (measure.auxiliary.raw() != kOne) {
        return corrected_points(measure, policy, deviation);
    }
    // Two 64-bit factors always fit in 128 bits.
    const Int128 full = Int128{measure.score.raw()} * policy.hospital_coefficient.raw();
    const Int128 charge = measure.charge.raw();
    const Int128 reference = measure.reference_charge.raw();
    Int128 numerator = full;
    Int128 denominator = kOne;
    switch (deviation) {
        case Deviation::normal:
            break;
        case Deviation::low:
            numerator = product(full, charge);
            denominator = kOne * reference;
            break;
        case Deviation::high: {
            const Int128 excess = Int128{policy.deviation.high_ratio.raw()} - kOne;
            numerator = product(full, charge * kOne - excess * reference);
            denominator = Int128{kOne} * kOne * reference;
            break;
        }
    }
    // Refunds of earlier months may outweigh a stay's charges; points are never taken away for
    // that.
    return Points::from_raw(std::max<std::int64_t>(0, rounded_half_away(numerator, denominator)));
}

Money payment_of(Points points, Rate point_value) {
    // Scale 4 times scale 4 is scale 8; fen are scale 2.
    return Money::from_raw(rounded_half_away(Int128{points.raw()} * point_value.raw(), 1'000'000));
}

Money payment_of(Money charge, Rate ratio) {
    return Money::from_raw(rounded_half_away(Int128{charge.raw()} * ratio.raw(), kOne));
}

}  // namespace yuanliu::costing::pay
