// Why this file: the rows of a month that name things (departments, accounts, items, staff, the
// disease catalogue); what happened to them stands in event_rows.hpp. Blank text is "not given".
#pragma once

#include <string>

#include "costing/base/money.hpp"
#include "costing/base/strong_id.hpp"
#include "costing/base/words.hpp"

namespace yuanliu {

struct Department {
    std::string code;
    std::string name;
    DepartmentClass department_class{};
    CareSetting care_setting{};
    bool usable = true;  ///< valid in the month; others are kept for rows that name them wrongly
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

struct Driver {
    std::string code;
    std::string name;
    std::string unit;
};

struct ServiceItem {
    std::string code;
    std::string name;
    ServiceKind kind{};
    ChargeCategory charge_category{};
    std::string unit;
    Quantity equivalent;  ///< 成本当量, > 0 for kind service
    bool usable = true;   ///< valid in the month
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

}  // namespace yuanliu
