// Why this file: payroll, staff time and asset cards as bases of a move (docs/collection.md §4):
// each row leads to a place, with its amount or time.
#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "costing/base/int128.hpp"
#include "costing/collect/move_plan.hpp"

namespace yuanliu::costing {

/// Where cost may go; a department that is not valid is "out of cost", and comes last.
struct Place {
    DepartmentId department;
    CostItemId cost_item;
    FundSource fund{};
    std::string reason;
    friend auto operator<=>(const Place&, const Place&) = default;
};
using PlaceSums = std::map<Place, Int128>;

/// Bases that are amounts stand in yuan at scale 4.
inline constexpr std::int64_t kFenToBase = 100;

/// Keys that sort as the parts of a split stand.
[[nodiscard]] std::vector<std::string> keys_in_order(std::size_t count);

/// The findings of one move, each said once.
class MoveFindings {
  public:
    MoveFindings(const Month& month, const MoveRule& rule, std::size_t at,
                 std::vector<Finding>& findings)
        : month_(month), rule_(rule), at_(at), findings_(findings) {}
    /// The name of the move comes before the arguments.
    void warn(FindingCode code, std::vector<std::string> arguments) {
        add(code, Severity::warn, std::move(arguments));
    }
    void stop(FindingCode code, std::vector<std::string> arguments) {
        add(code, Severity::stop, std::move(arguments));
    }
    [[nodiscard]] const std::string& code_of(DepartmentId department) const {
        return month_.departments[department.index()].code;
    }

  private:
    void add(FindingCode code, Severity severity, std::vector<std::string> arguments);

    const Month& month_;
    const MoveRule& rule_;
    std::size_t at_;
    std::vector<Finding>& findings_;
    std::set<std::pair<FindingCode, std::vector<std::string>>> said_;
};

class MoveTables {
  public:
    MoveTables(const Month& month, const MoveRule& rule, MoveFindings& findings);

    /// Bases over the places that the table leads cost of this place to.
    [[nodiscard]] PlaceSums of(const Place& from);
    [[nodiscard]] Money served() const { return served_; }

  private:
    void add_payroll(const Place& from, PlaceSums& sums);
    void add_pay(const PayrollRow& row, const Place& from, PlaceSums& sums);
    void add_time(const Place& from, PlaceSums& sums);
    void add_assets(const Place& from, PlaceSums& sums);
    /// Adds a base to a place that must be able to take cost.
    void add(const Place& where, Int128 base, PlaceSums& sums);
    [[nodiscard]] static Place place_of_time(const TimeRow& row, CostItemId item, FundSource fund);
    [[nodiscard]] bool takes(std::string_view kind) const;
    void serve(std::size_t row, Money amount);

    const Month& month_;
    const MoveRule& rule_;
    MoveFindings& findings_;
    std::map<std::string, std::vector<const TimeRow*>> staff_time_;
    std::set<std::size_t> served_rows_;
    Money served_;
};

}  // namespace yuanliu::costing
