// expect: ignoring return(ed)? value
// Why this file: a split whose errors nobody looks at loses money in silence.
#include "costing/base/apportion.hpp"

void split(yuanliu::Money total, std::span<const yuanliu::Part> parts) {
#ifndef VALID
    yuanliu::apportion(total, parts);
#else
    const auto shares = yuanliu::apportion(total, parts);
    static_cast<void>(shares);
#endif
}
