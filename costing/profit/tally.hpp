// Why this file: everything that the analysis of profit adds up over cases, once, so that cases,
// groups, departments and the hospital are the same sums (docs/profit.md §1).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "costing/base/money.hpp"
#include "costing/base/words.hpp"

namespace yuanliu::costing::profit {

/// The four cost scopes, 医疗业务成本 to 医院全成本.
inline constexpr std::size_t kCostScopes = 4;
/// The charge categories in their order, and what was charged in earlier months (no category).
inline constexpr std::size_t kChargeParts = WordsOf<ChargeCategory>::kWords.size() + 1;
inline constexpr std::size_t kOpeningPart = kChargeParts - 1;

struct Tally {
    std::int64_t cases = 0;
    std::int64_t low = 0;      ///< 低倍率
    std::int64_t high = 0;     ///< 高倍率
    std::int64_t special = 0;  ///< 特例单议: neither these nor normal
    std::int64_t days = 0;
    RelativeWeight rw{};
    Money charge{};
    Money payment{};
    Money standard{};  ///< what a normal case of its group is paid; else the payment
    Money fund{};      ///< of the payment, when the result tells them apart
    Money patient_paid{};
    std::array<Money, kCostScopes> cost{};  ///< of the whole stay, by scope
    Money variable{};                       ///< of 医疗成本
    Money controllable{};                   ///< of 医疗成本
    std::array<Money, kChargeParts> charge_parts{};
    std::array<Money, kCategories> cost_parts{};  ///< all fund sources

    [[nodiscard]] Money policy_margin() const { return payment - charge; }
    [[nodiscard]] Money formula() const { return standard - charge; }
    [[nodiscard]] Money adjustment() const { return payment - standard; }
    [[nodiscard]] Money margin(std::size_t scope) const { return payment - cost[scope]; }
    [[nodiscard]] Money contribution() const { return payment - variable; }
    void add(const Tally& more);
};

inline void Tally::add(const Tally& more) {
    cases += more.cases;
    low += more.low;
    high += more.high;
    special += more.special;
    days += more.days;
    rw += more.rw;
    charge += more.charge;
    payment += more.payment;
    standard += more.standard;
    fund += more.fund;
    patient_paid += more.patient_paid;
    variable += more.variable;
    controllable += more.controllable;
    for (std::size_t i = 0; i < kCostScopes; ++i) {
        cost[i] += more.cost[i];
    }
    for (std::size_t i = 0; i < kChargeParts; ++i) {
        charge_parts[i] += more.charge_parts[i];
    }
    for (std::size_t i = 0; i < kCategories; ++i) {
        cost_parts[i] += more.cost_parts[i];
    }
}

}  // namespace yuanliu::costing::profit
