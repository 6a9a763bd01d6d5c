// Why this file: a file of cases, paid by a policy, each with the figures that led to its payment
// (docs/payment.md §2, §3). Nothing of a month is read or written.
#pragma once

#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/pay/settlement.hpp"
#include "server/catalogue/payment_table.hpp"

namespace yuanliu::catalogue {

struct PayRow {
    std::string code;
    std::string group;
    std::string group_class;
    std::string leave;
    std::int64_t row = 0;
    std::optional<Money> cost;
    costing::pay::PolicyCase one;  ///< its views are into this row
    costing::pay::PolicyPayment paid;
    std::optional<Money> settled;       ///< of a settlement
    std::optional<Money> fund_payment;  ///< of it, the fund's
};

struct PayRows {
    std::deque<PayRow> rows;  ///< a row never moves
    std::vector<Finding> findings;
};

/// Columns as docs/payment.md §3. What a case leaves blank comes from the table, if there is one; a
/// group that it lacks is a finding (group_not_in_table, stop) unless the case has its own score.
[[nodiscard]] PayRows read_pay_cases(const std::filesystem::path& file, const PaymentTable* table);

/// Pays each row; what can't be paid is case_not_payable (park) and keeps its fault. A sum over
/// cases without a charge above 0 is split_without_charges (stop), and pays nothing.
void pay_rows(const costing::pay::Policy& policy, const std::string& file, PayRows& cases);

/// Settles all rows that are paid; the error of the engine otherwise.
[[nodiscard]] Result<costing::pay::Settlement> settle_rows(const costing::pay::Policy& policy,
                                                           Money fund, PayRows& cases);

/// One line a case, with header; a case that is not paid has blanks from `standard` on.
[[nodiscard]] std::string paid_as_csv(const costing::pay::Policy& policy, const PayRows& cases);

}  // namespace yuanliu::catalogue
