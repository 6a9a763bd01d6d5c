// Why this file: answers "by how much does each target use this sender", the base of every share,
// for drivers of the month and for those that the plan makes of others.
#pragma once

#include <vector>

#include "costing/allocate/plan.hpp"
#include "costing/base/int128.hpp"

namespace yuanliu::costing {

/// Largest sum of bases that a split can carry.
inline constexpr std::int64_t kMaxBaseTotal = std::int64_t{1} << 62;

/// Bases over a list of targets, in its order, in units of 0.0001.
struct Bases {
    std::vector<std::int64_t> of;
    std::int64_t total = 0;
    bool overflows = false;            ///< above kMaxBaseTotal in sum; `of` means nothing then
    std::vector<DriverId> zero_terms;  ///< share terms that count nothing
};

/// Readings of all drivers, ready for look-up by driver, sender and target.
class DriverBase {
  public:
    DriverBase(const Month& month, const ResolvedPlan& plan);

    /// Bases of `driver` for `sender` over `targets`, which ascend. If a driver has any reading
    /// naming the sender, only those count; else the readings without a sender. Missing = 0.
    [[nodiscard]] Bases over(DriverId driver, DepartmentId sender,
                             const std::vector<DepartmentId>& targets) const;
    /// Whether a driver has any reading in the month; a made one if any of its terms has.
    [[nodiscard]] bool is_read(DriverId driver) const;

  private:
    struct Range {
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    [[nodiscard]] Range range_of(DriverId driver, DepartmentId sender) const;
    [[nodiscard]] std::vector<Int128> readings(DriverId driver, DepartmentId sender,
                                               const std::vector<DepartmentId>& targets) const;
    [[nodiscard]] std::vector<Int128> plain_terms(const ResolvedDriver& made, DepartmentId sender,
                                                  const std::vector<DepartmentId>& targets) const;
    [[nodiscard]] Bases share_terms(const ResolvedDriver& made, DepartmentId sender,
                                    const std::vector<DepartmentId>& targets) const;

    const Month& month_;
    const ResolvedPlan& plan_;
    std::vector<DriverReading> readings_;  ///< by driver, sender (none last), department
};

}  // namespace yuanliu::costing
