// Why this file: answers "by how much does each receiver use this sender", the base of every share.
#pragma once

#include <vector>

#include "costing/base/month.hpp"

namespace yuanliu::costing {

/// Readings of all drivers, ready for look-up by driver, sender and receiver.
class DriverBase {
  public:
    explicit DriverBase(const Month& month);

    /// Readings of `driver` for `sender` over `receivers`, in their order. If the driver has any
    /// reading naming the sender, only those count; else the readings without a sender. Missing =
    /// 0.
    [[nodiscard]] std::vector<Quantity> over(DriverId driver, DepartmentId sender,
                                             const std::vector<DepartmentId>& receivers) const;

  private:
    struct Range {
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    [[nodiscard]] Range range_of(DriverId driver, DepartmentId sender) const;

    std::vector<DriverReading> readings_;  ///< by driver, sender (none last), department
};

}  // namespace yuanliu::costing
