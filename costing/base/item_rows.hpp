// Why this file: the rows of a month that say how service pools are divided (docs/service-items.md
// §1): item drivers, activities, their readings, traced cost, ward days. All are optional; a month
// without them is divided by equivalents.
#pragma once

#include <optional>
#include <string>

#include "costing/base/money.hpp"
#include "costing/base/strong_id.hpp"
#include "costing/base/words.hpp"

namespace yuanliu {

/// Use of an item driver by one unit of an item.
struct ItemDriverValue {
    std::string item_driver;
    DepartmentId department;  ///< not valid = in every department that has no value of its own
    ServiceItemId service_item;
    Quantity value;
};

/// An activity (作业) of a department.
struct DeclaredActivity {
    DepartmentId department;
    std::string code;
    std::string name;
    Measure measure{};
    std::string item_driver;             ///< of measure item_driver
    std::optional<Quantity> capacity{};  ///< practical capacity, in units of the measure
};

/// What an activity (or, by its charge category, a service unit) used of a resource driver.
struct ActivityReading {
    DepartmentId department;
    std::string resource_driver;
    std::string activity;
    Quantity value;
};

/// Direct cost that is known to be of one item.
struct TracedCost {
    DepartmentId department;
    CostItemId cost_item;
    FundSource fund{};
    ServiceItemId service_item;
    Money amount;
};

/// Days of the month that a patient lay in a department.
struct WardStay {
    EncounterId encounter;
    DepartmentId department;
    Quantity days;
};

/// Time (诊疗时间) that a department spent on a patient in the month.
struct TreatmentTime {
    EncounterId encounter;
    DepartmentId department;
    Quantity minutes;
};

}  // namespace yuanliu
