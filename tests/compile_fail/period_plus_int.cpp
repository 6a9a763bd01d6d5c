// expect: no match for .operator\+.
// Why this file: months are stepped by name, so that December and month 13 are never computed past.
#include "costing/base/period.hpp"

yuanliu::Period after(yuanliu::Period period) {
#ifndef VALID
    return period + 1;
#else
    return period.next();
#endif
}
