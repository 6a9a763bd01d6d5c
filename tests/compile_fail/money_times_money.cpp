// expect: no match for .operator\*.
// Why this file: yuan times yuan is nothing that exists.
#include "costing/base/money.hpp"

yuanliu::Money square(yuanliu::Money side) {
#ifndef VALID
    return side * side;
#else
    return side + side;
#endif
}
