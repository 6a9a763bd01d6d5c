// Why this file: tests of collection, allocation and patient cost need a small hospital; this one
// is built by codes, and puts everything in key order as the intake promises. Six departments: P
// public, A administrative, B auxiliary, M medical technology, U and V clinical; cost items drug
// (traced), pay (staff), rent (other).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"
#include "costing/base/run_result.hpp"

namespace yuanliu::cost_month {

inline constexpr std::size_t kA = 0;
inline constexpr std::size_t kB = 1;
inline constexpr std::size_t kM = 2;
inline constexpr std::size_t kP = 3;
inline constexpr std::size_t kU = 4;
inline constexpr std::size_t kV = 5;
inline constexpr std::size_t kDrug = 0;
inline constexpr std::size_t kPay = 1;
inline constexpr std::size_t kRent = 2;
inline constexpr std::size_t kBedDay = 0;
inline constexpr std::size_t kPill = 1;
inline constexpr std::size_t kScan = 2;

inline Money fen(std::int64_t amount) {
    return Money::from_raw(amount);
}

inline Department department(const char* code, DepartmentClass department_class) {
    return {.code = code,
            .name = code,
            .department_class = department_class,
            .care_setting = CareSetting::none};
}

inline Account account(const char* code, MapTreatment treatment, CostItemId item) {
    return {.code = code, .name = code, .treatment = treatment, .cost_item = item, .reason = "r"};
}

inline ServiceItem service_item(const char* code, ServiceKind kind, std::int64_t equivalent_e4) {
    return {.code = code,
            .name = code,
            .kind = kind,
            .charge_category = ChargeCategory::other,
            .unit = "x",
            .equivalent = Quantity::from_raw(equivalent_e4)};
}

/// The six departments and the dictionaries; accounts 0 drug, 1 pay, 2 rent, 3 excluded; driver
/// "heads".
inline Month empty_month() {
    Month month;
    month.hospital = "H";
    month.period = Period(2026, 9);
    month.departments = {department("A", DepartmentClass::administrative),
                         department("B", DepartmentClass::auxiliary),
                         department("M", DepartmentClass::medical_technology),
                         department("P", DepartmentClass::public_cost),
                         department("U", DepartmentClass::clinical),
                         department("V", DepartmentClass::clinical)};
    month.cost_items = {
        {.code = "drug",
         .name = "drug",
         .category = CostCategory::drugs,
         .traced_to = PoolKind::drug},
        {.code = "pay", .name = "pay", .category = CostCategory::staff},
        {.code = "rent", .name = "rent", .category = CostCategory::other_operating}};
    month.accounts = {account("1", MapTreatment::cost, CostItemId(kDrug)),
                      account("2", MapTreatment::cost, CostItemId(kPay)),
                      account("3", MapTreatment::cost, CostItemId(kRent)),
                      account("9", MapTreatment::excluded, CostItemId())};
    month.drivers = {{.code = "heads", .name = "heads", .unit = "person"},
                     {.code = "packs", .name = "packs", .unit = "pack"}};
    month.service_items = {service_item("bed_day", ServiceKind::service, 10'000),
                           service_item("pill", ServiceKind::drug, 0),
                           service_item("scan", ServiceKind::service, 25'000)};
    return month;
}

inline void book(Month& month, std::size_t department, std::size_t account_index,
                 std::int64_t fen_amount, FundSource fund = FundSource::basic) {
    month.ledger.push_back({.voucher = "V",
                            .line = std::to_string(month.ledger.size()),
                            .attribution_period = month.period,
                            .account = AccountId(account_index),
                            .department = DepartmentId(department),
                            .fund = fund,
                            .amount = fen(fen_amount),
                            .summary = ""});
}

inline void read_driver(Month& month, std::size_t driver, std::size_t department,
                        std::int64_t value, DepartmentId sender = {}) {
    month.driver_readings.push_back({.driver = DriverId(driver),
                                     .sender = sender,
                                     .department = DepartmentId(department),
                                     .value = Quantity::from_raw(value * 10'000)});
}

inline void add_encounter(Month& month, const std::string& code,
                          StayStatus status = StayStatus::visit) {
    Encounter encounter;
    encounter.code = code;
    encounter.kind =
        status == StayStatus::visit ? EncounterKind::outpatient : EncounterKind::inpatient;
    encounter.status = status;
    encounter.department = DepartmentId(kU);
    month.encounters.push_back(encounter);
}

struct Use {
    std::size_t encounter = 0;
    std::size_t item = 0;
    std::size_t department = 0;
    std::int64_t quantity = 1;
    std::int64_t charge_fen = 0;
};

inline void add_line(Month& month, const Use& use) {
    ChargeLines& lines = month.charge_lines;
    lines.encounter.emplace_back(use.encounter);
    lines.service_item.emplace_back(use.item);
    lines.executing.emplace_back(use.department);
    lines.ordering.emplace_back(use.department);
    lines.quantity.push_back(Quantity::from_raw(use.quantity * 10'000));
    lines.charge.push_back(fen(use.charge_fen));
    lines.source_row.push_back(0);
}

inline Stage stage(Origin name, std::vector<std::string> senders,
                   std::vector<std::string> receivers,
                   std::vector<std::string> drivers = {"heads"}) {
    return {.name = name,
            .senders = std::move(senders),
            .receivers = std::move(receivers),
            .before_items = name != Origin::medical_technology,
            .rules = {{.senders = {"*"}, .cost_categories = {"*"}, .drivers = std::move(drivers)}}};
}

/// Public cost, then the three levels.
inline AllocationPlan three_levels() {
    return {.version = "t",
            .stages = {stage(Origin::public_cost, {"class:public"},
                             {"class:administrative", "class:auxiliary", "class:medical_technology",
                              "class:clinical"}),
                       stage(Origin::administrative, {"class:administrative"},
                             {"class:auxiliary", "class:medical_technology", "class:clinical"}),
                       stage(Origin::auxiliary, {"class:auxiliary"},
                             {"class:medical_technology", "class:clinical"}),
                       stage(Origin::medical_technology, {"class:medical_technology"},
                             {"class:clinical"})}};
}

inline void serial(std::size_t n, const std::function<void(std::size_t)>& body) {
    for (std::size_t i = 0; i < n; ++i) {
        body(i);
    }
}

/// The same loop from the last to the first: results may not depend on it.
inline void backwards(std::size_t n, const std::function<void(std::size_t)>& body) {
    for (std::size_t i = n; i > 0; --i) {
        body(i - 1);
    }
}

}  // namespace yuanliu::cost_month
