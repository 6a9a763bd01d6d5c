// Why this file: the rows of a month that say what happened (bookings, readings, stays, charges,
// amounts carried over from the month before), by dense ids of the rows in dictionary_rows.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/component.hpp"
#include "costing/base/money.hpp"
#include "costing/base/period.hpp"
#include "costing/base/strong_id.hpp"
#include "costing/base/words.hpp"

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
};

/// The coded record of one discharged stay.
struct DischargeRecord {
    EncounterId encounter;
    Sex sex{};
    int age_years = 0;
    Outcome outcome{};
    std::string main_diagnosis;           ///< blank = uncoded
    std::vector<std::string> diagnoses;   ///< in sequence order, main first
    std::vector<std::string> procedures;  ///< in sequence order, main first
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
