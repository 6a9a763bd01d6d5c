// expect: no match for .operator==.
// Why this file: an amount and a rate are never the same thing, whatever their integers.
#include "costing/base/money.hpp"

bool same(yuanliu::Money cost, yuanliu::Rate rate) {
#ifndef VALID
    return cost == rate;
#else
    return cost.is_zero() && rate.is_zero();
#endif
}
