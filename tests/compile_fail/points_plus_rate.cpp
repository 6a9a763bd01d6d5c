// expect: no match for .operator\+.
// Why this file: two numbers of one scale are still of two kinds.
#include "costing/base/money.hpp"

yuanliu::Points sum(yuanliu::Points points, yuanliu::Rate rate) {
#ifndef VALID
    return points + rate;
#else
    return rate.is_zero() ? points : points + points;
#endif
}
