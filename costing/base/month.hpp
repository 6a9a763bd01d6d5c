// Why this file: one month of one hospital as one read-only value; the only thing, with the rules,
// that a run sees. Codes are dense ids ranked bytewise; every vector below is in the order of its
// key (docs/month-folder.md §3), so nothing in a run depends on how the rows stood in the files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "costing/base/component.hpp"
#include "costing/base/money.hpp"
#include "costing/base/period.hpp"
#include "costing/base/strong_id.hpp"
#include "costing/base/words.hpp"

namespace yuanliu {

struct Department {
    std::string code;
    std::string name;
    DepartmentClass department_class{};
    CareSetting care_setting{};
};

struct CostItem {
    std::string code;
    std::string name;
    CostCategory category{};
    PoolKind traced_to =
        PoolKind::service;  ///< service = not traced: it becomes part of the service pool
};

/// An account with its map in force in the month.
struct Account {
    std::string code;
    std::string name;
    MapTreatment treatment{};
    CostItemId cost_item;  ///< valid for treatment cost
    std::string reason;    ///< for treatment excluded
};

struct LedgerLine {
    std::string voucher;
    std::string line;
    Period attribution_period;  ///< 归属期; the booking period (记账期) is the month's own
    AccountId account;
    DepartmentId department;
    FundSource fund{};
    Money amount;
    std::string summary;
};

struct Driver {
    std::string code;
    std::string name;
    std::string unit;
};

struct DriverReading {
    DriverId driver;
    DepartmentId sender;  ///< not valid = serves every sender
    DepartmentId department;
    Quantity value;
};

struct ServiceItem {
    std::string code;
    std::string name;
    ServiceKind kind{};
    ChargeCategory charge_category{};
    std::string unit;
    Quantity equivalent;  ///< 成本当量, > 0 for kind service
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

struct StaffMember {
    std::string code;
    DepartmentId department;
    std::string category;
    Quantity bonus_coefficient;
    Quantity attendance;
};

struct CatalogueRow {
    std::string group;
    std::string name;
    CatalogueLevel level{};
    std::string diagnosis;
    std::string procedure;  ///< core only; blank = conservative
    CompositeClass composite_class{};
    Points score;
    Money reference_charge;
    Quantity reference_days;
};

struct ClassifiedProcedure {
    std::string procedure;
    ProcedureClass procedure_class{};
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

struct Month {
    std::string hospital;
    std::string hospital_name;
    Period period;
    std::vector<Department> departments;
    std::vector<CostItem> cost_items;
    std::vector<Account> accounts;
    std::vector<LedgerLine> ledger;
    std::vector<Driver> drivers;
    std::vector<DriverReading> driver_readings;
    std::vector<ServiceItem> service_items;
    std::vector<Encounter> encounters;
    std::vector<DischargeRecord> discharge_records;  ///< in encounter order
    ChargeLines charge_lines;
    std::vector<ParkedLine> parked_lines;
    std::vector<PathwayReading> pathway_readings;
    std::vector<QualityReading> quality_readings;
    std::vector<StaffMember> staff;
    std::vector<CatalogueRow> catalogue;                 ///< in group order
    std::vector<ClassifiedProcedure> procedure_classes;  ///< in procedure order
    std::vector<OpeningCost> opening_costs;
    std::vector<OpeningCharge> opening_charges;
    std::vector<CarriedPool> carried_pools;
};

}  // namespace yuanliu
