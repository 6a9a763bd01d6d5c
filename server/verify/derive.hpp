// The whole second derivation of a month, step by step in the order of docs/method.md.
#pragma once

#include "derived.hpp"
#include "month_folder.hpp"
#include "report.hpp"
#include "rules_folder.hpp"

namespace yuanliu_verify {

// Refuses when the month has errors, because no valid result can then exist.
Derived derive(const MonthFolder& month, const RulesFolder& rules, Report& report);

}  // namespace yuanliu_verify
