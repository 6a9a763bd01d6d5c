// expect: could not convert .*CostItemTag.* to .*DepartmentTag
// Why this file: an id of one kind does not become an id of another.
#include "costing/base/strong_id.hpp"

yuanliu::DepartmentId department_of(yuanliu::CostItemId cost_item) {
#ifndef VALID
    return cost_item;
#else
    return yuanliu::DepartmentId(cost_item.index());
#endif
}
