// Why this file: what every report sums up: the cost of departments by layer, cost category and
// fund source, tied to the ledger and to the transfers before anything is shown (docs/reports.md
// §1, §7).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"
#include "server/report/report.hpp"
#include "server/report/result_book.hpp"

namespace yuanliu::report {

/// The four scopes (成本口径), each wider than the one before.
enum class Scope : std::uint8_t { medical_business, medical, medical_full, hospital_full };

/// How cost came to a department, or left it.
enum class Layer : std::uint8_t {
    booked,              ///< 直接计入
    public_cost,         ///< 计算计入
    administrative,      ///< 一级
    auxiliary,           ///< 二级
    medical_technology,  ///< 三级
    other,
    passed_on  ///< negative
};
inline constexpr std::size_t kLayers = 7;

/// By cost category and fund source, what is management's apart from the rest.
inline constexpr std::size_t kCells = kCategories * kFundSources * 2;
using Cells = std::array<Money, kCells>;
[[nodiscard]] constexpr std::size_t cell_of(CostCategory category, FundSource fund,
                                            bool is_management) noexcept {
    return (static_cast<std::size_t>(category) * kFundSources + static_cast<std::size_t>(fund)) *
               2 +
           (is_management ? 1 : 0);
}
/// Whether cost that a department of the class holds is no business of medicine (docs/collection.md
/// §8): of administrative origin, or an administrative department's own.
[[nodiscard]] constexpr bool is_management(DepartmentClass holder, Origin origin) noexcept {
    return origin == Origin::administrative ||
           (holder == DepartmentClass::administrative &&
            (origin == Origin::direct || origin == Origin::public_cost));
}

/// A line of every report: one cost item, one other fund source, or a sum of the lines so far.
struct CostLine {
    std::string title;
    std::array<bool, kCells> covers{};
    bool is_sum = false;
    /// Adds what is management's and what is not.
    void cover(CostCategory category, FundSource fund);
    [[nodiscard]] Money of(const Cells& cells) const;
};

[[nodiscard]] std::string name_of(Scope scope, Language language);
/// The last line is the sum of them all.
[[nodiscard]] std::vector<CostLine> cost_lines(Scope scope, Language language);

class CostView {
  public:
    /// What doesn't close is left in gaps().
    CostView(const Month& month, const ResultBook& book);

    [[nodiscard]] const Month& month() const { return month_; }
    [[nodiscard]] const std::vector<Gap>& gaps() const { return gaps_; }
    [[nodiscard]] std::optional<DepartmentId> find(std::string_view code) const;

    [[nodiscard]] Money layer(DepartmentId department, Layer layer, const CostLine& line) const;
    /// Booked and public cost.
    [[nodiscard]] Money direct(DepartmentId department, const CostLine& line) const;
    /// Direct cost and the levels, before anything is passed on.
    [[nodiscard]] Money gathered(DepartmentId department, const CostLine& line) const;
    [[nodiscard]] Money full(DepartmentId department, const CostLine& line) const;
    /// Direct cost of the hospital.
    [[nodiscard]] Money total(const CostLine& line) const;
    /// Whether the department has any figure in the line.
    [[nodiscard]] bool is_empty(DepartmentId department, const CostLine& line) const;
    /// Departments of a class with figures, by code.
    [[nodiscard]] std::vector<DepartmentId> departments(DepartmentClass department_class,
                                                        const CostLine& line) const;
    [[nodiscard]] Layer level_of(const Transfer& transfer) const;
    /// Whether cost of this kind, held by a department of the month, belongs to the scope.
    [[nodiscard]] bool is_in(Scope scope, FundSource fund, Origin origin,
                             std::string_view holder) const;
    /// Empty: the month doesn't know the cost item.
    [[nodiscard]] std::optional<CostCategory> category_of(std::string_view cost_item) const;

  private:
    void add_costs(const ResultBook& book);
    void add_transfers(const ResultBook& book);
    void check_ledger(const ResultBook& book);
    void check_transfers(const ResultBook& book);
    void check_scopes(const ResultBook& book);
    void add_collected(const ResultBook& book);
    [[nodiscard]] std::size_t cell_at(std::string_view holder, std::string_view cost_item,
                                      FundSource fund, Origin origin) const;
    void note(const std::string& claim, Money left, Money right);

    const Month& month_;
    std::unordered_map<std::string_view, std::size_t> departments_;
    std::unordered_map<std::string_view, std::size_t> items_;
    std::vector<std::array<Cells, kLayers>> layers_;
    std::vector<Cells> full_;
    std::vector<Gap> gaps_;
};

}  // namespace yuanliu::report
