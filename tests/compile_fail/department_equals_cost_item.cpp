// expect: no match for .operator==.
// Why this file: the id of a department may never be taken for that of a cost item.
#include "costing/base/strong_id.hpp"

bool same(yuanliu::DepartmentId department, yuanliu::CostItemId cost_item) {
#ifndef VALID
    return department == cost_item;
#else
    return department.is_valid() && cost_item.is_valid();
#endif
}
