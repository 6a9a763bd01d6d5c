// Why this file: the points that the insurer's rule gives one grouped case, exact, with one
// rounding (docs/method.md §7). [RULE DIP-002] Worked example: score 1000, hospital coefficient h
// = 1.08, reference charge 10,000.00. Charge 10,000.00: normal, 1000 x 1.08 = 1080 points. Charge
// 4,000.00: ratio 0.4, low, 1080 x 0.4 = 432. Charge 25,000.00: ratio 2.5 above 2, high, 1080 x
// (2.5 - 2 + 1) = 1620. With an auxiliary coefficient of 1.1 each is x 1.1: 1188, 475.2, 1782.
// Charges (费用) decide the deviation, never cost (成本).
#pragma once

#include "costing/base/money.hpp"
#include "costing/base/rules.hpp"
#include "costing/base/words.hpp"

namespace yuanliu::costing::pay {

/// What decides the points of a case: its group's score and reference charge, and its own charge.
struct CaseMeasure {
    Points score;
    Money reference_charge;                   ///< > 0
    Money charge;                             ///< of the whole stay
    Rate auxiliary = Rate::from_raw(10'000);  ///< coefficient of the auxiliary catalogue; > 0
};

/// `low` is judged before `high`.
[[nodiscard]] Deviation deviation_of(const CaseMeasure& measure, const DeviationPolicy& policy);
/// Throws InvariantViolation if a product leaves 128 bits or the points leave 64; figures of real
/// catalogues are many orders of magnitude away (see points.cpp).
[[nodiscard]] Points points_of(const CaseMeasure& measure, const PaymentPolicy& policy,
                               Deviation deviation);
/// points x yuan a point, to the fen: 12,000 points x 1.5 yuan = 18,000.00 yuan.
[[nodiscard]] Money payment_of(Points points, Rate point_value);
/// charge x ratio, to the fen.
[[nodiscard]] Money payment_of(Money charge, Rate ratio);

}  // namespace yuanliu::costing::pay
