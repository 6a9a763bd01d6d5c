// Why this file: looks up driver readings by binary search over one sorted copy.
#include "costing/allocate/driver_base.hpp"

#include <algorithm>
#include <tuple>

namespace yuanliu::costing {

DriverBase::DriverBase(const Month& month) : readings_(month.driver_readings) {
    std::sort(readings_.begin(), readings_.end(), [](const auto& left, const auto& right) {
        return std::tuple(left.driver, left.sender, left.department) <
               std::tuple(right.driver, right.sender, right.department);
    });
}

DriverBase::Range DriverBase::range_of(DriverId driver, DepartmentId sender) const {
    const auto less = [](const auto& left, const auto& right) {
        return std::tuple(left.driver, left.sender) < std::tuple(right.driver, right.sender);
    };
    const DriverReading wanted{.driver = driver, .sender = sender, .department = {}, .value = {}};
    const auto [first, last] = std::equal_range(readings_.begin(), readings_.end(), wanted, less);
    return {.begin = static_cast<std::size_t>(first - readings_.begin()),
            .end = static_cast<std::size_t>(last - readings_.begin())};
}

std::vector<Quantity> DriverBase::over(DriverId driver, DepartmentId sender,
                                       const std::vector<DepartmentId>& receivers) const {
    Range range = range_of(driver, sender);
    if (range.begin == range.end) {
        range = range_of(driver, DepartmentId());
    }
    std::vector<Quantity> bases(receivers.size());
    std::size_t at = range.begin;
    for (std::size_t i = 0; i < receivers.size(); ++i) {  // both lists ascend by department
        while (at < range.end && readings_[at].department < receivers[i]) {
            ++at;
        }
        if (at < range.end && readings_[at].department == receivers[i]) {
            bases[i] = readings_[at].value;
        }
    }
    return bases;
}

}  // namespace yuanliu::costing
