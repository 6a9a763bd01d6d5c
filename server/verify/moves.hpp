// Moves of direct cost, a second time (docs/collection.md): every ledger line's way to the
// departments that it is cost of.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "allocation.hpp"
#include "plan.hpp"

namespace yuanliu_verify {

// The origin of cost before it is passed on.
inline constexpr std::uint8_t kDirect = 0;

// A ledger line that is cost.
struct CostLine {
    std::string voucher;
    std::string line;
    std::string account;
    std::uint32_t department = 0;
    std::uint32_t item = 0;
    std::uint8_t fund = 0;
    Fen amount = 0;
};

// Where cost stands or goes. Out of cost comes after all departments.
struct Spot {
    static constexpr std::uint32_t kOut = UINT32_MAX;
    std::uint32_t department = 0;
    std::uint32_t item = 0;
    std::uint8_t fund = 0;
    std::string reason;
    auto operator<=>(const Spot&) const = default;
};

struct Weights {
    std::map<Spot, Int128> of;  // zero ones are none
    std::string by;
    std::string driver;
};

// The tables that moves are divided by, as they stand.
struct PayRow {
    std::string staff;
    std::uint32_t department = 0;
    std::string kind;
    std::uint8_t fund = 0;
    Fen amount = 0;
};
struct TimeRow {
    std::string unit;
    std::string code;
    std::uint32_t department = Spot::kOut;
    std::string activity;
    Int128 minutes = 0;
};
struct AssetRow {
    std::uint32_t department = 0;
    std::string kind;
    Fen depreciation = 0;
    std::vector<Int128> paid;
};

class MoveWeights {
  public:
    MoveWeights(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                Report& report);

    // What a move weighs the targets by, of cost that stands at `from` and is part of `bill`.
    Weights of(const MoveRule& rule, const Spot& from, Fen bill) const;

  private:
    Weights by_shares(const MoveRule& rule, const Spot& from) const;
    Weights by_drivers(const MoveRule& rule, const Spot& from, Fen bill) const;
    Weights by_payroll(const MoveRule& rule, const Spot& from) const;
    Weights by_time(const Spot& from) const;
    Weights by_assets(const MoveRule& rule, const Spot& from) const;
    Departments receivers(const MoveRule& rule) const;
    // The first driver of the chain that is above zero, or blank.
    std::string first_above_zero(const MoveRule& rule, const Spot& from, const Departments& over,
                                 std::vector<Int128>& bases) const;
    std::uint32_t able(const std::string& code) const;
    void put(Weights& weights, const Spot& spot, Int128 weight) const;
    std::uint32_t numbered(std::string_view code, const char* where, Report& report) const;

    const Books& books_;
    Readings readings_;
    std::vector<PayRow> payroll_;
    std::vector<TimeRow> time_;
    std::vector<AssetRow> assets_;
};

// Makes the moves, writes moves and collected, and gives the balances; `lines` are those that are
// cost. Adds what goes out to the excluded figure.
Balances derive_moves(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                      const std::vector<CostLine>& lines, Derived& derived, Report& report);

}  // namespace yuanliu_verify
