// Why this file: the events of the whole path of a case with the insurer, as they were told and
// when (docs/settlement.md §3). Rows are only ever added; nothing here replaces an earlier figure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/money.hpp"
#include "costing/base/period.hpp"
#include "costing/base/words.hpp"
#include "costing/settle/settlement_words.hpp"

namespace yuanliu::costing::settle {

/// The case's standard as a product: score x hospital x auxiliary x band factor x point value. The
/// band factor is points / (score x hospital x auxiliary). For DRG the score is the weight and the
/// point value the rate.
struct Factors {
    std::string group{};
    Points score{};
    Rate hospital{};
    Rate auxiliary{};
    Points points{};
    Rate point_value{};
    std::optional<Deviation> deviation{};
};

/// Largest factors, so that a product of five stays inside 128 bits: a score of 100,000,
/// coefficients of 10, 1,000,000 points, a point value of 100,000 yuan.
inline constexpr std::int64_t kMostScore = 1'000'000'000;
inline constexpr std::int64_t kMostCoefficient = 100'000;
inline constexpr std::int64_t kMostPoints = 10'000'000'000;
inline constexpr std::int64_t kMostPointValue = 1'000'000'000;

struct Estimate {
    std::string encounter{};
    Date recorded_on{};
    std::string payer{};
    std::string department{};     ///< of the discharge
    std::string record_number{};  ///< may be blank
    Date discharged_on{};
    Factors factors{};
    Money charge{};
    Money standard{};  ///< what our reading of the rule gives, fund and patient together
    Money patient{};   ///< of it by the patient
    SourceRef where{};
};

struct Presettlement {
    std::string encounter{};
    Period settlement_month{};
    Date recorded_on{};
    Points points{};
    Money fund{};
    Money patient{};
    SourceRef where{};
};

struct Reply {
    std::string encounter{};
    Period settlement_month{};
    Date recorded_on{};
    Factors factors{};
    Money standard{};
    Money fund{};  ///< after the deduction
    Money patient{};
    Money deduction{};  ///< refused for a violation, in the reply itself
    SourceRef where{};
};

struct Refusal {
    std::string refusal{};
    std::string encounter{};
    Period settlement_month{};
    Date recorded_on{};
    Money amount{};
    std::optional<Date> appeal_by{};
    std::string reason{};
    SourceRef where{};
};

struct AppealEvent {
    std::string refusal{};
    AppealStep step{};
    Date recorded_on{};
    std::optional<Period> settlement_month{};  ///< of a decision
    Money returned{};
    SourceRef where{};
};

struct ReviewEvent {
    std::string encounter{};
    ReviewStep step{};
    Date recorded_on{};
    std::optional<Period> settlement_month{};  ///< of a decision
    std::optional<Money> fund{};               ///< that the review grants; none = rejected
    Points points{};                           ///< that it grants; 0 = as before
    SourceRef where{};
};

struct AuditDeduction {
    std::string deduction{};
    std::string payer{};
    std::string encounter{};  ///< blank: shared over the payer's settled cases of the year
    int year = 0;             ///< of discharge
    Period settlement_month{};
    Date recorded_on{};
    Money amount{};
    std::string reason{};
    SourceRef where{};
};

struct TransferStay {
    std::string encounter{};
    std::string department{};
    std::int64_t days = 0;
    Money cost{};
    Points points{};
    Quantity key{};
    SourceRef where{};
};

struct Receipt {
    std::string receipt{};
    std::string payer{};
    ReceiptKind kind{};
    std::optional<Period> settlement_month{};  ///< none: a prepayment; month 13: the clearing
    Date received_on{};
    Money amount{};
    SourceRef where{};
};

struct Deposit {
    std::string payer{};
    Period settlement_month{};
    Date recorded_on{};
    Money amount{};
    SourceRef where{};
};

struct Clearing {
    std::string payer{};
    int year = 0;
    Date recorded_on{};
    Money fund{};           ///< DIP fund of the year to be shared over points
    Points other_points{};  ///< of the other hospitals that share it
    Rate appraisal{};
    std::optional<Money> booked{};  ///< 记账金额, for the brackets
    Money prepayment_netted{};
    std::optional<Money> stated_payable{};
    SourceRef where{};
};

/// What is known of the pool's month: Σ points of all hospitals, and the year's fund.
struct PoolReading {
    std::string payer{};
    Period month{};
    Date recorded_on{};
    Money year_fund{};
    Rate pay_share{};
    Points points{};
    Rate budget_point_value{};
    SourceRef where{};
};

}  // namespace yuanliu::costing::settle
