// Why this file: answers "by how much does each target take part in what a move took", for all
// kinds of bases (docs/collection.md §3, §4).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "costing/allocate/driver_base.hpp"
#include "costing/collect/move_plan.hpp"
#include "costing/collect/move_tables.hpp"

namespace yuanliu::costing {

/// What is divided: where a piece stands, and, with metered users, the bill that it is of.
struct Divided {
    DepartmentId department;
    CostItemId cost_item;
    FundSource fund{};
    Money bill;
};

/// Targets in their order, none of base zero. Empty when nothing can be divided.
struct MoveBases {
    std::vector<Place> places;
    std::vector<std::int64_t> bases;
    std::int64_t total = 0;
    MoveBy by{};
    DriverId driver;
};

class BaseMaker {
  public:
    BaseMaker(const Month& month, const ResolvedMove& move, MoveFindings& findings)
        : month_(month),
          move_(move),
          findings_(findings),
          drivers_(month, no_plan_),
          tables_(month, *move.rule, findings) {}

    [[nodiscard]] MoveBases of(const Divided& divided);
    /// What the rows of payroll or assets that served sum to.
    [[nodiscard]] Money served() const { return tables_.served(); }

  private:
    [[nodiscard]] PlaceSums by_shares(const Divided& divided) const;
    [[nodiscard]] PlaceSums by_drivers(const Divided& divided, MoveBases& made);
    [[nodiscard]] PlaceSums by_meters(const Divided& divided, const std::vector<Int128>& metered,
                                      MoveBases& made);
    [[nodiscard]] PlaceSums by_table(const Divided& divided, MoveBases& made);
    /// The first driver above zero over the targets, with its bases; not valid: there is none.
    DriverId choose(const Divided& divided, const std::vector<DepartmentId>& targets,
                    std::vector<std::int64_t>& bases);
    /// Metered amounts of the receivers in fen; empty without metered users.
    [[nodiscard]] std::vector<Int128> metered(const Divided& divided);
    [[nodiscard]] std::string tried() const;

    const Month& month_;
    const ResolvedMove& move_;
    MoveFindings& findings_;
    ResolvedPlan no_plan_{};
    DriverBase drivers_;
    MoveTables tables_;
};

}  // namespace yuanliu::costing
