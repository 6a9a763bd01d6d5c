// Discharged inpatients as cases: group, points and payment, and the profit tables
// (docs/method.md §6 to §8).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "groups.hpp"
#include "patients.hpp"
#include "rules_folder.hpp"

namespace yuanliu_verify {

struct Case {
    std::uint32_t encounter = 0;
    CaseGroup group;
    std::string deviation;
    std::string basis;
    Int128 points = 0;  // scale 4
    Fen charge = 0;
    Fen payment = 0;
    Fen cost = 0;
    std::optional<PolicyAnswer> by_policy;
    std::optional<Fen> patient_paid;  // stated by the month
};

// In encounter order. Payment figures are filled only when there are payment rules. Cases point to
// rows of the grouper's catalogue.
std::vector<Case> derive_cases(const Grouper& grouper, const Books& books, const Stays& stays,
                               const RulesFolder& rules,
                               const std::map<std::uint32_t, CaseTerms>& terms, Derived& derived);
// Writes cases and the three profit tables; only called with payment rules.
void derive_profit(const Books& books, const Stays& stays, const std::vector<Case>& cases,
                   Derived& derived);

}  // namespace yuanliu_verify
