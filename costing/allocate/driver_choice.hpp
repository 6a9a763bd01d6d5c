// Why this file: one place decides by which driver, and over whom, a sender's cost goes: the first
// rule that matches, then the first driver of its chain that says anything about the targets
// (docs/allocation.md §1). What had to be skipped is never silent.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "costing/allocate/driver_base.hpp"
#include "costing/base/apportion.hpp"

namespace yuanliu::costing {

/// Whom a pass of a method sends to (docs/allocation.md §3); a sender itself only in `network`.
enum class TargetScope { receivers, peers, both, later, network };

/// The driver that a sender's cost goes by, with its non-zero bases.
struct DriverChoice {
    DriverId driver;
    std::vector<DepartmentId> targets;  ///< ascending
    std::vector<Part> parts;            ///< of the targets
    Quantity base_total;
};

/// Choices for the senders of one stage. A choice lives as long as its chooser.
class DriverChooser {
  public:
    DriverChooser(const Month& month, const ResolvedPlan& plan, const DriverBase& bases,
                  std::size_t stage, std::vector<Finding>& findings);

    /// The choice for a pool, or nothing and findings: plan_rule_missing {sender, category, stage},
    /// driver_total_is_zero {sender, category, stage, drivers tried}, weight_overflow {driver,
    /// sender} (stop). Also driver_fell_back {sender, category, stage, drivers tried, driver used},
    /// driver_term_is_zero {driver, term, sender, stage} (warn). Each is reported once a stage.
    const DriverChoice* need(const PoolKey& pool, TargetScope scope);
    /// The same; a chain that is zero is nothing, and no finding.
    const DriverChoice* find(const PoolKey& pool, TargetScope scope);
    /// The driver that `need(pool, both)` takes, over the receivers alone.
    const DriverChoice* need_over_receivers(const PoolKey& pool);
    /// Without any finding; for looking ahead.
    const DriverChoice* peek(const PoolKey& pool, TargetScope scope);

    [[nodiscard]] const ResolvedStage& stage() const { return stage_; }

  private:
    /// What trying a chain gave; kept, so that each chain is tried once.
    struct Attempt {
        DriverChoice choice;
        bool is_chosen = false;
        std::vector<DriverId> tried;  ///< zero, before the chosen one
        DriverId overflowing;
        std::vector<DriverId> zero_terms;
    };
    static constexpr std::size_t kNoRule = static_cast<std::size_t>(-1);

    [[nodiscard]] std::size_t rule_of(const PoolKey& pool) const;
    [[nodiscard]] std::vector<DepartmentId> targets_of(DepartmentId sender,
                                                       const ResolvedRule& rule,
                                                       TargetScope scope) const;
    void keep_bases(DriverId driver, const std::vector<DepartmentId>& targets, Bases bases,
                    Attempt& attempt) const;
    const Attempt& attempt(DepartmentId sender, std::size_t rule, TargetScope scope);
    const DriverChoice* judged(const PoolKey& pool, TargetScope scope, bool must_move);
    void report_attempt(const PoolKey& pool, const Attempt& attempt, bool must_move);
    void report(FindingCode code, Severity severity, std::vector<std::string> arguments);
    [[nodiscard]] std::string codes_of(const std::vector<DriverId>& drivers) const;
    [[nodiscard]] std::string category_of(const PoolKey& pool) const;

    const Month& month_;
    const ResolvedPlan& plan_;
    const DriverBase& bases_;
    const ResolvedStage& stage_;
    std::size_t stage_index_;
    std::vector<Finding>& findings_;
    std::vector<std::size_t> place_in_order_;  ///< by department
    std::vector<DepartmentId> both_;
    using Key = std::tuple<DepartmentId, std::size_t, TargetScope, bool>;
    std::map<Key, std::unique_ptr<Attempt>> attempts_;
    std::set<std::pair<FindingCode, std::vector<std::string>>> reported_;
};

}  // namespace yuanliu::costing
