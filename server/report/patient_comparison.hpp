// Why this file: what one department's patients cost by several methods, side by side, with what
// each method covers (docs/service-items.md §8).
#pragma once

#include <string>
#include <vector>

#include "costing/base/month.hpp"
#include "costing/patient/trace.hpp"
#include "server/report/report.hpp"

namespace yuanliu::report {

/// A department's cost by one method.
struct PatientMethod {
    std::string title;
    costing::DepartmentShares::ByPool pools{};  ///< by PoolKind
    costing::DepartmentShares shares{};
    Money not_borne;  ///< idle and unallocated
};

struct PatientComparison {
    DepartmentId department;
    std::vector<PatientMethod> methods{};
    std::vector<Money> charges{};         ///< of the whole stay, by encounter
    std::vector<std::string> groups{};    ///< by encounter; blank: not discharged this month
    std::vector<std::string> left_out{};  ///< methods that can't be shown, and why
};

[[nodiscard]] Report patient_comparison(const Month& month, const PatientComparison& comparison,
                                        Language language);

}  // namespace yuanliu::report
