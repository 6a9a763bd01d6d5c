// Pools, their split over encounters and service items, and the whole-stay figures of encounters
// (docs/method.md §4 and §5).
#pragma once

#include <array>
#include <vector>

#include "allocation.hpp"
#include "charges.hpp"
#include "components.hpp"

namespace yuanliu_verify {

struct Activity;  // activities.hpp

struct Pool {
    bool exists = false;  // one of its components is not zero
    Costs costs{};
    Fen total = 0;
};

// Month cost of every encounter by component; only components that occur take a column.
class CostMatrix {
  public:
    CostMatrix(std::size_t encounters, const std::vector<std::uint8_t>& used);
    Fen& at(std::size_t encounter, std::uint8_t component);
    Fen total(std::size_t encounter) const;
    const std::vector<std::uint8_t>& used() const { return used_; }

  private:
    std::vector<std::uint8_t> used_;
    std::array<std::size_t, kComponents> column_{};
    std::vector<Fen> cells_;
};

struct Stays {
    std::vector<Fen> opening_charge;
    std::vector<Fen> opening_cost;
    std::vector<Fen> charge;  // whole stay
    std::vector<Fen> cost;    // whole stay
};

// By pool number. Writes pools and pool_components.
std::vector<Pool> derive_pools(const Books& books, const Balances& balances, const Charges& charges,
                               const std::vector<Activity>& activities, Derived& derived);
void derive_service_items(const Books& books, const std::vector<Pool>& pools,
                          const Charges& charges, const std::vector<Activity>& activities,
                          Derived& derived);
// Writes patient_cost, parked_cost and the sums by component.
CostMatrix derive_patient_cost(const Books& books, const std::vector<Pool>& pools,
                               const Charges& charges, Derived& derived);
// Writes patients, the closing in-hospital tables and the bridges.
Stays derive_stays(const MonthFolder& month, const Books& books, const Charges& charges,
                   CostMatrix& month_cost, Derived& derived, Report& report);

}  // namespace yuanliu_verify
