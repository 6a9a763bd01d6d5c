// Why this file: what grouping, payment and profit answer about discharged cases (docs/method.md
// §6-8).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/grouping_words.hpp"
#include "costing/base/money.hpp"
#include "costing/base/strong_id.hpp"

namespace yuanliu {

/// The auxiliary coefficient of a case that none corrects: 1.
inline constexpr Rate kNoCorrection = Rate::from_raw(10'000);

/// A discharged inpatient's group, with what decided.
struct CaseGroup {
    EncounterId encounter;
    CaseStatus status{};
    CatalogueRowId row;  ///< valid when grouped
    GroupingLevel level{};
    std::string deciding_codes;
    Rate auxiliary = kNoCorrection;
};

/// How a catalogue grouper answered a case (docs/grouping.md §10); its group may be one that is
/// paid as none, as an ambiguous QY group.
struct GroupingRow {
    EncounterId encounter;
    GroupingStatus status{};
    GroupingReason reason{};
    GroupLevel level{};
    std::string group;
    std::string deciding_codes;  ///< joined by ;
    std::uint32_t catalogue = 0;
};

/// What the auxiliary catalogue makes of a grouped DIP case (docs/grouping.md §10); without a hit
/// the coefficient is 1 and the texts are blank.
struct AuxiliaryRow {
    EncounterId encounter;
    Rate coefficient = kNoCorrection;
    std::string kinds;  ///< of the bands that gave it; joined by ; as the two below
    std::string bands;
    std::string decided_by;
    std::int64_t hits = 0;
    std::int64_t points = 0;      ///< of comorbidity
    std::uint32_t catalogue = 0;  ///< that grouped the case
};

struct GroupingResult {
    std::vector<std::string> catalogues;            ///< ids; none: the month is grouped by DIP-001
    std::vector<GroupingRow> cases;                 ///< in encounter order
    bool has_auxiliary = false;                     ///< some catalogue has an auxiliary one
    std::vector<std::string> auxiliary_catalogues;  ///< ids by catalogue; blank = none
    std::vector<AuxiliaryRow> auxiliary;            ///< in encounter order
};

struct CaseRow {
    EncounterId encounter;
    CaseStatus status{};
    CatalogueRowId row;
    GroupingLevel level{};
    std::string deciding_codes;
    Rate auxiliary = kNoCorrection;
    std::int64_t days = 0;
    std::optional<Deviation> deviation;  ///< basis dip only
    Points points;
    PaymentBasis basis{};
    Money charge;
    Money payment;
    Money cost;
    [[nodiscard]] Money policy_margin() const { return payment - charge; }
    [[nodiscard]] Money real_margin() const { return payment - cost; }
};

/// What profit tables add up: cases, weight, charges, payment, cost. Kept apart, never netted.
struct ProfitSums {
    std::int64_t cases = 0;
    RelativeWeight rw;
    Points points;
    Money charge;
    Money payment;
    Money cost;
};

struct ProfitRow {
    std::string group;        ///< group_profit: group code, ~ungrouped or ~uncoded
    std::string attending;    ///< physician_profit
    DepartmentId department;  ///< department_profit, physician_profit
    PaymentBasis basis{};
    ProfitSums sums;
};

/// A figure of a policy as it is shown, rounded to 6 decimals; never multiplied.
using PolicyFigure = Fixed<struct PolicyFigureTag, 6>;

/// How a policy came to a case's payment (docs/payment.md §2).
struct PolicyCaseRow {
    EncounterId encounter;
    std::string policy;  ///< its id
    std::string basis;   ///< word of costing::pay::PolicyBasis
    std::int64_t rule = 0;
    std::string rule_name;
    std::optional<PolicyFigure> ratio;
    bool has_standard = false;  ///< the four figures below are there
    PolicyFigure score, coefficient, value;
    Money standard;
    std::optional<PolicyFigure> points;
    Money payment;
    bool is_capped = false;
    bool review = false;
    bool uses_auxiliary = false;  ///< a factor of the payment; in no table
    std::string formula;          ///< in numbers; for people, in no table
};

/// Who bears the payment of a case (docs/payment.md §6): payment = patient_paid + fund_payment.
struct FundPartRow {
    EncounterId encounter;
    Money payment;
    Money patient_paid;  ///< at most the payment, and not below zero
    [[nodiscard]] Money fund_payment() const { return payment - patient_paid; }
};

struct ProfitResult {
    std::vector<CaseRow> cases;               ///< in encounter order
    bool has_policies = false;                ///< some payer is paid by a policy
    std::vector<PolicyCaseRow> policy_cases;  ///< in encounter order
    bool has_fund_parts = false;              ///< the month states parts of patients
    std::vector<FundPartRow> fund_parts;      ///< of cases whose part is stated; encounter order
    std::vector<ProfitRow> groups;
    std::vector<ProfitRow> departments;
    std::vector<ProfitRow> physicians;
};

}  // namespace yuanliu
