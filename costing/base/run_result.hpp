// Why this file: everything a run answers, as rows of plain values (docs/result-folder.md), so that
// performance, export, explanation and the store see the same figures.
#pragma once

#include <vector>

#include "costing/base/bonus_result.hpp"
#include "costing/base/costing_result.hpp"
#include "costing/base/finding.hpp"
#include "costing/base/month.hpp"
#include "costing/base/profit_result.hpp"

namespace yuanliu {

struct RunResult {
    CostingResult costing;
    ProfitResult profit;
    GroupingResult grouping;
    BonusResult bonus;
    std::vector<Finding> findings;
};

/// The driver that a transfer went by: one of the month or one that the plan made.
[[nodiscard]] inline const Driver& driver_of(const Month& month, const CostingResult& costing,
                                             DriverId driver) {
    return driver.index() < month.drivers.size()
               ? month.drivers[driver.index()]
               : costing.made_drivers[driver.index() - month.drivers.size()];
}

}  // namespace yuanliu
