// Why this file: what the insurer's standard gives for each discharged case, beside what was
// charged and what it cost (docs/method.md §7). [RULE DIP-002] points, [RULE DIP-003] payment.
// Worked example: 12,000 points at 1.5 yuan a point = 18,000.00; charges 25,000.00, so the policy
// margin (payment - charge) is -7,000.00; with cost 20,000.00 the real margin is -2,000.00. The
// two margins stand side by side and are never netted.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"
#include "costing/base/run_result.hpp"
#include "costing/pay/policy.hpp"

namespace yuanliu::costing::pay {

struct PayResult {
    std::vector<CaseRow> cases;  ///< in the order of the groups; of an open stay the days so far
    /// unknown_payer (stop), one for each payer that the policy does not name, in payer order, at
    /// encounters.csv, column payer; arguments: payer, its first encounter, how many cases.
    /// Cases of such payers have no row.
    /// And case_not_payable (stop) at encounters.csv, one for each policy and fault: arguments
    /// first case, word of PolicyFault, blank, policy, how many cases. Further ones:
    /// policy_month.hpp.
    std::vector<Finding> findings;
    std::vector<PolicyCaseRow> policy_cases;  ///< of the cases by policy
};

/// What patient and fund bear of the payments, of the cases whose patient's part the month states:
/// the patient what is stated, at most the payment and never below zero; the fund the rest. Basis
/// charges has no fund and no row. Worked example: payment 6,000.00, the patient paid 1,850.00: the
/// fund 4,150.00; he paid 6,500.00: 6,000.00 and 0.00; payment -20.00: 0.00 and -20.00. Adds
/// patient_part_cut (warn) at case_terms.csv if anything was cut: arguments first case, how many,
/// what is stated above the payments.
[[nodiscard]] std::vector<FundPartRow> part_payments(const Month& month,
                                                     const std::vector<CaseRow>& cases,
                                                     std::vector<Finding>& findings);

/// Whether outcomes of special reviews are paid; a what-if of a stay leaves them out.
enum class Reviews : std::uint8_t { paid, left_out };

/// The cases before any payment: group, days, charge and cost of the whole stay. For a month with a
/// bonus but without a payment policy; the bonus looks at groups and days only.
[[nodiscard]] std::vector<CaseRow> list_cases(const Month& month,
                                              const std::vector<CaseGroup>& groups,
                                              const std::vector<StayAmounts>& stays);

/// Only the unknown_payer findings of a policy; for a month that can't be computed.
[[nodiscard]] std::vector<Finding> check_payers(const Month& month, const PaymentPolicy& policy);

/// Whether a payer is paid by a policy.
[[nodiscard]] bool has_policy(const PaymentPolicy& policy);

/// `stays` by encounter id; every policy that a payer names is among `policies`.
[[nodiscard]] PayResult pay_cases(const Month& month, const std::vector<CaseGroup>& groups,
                                  const std::vector<StayAmounts>& stays,
                                  const PaymentPolicy& policy, std::span<const Policy> policies,
                                  Reviews reviews = Reviews::paid);

}  // namespace yuanliu::costing::pay
