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
#include "costing/pay/pay.hpp"
#include "costing/pay/policy_pay.hpp"

namespace yuanliu::costing::pay {

class PolicyMonth {
  public:
    PolicyMonth(const Month& month, const PaymentPolicy& payment, std::span<const Policy> policies,
                Reviews reviews)
        : month_(month), payment_(payment), policies_(policies), reviews_(reviews) {}

    /// Fills in basis, points and payment, in encounter order. The payer's policy must be among the
    /// policies. False: it divides one sum, so an outcome of a special review is not looked at.
    bool pay(CaseRow& row, const PayerRule& payer);
    /// Splits the sums of policies that have one, and reports cases that can't be paid
    /// (case_not_payable), sums over charges of which none is above zero (split_without_charges,
    /// stop), sums of payers without a case (split_without_cases, warn), reviewed points without a
    /// point value (special_points_without_value, stop), and cases that the rules decide without a
    /// way of leaving under a policy that asks for one (leave_not_stated, warn).
    void finish(std::vector<CaseRow>& cases, std::vector<Finding>& findings);
    [[nodiscard]] std::vector<PolicyCaseRow> rows() && { return std::move(rows_); }

  private:
    void take(CaseRow& row, const Policy& policy, const PolicyPayment& paid, std::string formula);
    [[nodiscard]] PolicyCase case_of(const CaseRow& row, const Policy& policy,
                                     const PayerRule& payer);
    void note_leave(const Policy& policy, const CaseRow& row, PolicyCase& one);
    void note_fault(const Policy& policy, EncounterId encounter, PolicyFault fault);
    void split(const Policy& policy, const PayerRule& payer, std::vector<CaseRow>& cases,
               std::vector<Finding>& findings);
    void report(std::vector<Finding>& findings) const;

    const Month& month_;
    const PaymentPolicy& payment_;
    std::span<const Policy> policies_;
    Reviews reviews_;
    std::vector<PolicyCaseRow> rows_;
    struct Fault {
        EncounterId first;
        std::int64_t count = 0;
    };
    std::map<std::pair<std::string, PolicyFault>, Fault> faults_;  ///< by policy
    std::map<std::string, Fault> unknown_leaves_;                  ///< by policy
};

}  // namespace yuanliu::costing::pay
