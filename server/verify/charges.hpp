// One pass over the charge lines: what each encounter was charged and how much of each pool it
// used.
#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "books.hpp"
#include "derived.hpp"
#include "rules_folder.hpp"

namespace yuanliu_verify {

// Pools are numbered department x 3 + kind (service, drug, material).
struct PoolEntry {
    std::uint32_t pool = 0;
    std::uint32_t encounter = 0;  // the number of encounters means the parked entry
    Int128 weight = 0;
};

struct ItemUse {
    Int128 quantity = 0;  // scale 4
    Int128 weight = 0;    // scale 8 for services, fen otherwise
    Fen charge = 0;
};

// A netted row of a department that divides its service pool otherwise than by equivalents.
struct NettedRow {
    std::uint32_t encounter = 0;  // the number of encounters for parked ones
    std::uint32_t department = 0;
    std::uint32_t item = 0;
    Int128 quantity = 0;
    Fen charge = 0;
};

struct Charges {
    std::vector<Fen> month_charge;    // by encounter
    std::vector<PoolEntry> entries;   // by pool, then encounter; none of weight zero
    std::vector<Int128> pool_weight;  // by pool
    std::vector<bool> divided;        // by department: its service rows are below
    std::vector<NettedRow> divided_rows;
    // By department number x 2^32 + service item number.
    std::unordered_map<std::uint64_t, ItemUse> item_use;
};

// Also writes parked.csv and the figures of parking.
Charges derive_charges(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                       const std::vector<Method>& methods, Derived& derived, Report& report);

}  // namespace yuanliu_verify
