// expect: (cannot convert|invalid .static_cast.).*Money
// Why this file: no amount ever becomes a binary float, not even when asked to.
#include "costing/base/money.hpp"

#ifndef VALID
const double kPrice = static_cast<double>(yuanliu::Money());
#else
const yuanliu::Money kPrice = yuanliu::Money();
#endif
