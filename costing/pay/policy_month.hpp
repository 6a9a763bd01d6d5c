// Why this file: the cases of a month whose payer is paid by a policy (docs/payment.md §6).
// [RULE DIP-008] The policy's kind says where the payment stands apart: points are basis dip,
// weights drg, anything else other; a case without a group is ungrouped or uncoded. Worked example:
// a weight policy with points_per_weight 0.001 and value 10,000 pays a group of score 1,500 (RW
// 1.5) 15,000.00, basis drg.
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/profit_result.hpp"
#include "costing/base/rules.hpp"
#include "costing/pay/policy_pay.hpp"

namespace yuanliu::costing::pay {

class PolicyMonth {
  public:
    PolicyMonth(const Month& month, const PaymentPolicy& payment, std::span<const Policy> policies)
        : month_(month), payment_(payment), policies_(policies) {}

    /// Fills in basis, points and payment, in encounter order. The payer's policy must be among the
    /// policies.
    void pay(CaseRow& row, const PayerRule& payer);
    /// Splits the sums of policies that have one, and reports cases that can't be paid.
    void finish(std::vector<CaseRow>& cases, std::vector<Finding>& findings);
    [[nodiscard]] std::vector<PolicyCaseRow> rows() && { return std::move(rows_); }

  private:
    void take(CaseRow& row, const Policy& policy, const PolicyPayment& paid, std::string formula);
    void note_fault(const Policy& policy, EncounterId encounter, PolicyFault fault);
    void split(const Policy& policy, std::vector<CaseRow>& cases);

    const Month& month_;
    const PaymentPolicy& payment_;
    std::span<const Policy> policies_;
    std::vector<PolicyCaseRow> rows_;
    struct Fault {
        EncounterId first;
        std::int64_t count = 0;
    };
    std::map<std::pair<std::string, PolicyFault>, Fault> faults_;  ///< by policy
};

}  // namespace yuanliu::costing::pay
