// Why this file: what a policy (policy.hpp, docs/payment.md) pays for one case, with every figure
// that led there. [RULE DIP-006] Every step is a fraction; the payment is rounded once, to whole
// fen, halves away from zero, and is never below zero. Worked example: score 100, point value 10,
// hospital coefficient 1.2, reference charge 1,000. Charge 2,001: ratio 2.001 is above 2, so the
// points are 100 x (2.001 - 2 + 1.2) = 120.1 and the payment 1,201.00; the standard is 1,200.00,
// the policy margin (payment - charge) -800.00.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "costing/base/result.hpp"
#include "costing/pay/policy.hpp"

namespace yuanliu::costing::pay {

/// A case as a policy looks at it. Charges (费用) decide, never cost (成本).
struct PolicyCase {
    std::string_view group{};        ///< its code, for classes that list their groups
    std::string_view group_class{};  ///< blank = ordinary; kUngroupedClass = without a group
    std::optional<Exact> score{};    ///< of the group: points, relative weight, or yuan (fixed)
    std::optional<Money> reference{};
    Money charge{};
    std::optional<std::int64_t> days{};
    std::optional<std::int64_t> level{};  ///< of the hospital, for tiers
    std::string_view leave{};             ///< way of leaving, as the exceptions name it
    std::string_view leave_number{};      ///< the same by another name; blank = none
    /// In place of the policy's defaults; the auxiliary one is made of `auxiliary`.
    std::array<std::optional<Exact>, kCoefficientCount> coefficients{};
    std::vector<Exact> auxiliary{};
    /// Outcome of a special review (特例单议), which goes before every rule.
    std::optional<Money> special_amount{};
    std::optional<Exact> special_points{};
    std::optional<Exact> value{};  ///< in place of the policy's point value or rate
};

/// What a payment stands on.
enum class PolicyBasis : std::uint8_t {
    band,            ///< a band of the ratio
    plain,           ///< s h v, without bands
    exception,       ///< an [[exception]]
    charge_share,    ///< charges x share: items, and classes that are paid so
    bed_day,         ///< days at their prices
    zero_score,      ///< a score of 0 pays the charge
    special_amount,  ///< the reviewers' amount
    special_points,  ///< the reviewers' points at the value
    split,           ///< a share of one sum (head, global budget), by charge
};

/// Why a case can't be paid.
enum class PolicyFault : std::uint8_t {
    none,
    class_unknown,      ///< its class has no [[class]]
    score_missing,      ///< no score or weight, or one that is not above 0
    reference_missing,  ///< no reference charge above 0
    value_missing,      ///< neither policy nor case has a point value or rate
    days_missing,
    level_missing,
    coefficient_missing,   ///< a coefficient of the policy that neither it nor the case states
    out_of_bounds,         ///< the figures leave 128 bits
    review_without_value,  ///< reviewed points, but the kind is fixed or nobody gives a value
};

struct PolicyPayment {
    PolicyFault fault = PolicyFault::none;  ///< anything else: the rest means nothing
    PolicyBasis basis{};
    std::size_t tier = 0;          ///< index of the tier
    std::size_t rule = 0;          ///< number of the band or exception, from 1; 0 = none
    std::string_view name{};       ///< of the band or exception; lives as long as the policy
    const PayFormula* formula{};   ///< of the band or exception; null = none
    std::optional<Exact> ratio{};  ///< none when nothing asked for it
    Exact score{};                 ///< s, with the class's factor
    Exact coefficient = Exact(1);  ///< h
    Exact value{};                 ///< v
    bool has_standard = false;     ///< score and value are known
    Money standard{};              ///< s h v, rounded; 0 without it
    bool by_points = false;        ///< settled over points; else an amount
    Exact points{};                ///< of a case by points, exact: payment = points x value
    bool is_capped = false;        ///< a cap took something away
    bool review = false;           ///< the band says that it may be reviewed
    bool uses_auxiliary = false;   ///< an auxiliary coefficient is a factor of the payment
    Money payment{};               ///< the estimate
};

/// `policy` must not be of a kind that splits one sum (see split_sum).
[[nodiscard]] PolicyPayment pay_policy_case(const Policy& policy, const PolicyCase& one);

/// Whether the policy has one sum that is split over all cases (head, global_budget).
[[nodiscard]] bool splits_one_sum(const Policy& policy);
/// That sum: the budget, or the amount a head x heads; nothing when a part of it is missing or it
/// is out of bounds.
[[nodiscard]] std::optional<Money> sum_of(const Policy& policy);
/// Splits it over cases by charge (a charge below zero counts as 0); `keys` decide ties. Errors as
/// apportion.
[[nodiscard]] Result<std::vector<Money>> split_sum(Money sum, std::span<const Money> charges,
                                                   std::span<const std::string_view> keys);

}  // namespace yuanliu::costing::pay

template <>
struct yuanliu::WordsOf<yuanliu::costing::pay::PolicyBasis> {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"band", "plain", "exception", "charge_share", "bed_day", "zero_score", "special_amount",
         "special_points", "split"});
};
template <>
struct yuanliu::WordsOf<yuanliu::costing::pay::PolicyFault> {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"none", "class_unknown", "score_missing", "reference_missing", "value_missing",
         "days_missing", "level_missing", "coefficient_missing", "out_of_bounds",
         "review_without_value"});
};
