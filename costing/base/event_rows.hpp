// Why this file: the rows of a month that say what happened (bookings, readings, stays, charges,
// amounts carried over from the month before), by dense ids of the rows in dictionary_rows.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "costing/base/component.hpp"
#include "costing/base/grouping_words.hpp"
#include "costing/base/money.hpp"
#include "costing/base/period.hpp"
#include "costing/base/strong_id.hpp"

namespace yuanliu {

struct LedgerLine {
    std::string voucher;
    std::string line;
    Period attribution_period;  ///< 归属期; the booking period (记账期) is the month's own
    AccountId account;
    DepartmentId department;
    FundSource fund{};
    Money amount;
    std::string summary;
    std::uint32_t source_row = 0;  ///< row in ledger.csv; for explanation only
    bool is_estimate = false;      ///< 暂估: the month after takes it back
    bool is_reversal = false;      ///< of last month's estimate; the row is of prior/estimates.csv
};

/// What the hospital's trial balance (科目余额表) says was booked on an account in the month.
struct AccountBalance {
    AccountId account;
    std::optional<FundSource> fund{};  ///< none = all fund sources together
    Money debit;
    Money credit;
    std::uint32_t source_row = 0;  ///< row in account_balances.csv
    [[nodiscard]] Money net() const { return debit - credit; }
};

/// A reversal keeps the voucher that it takes back; the mark keeps it apart from the month's own.
inline constexpr std::string_view kReversalMark = "~";

struct DriverReading {
    DriverId driver;
    DepartmentId sender;  ///< not valid = serves every sender
    DepartmentId department;
    Quantity value;
};

struct Encounter {
    std::string code;
    EncounterKind kind{};
    StayStatus status{};
    DepartmentId department;
    std::string attending;  ///< may be blank
    Date admitted_on;
    Date discharged_on;  ///< of status discharged and discharged_earlier
    std::string payer;
    std::string record_number;
    std::uint32_t source_row = 0;  ///< row in encounters.csv; for findings only
};

/// What the front page (病案首页) says of a stay beside its codes; kUnknown where it says nothing.
struct StayDetails {
    static constexpr std::int32_t kUnknown = -1;
    std::int32_t age_days = kUnknown;  ///< of a patient under one year
    std::int32_t birth_weight_g = kUnknown;
    std::int32_t admission_weight_g = kUnknown;
    std::optional<DischargeWay> discharge_way{};
    std::optional<Quantity> icu_days{};
};

struct ProcedureDetails {
    std::int32_t level = 0;  ///< 手术级别 1 to 4; 0 = not given
    Date performed_on;       ///< blank = not given
};

/// The coded record of one stay.
struct DischargeRecord {
    EncounterId encounter;
    Sex sex{};
    int age_years = 0;
    Outcome outcome{};                    ///< of a discharged stay
    std::string main_diagnosis;           ///< blank = uncoded
    std::vector<std::string> diagnoses;   ///< in sequence order, main first
    std::vector<std::string> procedures;  ///< in sequence order, main first
    StayDetails details{};
    /// As long as `diagnoses`, or empty when the month says nothing of them.
    std::vector<std::optional<AdmissionCondition>> conditions{};
    /// As long as `procedures`, or empty.
    std::vector<ProcedureDetails> procedure_details{};
};

/// What coders, insurer and reviewers say of one stay beside its codes (docs/payment.md §6).
struct CaseTerms {
    EncounterId encounter;
    std::string severity;  ///< level as coded, of the auxiliary catalogue; as `tumour`
    std::string tumour;
    std::optional<Rate> level_coefficient{};  ///< of the doctor's or hospital's level
    /// Outcome of a special review (特例单议).
    std::optional<Money> special_amount{};
    std::optional<Points> special_points{};
    std::optional<Money> patient_paid{};  ///< what the patient bears of the payment (个人负担)
    std::uint32_t source_row = 0;         ///< row in case_terms.csv; for findings only
};

/// Charge lines of known encounters, as columns; row i is one line. Amounts in fen, quantities in
/// 0.0001.
struct ChargeLines {
    std::vector<EncounterId> encounter;
    std::vector<ServiceItemId> service_item;
    std::vector<DepartmentId> executing;
    std::vector<DepartmentId> ordering;
    std::vector<Quantity> quantity;
    std::vector<Money> charge;
    std::vector<std::uint32_t> source_row;  ///< row in charge_lines.csv; for explanation only
    [[nodiscard]] std::size_t size() const noexcept { return encounter.size(); }
};

/// A charge line of an unknown encounter: set aside, but it used resources.
struct ParkedLine {
    std::string encounter;
    std::string line;
    Date charged_on;
    ServiceItemId service_item;
    DepartmentId executing;
    Quantity quantity;
    Money charge;
};

struct PathwayReading {
    EncounterId encounter;
    bool eligible = false;
    bool entered = false;
    bool completed = false;
    bool varied = false;
};

struct QualityReading {
    DepartmentId department;
    std::string indicator;
    Quantity numerator;
    Quantity denominator;
};

/// Opening in-hospital cost of one stay and component.
struct OpeningCost {
    EncounterId encounter;
    Component component;
    Money cost;
};

struct OpeningCharge {
    EncounterId encounter;
    Money charge;
};

struct CarriedPool {
    std::string code;
    std::string name;
    Money amount;
};

}  // namespace yuanliu
