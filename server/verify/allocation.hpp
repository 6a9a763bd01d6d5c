// Direct cost and its way through the stages of the plan (docs/method.md §2 and §3).
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "books.hpp"
#include "derived.hpp"
#include "rules_folder.hpp"

namespace yuanliu_verify {

// Cost item, fund source, origin.
using Cell = std::tuple<std::uint32_t, std::uint8_t, std::uint8_t>;
using Cells = std::map<Cell, Fen>;
// By department number.
using Balances = std::vector<Cells>;

// Moved as the rules of collection say.
Balances derive_direct(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                       Derived& derived, Report& report);

// Runs all stages, writes department_cost and transfers, and returns the balances after the last
// stage with before_items: what service items and patients are costed from.
Balances derive_allocation(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                           const Balances& direct, Derived& derived);

// Attributes and scopes of the department costs that are written, and of excluded lines.
void derive_cost_views(const Books& books, const RulesFolder& rules, Derived& derived);

}  // namespace yuanliu_verify
