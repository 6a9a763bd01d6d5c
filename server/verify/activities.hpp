// How a department's service pool is divided into activities, what each used, and what came of it
// (docs/service-items.md). Departments by equivalents keep the way of pools.cpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "allocation.hpp"
#include "charges.hpp"
#include "patients.hpp"

namespace yuanliu_verify {

// By department: method and item driver; the first rule that matches, else equivalent.
std::vector<Method> methods_by_department(const RulesFolder& rules, const Books& books,
                                          const MonthFolder& month);

struct Activity {
    std::uint32_t department = 0;
    std::string code;
    std::string measure;
    std::string item_driver;
    std::uint32_t traced_item = CodeBook::kUnknown;  // of ~item
    std::string category;                            // of ~unit
    std::optional<std::int64_t> capacity;            // scale 4
    Costs costs{};
    Fen cost = 0;
    Int128 use = 0;     // scale 8
    Int128 weight = 0;  // use, or the capacity when that is more
    Costs idle{};
    Fen idle_cost = 0;
    std::map<std::uint32_t, Int128> by_encounter;  // the parked entry is the number of encounters
    std::map<std::uint32_t, Int128> by_item;

    bool of_stays() const {
        return measure == "days" || measure == "visits" || measure == "treatment_time";
    }
    Fen unallocated() const { return weight == 0 ? cost : 0; }
    Fen used_cost() const { return cost - idle_cost - unallocated(); }
};

// The activities of every divided service pool, by department, then code; with costs and uses.
std::vector<Activity> derive_activities(const MonthFolder& month, const Books& books,
                                        const RulesFolder& rules,
                                        const std::vector<Method>& methods,
                                        const Balances& balances, const Charges& charges);

// Writes activities.csv and hospital_item_cost.csv when the rules have methods.
void write_activities(const Books& books, const RulesFolder& rules,
                      const std::vector<Activity>& activities, const std::vector<Pool>& pools,
                      const Charges& charges, Derived& derived);

// The entries of the activities join those of pools, under numbers after theirs.
void join_activities(const std::vector<Activity>& activities, std::vector<Pool>& pools,
                     Charges& charges);

}  // namespace yuanliu_verify
