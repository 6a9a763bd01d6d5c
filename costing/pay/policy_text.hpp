// Why this file: whoever is paid wants to see the sum with its numbers; command line and
// explanations show the same text. Worked example: `100 × (2.001 - 2 + 1.2) × 10` for a case of
// ratio 2.001.
#pragma once

#include <string>

#include "costing/pay/policy_pay.hpp"

namespace yuanliu::costing::pay {

/// The class of a case as the policy sees it; null = none, or one that the policy does not name.
[[nodiscard]] const GroupClass* class_of_case(const Policy& policy, const PolicyCase& one);

/// `paid` is what pay_policy_case answered, without fault. Ratios are shown to 6 decimals; a sum
/// that a cap cut short begins with `cap < `.
[[nodiscard]] std::string formula_in_numbers(const Policy& policy, const PolicyCase& one,
                                             const PolicyPayment& paid);

}  // namespace yuanliu::costing::pay
