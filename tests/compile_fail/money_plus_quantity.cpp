// expect: no match for .operator\+.
// Why this file: an amount and a quantity have no sum.
#include "costing/base/money.hpp"

yuanliu::Money sum(yuanliu::Money cost, yuanliu::Quantity quantity) {
#ifndef VALID
    return cost + quantity;
#else
    return quantity.is_zero() ? cost : cost + cost;
#endif
}
