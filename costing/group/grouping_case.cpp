// Why this file: see grouping_case.hpp.
#include "costing/group/grouping_case.hpp"

#include <algorithm>

namespace yuanliu::costing::group {
namespace {

bool is_within(std::int32_t value, std::int32_t low, std::int32_t high) {
    if (low == CaseBounds::kNone && high == CaseBounds::kNone) {
        return true;
    }
    return value != GroupingCase::kUnknown && (low == CaseBounds::kNone || value >= low) &&
           (high == CaseBounds::kNone || value <= high);
}

}  // namespace

void GroupAnswer::decide_by(MedicalCode code) {
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
        codes.push_back(code);
    }
}

Shortfall shortfall_of(const CaseBounds& bounds, const GroupingCase& record) {
    if (bounds.sex && *bounds.sex != record.sex) {
        return Shortfall::sex;
    }
    if (!is_within(record.age_days, bounds.age_days_min, bounds.age_days_max)) {
        return Shortfall::age;
    }
    if (!is_within(record.weight_g, bounds.weight_g_min, bounds.weight_g_max)) {
        return Shortfall::weight;
    }
    return Shortfall::none;
}

}  // namespace yuanliu::costing::group
