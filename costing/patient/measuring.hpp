// Why this file: how much a row or a stay uses of each activity. [RULE COST-010] An activity has a
// measure; a row of use weighs by it, at scale 8, a negative use being nothing
// (docs/service-items.md §4). Worked example: 3 scans of 20 minutes each by the item driver
// "minutes" -> 3 x 20 = 60 (raw 6000000000). For a pool of one activity by equivalents, drugs or
// materials the netting keeps its short way.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "costing/patient/methods.hpp"
#include "costing/patient/pools.hpp"

namespace yuanliu::costing {

/// Largest sum of weights of an activity. A weight above it is kept as one more than it, so that
/// the activity is reported as weight_overflow instead of wrapping.
inline constexpr std::int64_t kMaxWeightSum = std::int64_t{1} << 62;
[[nodiscard]] constexpr std::int64_t capped_weight(Int128 weight) noexcept {
    return weight > kMaxWeightSum ? kMaxWeightSum + 1 : static_cast<std::int64_t>(weight);
}

/// The activities of all pools, without cost: one `~all` for each pool but those of services that
/// the rules divide. In order of department, pool, code.
[[nodiscard]] std::vector<ActivityResult> list_activities(const Month& month, const Pools& pools,
                                                          const CostingSettings& settings);

/// What one encounter uses of one activity.
struct ActivityUse {
    std::uint32_t activity = 0;
    std::int64_t weight = 0;
};

/// What one unit of a netted row weighs: 0.0001 of quantity, or a fen of charge. 0 = the row has no
/// use of the activity.
struct RowFactor {
    std::int64_t value = 0;
    bool by_charge = false;
};

/// In a pool that is not divided otherwise: services by equivalent, drugs and materials by charge.
[[nodiscard]] RowFactor plain_factor(const ServiceItem& item);

class Measuring {
  public:
    /// Both outlive the measuring.
    Measuring(const Month& month, const std::vector<ActivityResult>& activities);

    /// The activities of a pool.
    struct Span {
        std::uint32_t first = 0;
        std::uint32_t count = 0;  ///< 0: the department has no such pool
        bool is_plain = true;     ///< one activity, by equivalents or, of drugs, by charge
    };
    [[nodiscard]] const Span& of(DepartmentId department, PoolKind kind) const {
        return spans_[department.index() * kPoolKinds + static_cast<std::size_t>(kind)];
    }
    /// Whether rows of the item can have use of an activity that is measured by rows.
    [[nodiscard]] bool measures(std::uint32_t activity, ServiceItemId item) const;
    [[nodiscard]] RowFactor row_factor(std::uint32_t activity, ServiceItemId item) const;
    /// Uses by days, visits and treatment time of a known encounter.
    void add_stays(EncounterId encounter, std::vector<ActivityUse>& uses) const;
    [[nodiscard]] std::size_t activities() const { return activities_.size(); }

  private:
    void take_values();
    void take_stays();

    const Month& month_;
    const std::vector<ActivityResult>& activities_;
    std::vector<Span> spans_;
    /// Values by service item of each item driver in each department that measures by it.
    std::map<std::pair<std::string, DepartmentId>, std::vector<std::int64_t>> values_;
    std::vector<const std::vector<std::int64_t>*> values_of_;  ///< by activity; null = none
    std::vector<std::vector<std::uint32_t>> by_days_;          ///< by department
    std::vector<std::vector<std::uint32_t>> by_visits_;
    std::vector<std::vector<std::uint32_t>> by_time_;
    bool has_days_ = false;
    bool has_time_ = false;
    bool has_visits_ = false;
};

}  // namespace yuanliu::costing
