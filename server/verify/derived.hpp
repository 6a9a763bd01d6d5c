// What the second derivation holds at its end: rows of every result table and the figures of the
// certificate. Rows are kept as canonical text in one buffer a table, because there may be
// millions.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "components.hpp"
#include "decimals.hpp"

namespace yuanliu_verify {

class RowSet {
  public:
    // One row is written cell by cell, then ended.
    RowSet& text(std::string_view value);
    RowSet& amount(Int128 fen);
    RowSet& decimal(Int128 value, int scale, Zeros zeros = Zeros::kTrim);
    RowSet& number(Int128 value) { return decimal(value, 4); }
    RowSet& count(Int128 value) { return decimal(value, 0); }
    RowSet& blank() { return text({}); }
    void end_row();

    // The rows sorted bytewise; valid as long as the set.
    std::vector<std::string_view> sorted() const;
    std::size_t size() const { return ends_.size(); }

  private:
    void separate();

    std::string buffer_;
    std::vector<std::size_t> ends_;
    bool in_row_ = false;
};

struct Bridge {
    Fen opening = 0;
    Fen month = 0;
    Fen discharged = 0;
    Fen closing = 0;
    Fen discharged_earlier = 0;
};

struct ProfitSums {
    std::int64_t cases = 0;
    Int128 rw = 0;      // scale 7
    Int128 points = 0;  // scale 4
    Fen charge = 0;
    Fen payment = 0;
    Fen cost = 0;
};

// What the pools gave to items, to days and visits, and what stayed (service pools' part).
struct ItemFigures {
    Fen service_pools = 0;
    Fen traced = 0;
    Fen activities = 0;
    Fen items = 0;
    Fen stays = 0;
    Fen idle = 0;
    Fen unallocated = 0;
    Fen drugs = 0;
    Fen materials = 0;
};

// A service item over the departments that list it.
struct HospitalItem {
    std::int64_t departments = 0;
    Int128 quantity = 0;
    Fen charge = 0;
    Fen cost = 0;
};

struct Figures {
    ItemFigures items;
    Fen ledger = 0;
    Fen excluded = 0;
    Fen direct = 0;
    std::vector<Fen> after_stages;
    // Direct and full by cost item and fund source.
    std::map<std::pair<std::string, std::uint8_t>, std::pair<Fen, Fen>> by_item_fund;
    // By component: what the pools held and where it went.
    Costs pools{};
    Costs patients{};
    Costs parked{};
    Costs unallocated{};
    Bridge cost_bridge;
    Bridge charge_bridge;
    std::int64_t parked_lines = 0;
    Fen parked_charge = 0;
    Fen parked_absolute = 0;
    Fen all_absolute = 0;
    ProfitSums profit;
    Fen bonus_carried = 0;
    Fen bonus_released = 0;
    Fen bonus_paid = 0;
};

struct Derived {
    std::map<std::string, RowSet> tables;
    Figures figures;
    std::map<std::uint32_t, HospitalItem> hospital_items;  // by item number
};

}  // namespace yuanliu_verify
