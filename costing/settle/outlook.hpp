// Why this file: what is to come: debts by age, days not to miss, cash expected, and the point
// value of the year, each with its stated basis (docs/settlement.md §9).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "costing/settle/settlement.hpp"

namespace yuanliu::costing::settle {

/// Debts of one discharge month on the day; `age` in months, the month of the day being 0.
struct AgeRow {
    Period discharge_month{};
    std::int64_t age = 0;
    std::size_t bucket = 0;  ///< index of the first upper end not below `age`; size() = older
    std::size_t cases = 0;
    ClaimAmounts amounts{};
};
[[nodiscard]] std::vector<AgeRow> age_debts(const Settlement& made, const Settings& settings);

enum class DeadlineKind : std::uint8_t { appeal, special_review };
/// A refusal not appealed, or a case that its charges make a candidate of special review and that
/// nobody has applied for, whose last day lies within the notice.
struct Deadline {
    Date last_day{};
    DeadlineKind kind{};
    std::string_view encounter{};
    std::string_view refusal{};  ///< blank: a review
    Money amount{};              ///< refused; or charges above the standard
};
/// By last day, encounter, refusal.
[[nodiscard]] std::vector<Deadline> list_deadlines(const Settlement& made,
                                                   const Settings& settings);

/// Cash expected of the fund in a month. [RULE SETTLE-006] What is owed for a (payer, settlement
/// month) comes in two parts: the monthly share of what was settled, less what came already, in
/// settlement month + cash lag; the rest in the clearing month of the year after discharge. What is
/// not settled yet counts as settled in discharge month + settle lag. A month that has passed
/// becomes the next after the day. Σ expected = outstanding + unapplied cash taken off.
struct ExpectedCash {
    Period month{};
    Money monthly{};
    Money clearing{};
};
[[nodiscard]] std::vector<ExpectedCash> expect_cash(const Settlement& made,
                                                    const Settings& settings);

/// [RULE SETTLE-007] settlement value = fund ÷ pay share ÷ points of the year. Points of the months
/// to come: the mean of those known (the middle), the fewest (high value), the most (low value).
/// Worked example: fund 1,200.00, pay share 0.75, known months 10 and 14 points: middle 144 points,
/// 1600 ÷ 144 = 11.1111; fewest 24 + 10 x 10 = 124: 12.9032; most 24 + 10 x 14 = 164: 9.7561.
struct PointValueForecast {
    const PoolReading* newest = nullptr;  ///< fund, pay share and budget value of the payer's year
    std::int64_t months = 0;              ///< known
    Points known{};
    Points expected{};  ///< points of the year, rounded
    Rate budget{};
    Rate middle{};
    Rate low{};
    Rate high{};
    Points ours{};      ///< of our cases of the year that are not cleared yet
    Money at_budget{};  ///< ours x budget value
    Money at_middle{};  ///< ours x middle
};
/// One for each payer and year of `pool_readings` recorded by the day; of a month the latest.
[[nodiscard]] std::vector<PointValueForecast> forecast_point_values(const SettlementInput& input,
                                                                    const Settlement& made);

/// Months from `from` to `to`; month 13 counts as December.
[[nodiscard]] std::int64_t months_between(Period from, Period to);
[[nodiscard]] Period month_after(Period month, std::int64_t months);

}  // namespace yuanliu::costing::settle
