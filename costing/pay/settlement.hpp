// Why this file: what becomes of estimates when the fund is known (docs/payment.md §5): the
// settlement point value, the split of the fund to the fen, the month's advance, the year's total
// and the sharing of surplus and overrun. [RULE DIP-007] A settlement hands out exactly the fund:
// payments are an apportionment over points, never points x a rounded point value. Worked example:
// fund 600.00 at pay share 0.6 is 1,000.00 of payments; a case by charge takes 100.00; points 1, 1,
// 1 share 900.00: value 300, payments 300.00 each, of which the fund pays 60.00 and three times
// 180.00.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "costing/base/result.hpp"
#include "costing/pay/policy_pay.hpp"

namespace yuanliu::costing::pay {

/// Points of a settlement have 6 decimals, halves away from zero.
inline constexpr int kSettledDecimals = 6;

struct SettlementCase {
    std::string_view key;  ///< stable code of the case, once in the list; decides ties
    bool by_points = true;
    Exact points;  ///< not negative
    Money amount;  ///< of a case that is not by points: paid as it is, before the points
};

struct Settlement {
    Money total;       ///< fund / fund share: what is paid in all, with the patients' part
    Money for_points;  ///< total less the amounts
    Exact points;      ///< in all
    /// for_points / points to 4 decimals, as it is published; 0 without points. Shown only.
    Rate point_value;
    std::vector<Money> payments;       ///< by case; they sum to `total`
    std::vector<Money> fund_payments;  ///< by case; they sum to the fund
};

/// For one kind of insurance. Errors: amounts_exceed_total (the amounts leave less than nothing for
/// points), weight_overflow (figures out of bounds), and those of apportion: driver_total_is_zero
/// when there is money but no points, duplicate_part_key. `fund_share` above 0.
[[nodiscard]] Result<Settlement> settle(Money fund, const Exact& fund_share,
                                        std::span<const SettlementCase> cases);

/// fund / fund share / points, to 4 decimals: 10^9 / 1 / 10^7 = 100. Nothing when out of bounds.
[[nodiscard]] std::optional<Rate> point_value_of(Money fund, const Exact& fund_share,
                                                 const Exact& points);

struct MonthlyAdvance {
    Money due;         ///< payments less what patients paid
    Money prepaid;     ///< due x prepay share, less deductions
    Money deposit;     ///< due x deposit share (质量保证金)
    Money held;        ///< the rest of due, until the settlement
    Money deductions;  ///< refused or taken back; prepaid + deposit + held + deductions = due
};
[[nodiscard]] std::optional<MonthlyAdvance> advance_of(Money payments, Money patient_paid,
                                                       Money deductions,
                                                       const SettlementTerms& terms);

/// payments of the fund x appraisal coefficient - deductions.
[[nodiscard]] std::optional<Money> year_total(Money fund_payments, Money deductions,
                                              const SettlementTerms& terms);

/// Surplus or overrun of charges against the standard.
struct SharedDifference {
    Money difference;  ///< standard - charge; above 0 a surplus
    Money kept;        ///< of a surplus, by the hospital
    Money borne;       ///< of an overrun, by the fund
    Money payment;     ///< charge + kept, or standard + borne
};
/// Without brackets the hospital keeps every surplus and bears every overrun. `standard` above 0.
[[nodiscard]] std::optional<SharedDifference> share_difference(Money standard, Money charge,
                                                               const SettlementTerms& terms);

}  // namespace yuanliu::costing::pay
