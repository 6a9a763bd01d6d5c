// Why this file: at the year's end the fund is shared over points and a surplus or an overrun is
// settled by brackets; Σ payments = fund to the fen (docs/settlement.md §6). [RULE SETTLE-002]
// Worked example: fund 1,000.00 over own points 2, 1 and other hospitals' 7: ours 300.00; appraisal
// 0.9: 270.00; booked 297.00 is 1.1 of it; brackets 0-0.85 booked, 0.85-1 standard, 1-1.1 overrun
// share 0.6, above 1.1 overrun share 0: 270.00 + 0.6 x 27.00 = 286.20; cases 190.80 and 95.40.
// The brackets are the insurer's; the founding texts' 50 % and 30 % are management accounting and
// stand nowhere here (practice.md §5).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "costing/settle/settlement_input.hpp"

namespace yuanliu::costing::settle {

/// A case that shares in a clearing: its index, its key, its points.
struct ClearedCase {
    std::size_t at = 0;
    std::string_view encounter{};
    Points points{};
};

struct ClearingOutcome {
    const Clearing* clearing = nullptr;
    Points points{};          ///< of our cases
    Money base{};             ///< our part of the fund by points
    Money appraised{};        ///< base x appraisal coefficient
    Money payable{};          ///< after the brackets
    std::size_t bracket = 0;  ///< from 1; 0 = none applied
    std::vector<ClearedCase> cases{};
    std::vector<Money> shares{};  ///< beside `cases`; sum to payable
};

/// What the brackets make of a standard and the booked amount; `bracket` counts from 1.
/// A standard of 0 or less, or no brackets: the standard, bracket 0.
[[nodiscard]] Money bracket_payment(const std::vector<Bracket>& brackets, Money standard,
                                    Money booked, std::size_t& bracket);

/// Requires cases with points above 0 in sum, or a fund of 0.
[[nodiscard]] ClearingOutcome clear_year(const Clearing& clearing, const Payer& payer,
                                         std::vector<ClearedCase> cases);

}  // namespace yuanliu::costing::settle
