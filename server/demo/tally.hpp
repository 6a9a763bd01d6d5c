// What the charge lines of a month add up to. Ledger and drivers are made from these sums, which
// is why cost, revenue and activity of the demonstration agree with each other.
#pragma once

#include <array>

#include "server/demo/charging.hpp"

namespace yuanliu::demo {

struct Tally {
    explicit Tally(const World& world)
        : departments(world.layout.departments.size()),
          executed(departments),
          ordered(departments),
          technical_cost(departments),
          orders(departments * departments),
          work(departments * departments),
          units(world.items.items.size() * departments),
          prescriptions(departments),
          payment_gap(departments),
          visits(departments),
          discharges(departments),
          online(departments),
          bed_days(departments) {}

    void count(const World& world, const Line& line) {
        const auto& item = world.items.items[line.item];
        const auto kind = static_cast<std::size_t>(item.kind);
        charges += line.charge;
        executed[line.executing][kind] += line.charge;
        ordered[line.ordering][kind] += line.charge;
        if (item.kind == Kind::service && line.executing != line.ordering) {
            const auto role = world.layout.departments[line.executing].role;
            technical_cost[line.ordering] += line.charge * cost_ratio(role) / 1000;
        }
        const auto cell = line.executing * departments + line.ordering;
        orders[cell] += line.quantity > 0 ? 1 : 0;
        work[cell] += line.quantity * item.equivalent;
        units[line.item * departments + line.executing] += line.quantity;
        prescriptions[line.ordering] += item.kind == Kind::drug && line.quantity > 0 ? 1 : 0;
    }

    [[nodiscard]] std::int64_t units_of(std::size_t item, std::size_t department) const {
        return units[item * departments + department];
    }

    std::size_t departments;
    Fen charges = 0;
    std::vector<std::array<Fen, kKinds>> executed;  ///< by executing department
    std::vector<std::array<Fen, kKinds>> ordered;   ///< by ordering department
    std::vector<Fen> technical_cost;   ///< what the services ordered elsewhere should cost
    std::vector<std::int64_t> orders;  ///< lines, executing x ordering
    std::vector<std::int64_t> work;    ///< quantity x equivalent in 0.0001, executing x ordering
    std::vector<std::int64_t> units;   ///< net quantity, item x executing department
    std::vector<std::int64_t> prescriptions;  ///< drug lines by ordering department
    std::vector<Fen> payment_gap;             ///< what the insurer pays beyond the charges
    std::vector<std::int64_t> visits;
    std::vector<std::int64_t> discharges;
    std::vector<std::int64_t> online;    ///< visits through the internet hospital, of `visits`
    std::vector<std::int64_t> bed_days;  ///< of the month, by the ward where the stay counts
    std::int64_t borrowed_days = 0;      ///< of these, in another ward's beds (bed_loan_of)
};

}  // namespace yuanliu::demo
