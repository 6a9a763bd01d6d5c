// The ledger against the hospital's own trial balance, account by account: a result stands on a
// ledger that agrees with it, but for differences that the rules accept by name.
#pragma once

#include "month_folder.hpp"
#include "report.hpp"
#include "rules_folder.hpp"

namespace yuanliu_verify {

// Without a trial balance nothing is compared.
void check_balances(const MonthFolder& month, const RulesFolder& rules, Report& report);

}  // namespace yuanliu_verify
