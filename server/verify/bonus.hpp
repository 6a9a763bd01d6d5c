// Indicators, gates and the bonus of departments and persons (docs/method.md §9).
#pragma once

#include <vector>

#include "cases.hpp"

namespace yuanliu_verify {

// Without bonus rules it only carries the pools on.
void derive_bonus(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                  const std::vector<Case>& cases, Derived& derived, Report& report);

}  // namespace yuanliu_verify
