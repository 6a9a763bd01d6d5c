// Why this file: sums over balances, carried in 128 bits so that a wrong total can't wrap into a
// right one.
#include "costing/collect/balances.hpp"

#include <algorithm>

namespace yuanliu::costing {

Balances Balances::zeroed() const {
    Balances zero = *this;
    std::fill(zero.cells_.begin(), zero.cells_.end(), Money());
    return zero;
}

Money Balances::total() const {
    Int128 sum = 0;
    for (const Money cell : cells_) {
        sum += cell.raw();
    }
    return Money::from_raw(narrowed(sum));
}

bool Balances::holds_cost(DepartmentId department) const {
    const auto cells = of(department);
    return std::any_of(cells.begin(), cells.end(), [](Money cell) { return !cell.is_zero(); });
}

}  // namespace yuanliu::costing
