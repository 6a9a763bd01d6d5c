// Why this file: the names in a plan (departments, classes, cost items, drivers) become ids in one
// place, and a name that is not there is reported once, with the key that holds it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"

namespace yuanliu::costing {

class PlanNames {
  public:
    PlanNames(const Month& month, std::vector<Finding>& findings)
        : month_(month), findings_(findings) {}

    void report(FindingCode code, std::string path, std::vector<std::string> arguments);

    /// As written; a class stands for its departments by code. A department comes once, in its
    /// first place. With `stage`, a name that is written twice is plan_sender_twice {name, stage}.
    std::vector<DepartmentId> in_order(const std::vector<std::string>& names,
                                       const std::string& path, const std::string* stage = nullptr);
    /// The same, ascending.
    std::vector<DepartmentId> sorted(const std::vector<std::string>& names,
                                     const std::string& path);
    std::vector<CostItemId> cost_items(const std::vector<std::string>& names,
                                       const std::string& path);
    /// A driver of the month; invalid when there is none. Reports nothing.
    [[nodiscard]] DriverId driver_of_month(const std::string& name) const;

  private:
    /// Departments of one name: one, those of a class, or none and a finding.
    std::vector<DepartmentId> named(const std::string& name, const std::string& path);

    const Month& month_;
    std::vector<Finding>& findings_;
};

}  // namespace yuanliu::costing
