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

enum class Scope : std::uint8_t { medical, medical_full, hospital_full };

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

/// By cost category and fund source.
using Cells = std::array<Money, kCategories * kFundSources>;
[[nodiscard]] constexpr std::size_t cell_of(CostCategory category, FundSource fund) noexcept {
    return static_cast<std::size_t>(category) * kFundSources + static_cast<std::size_t>(fund);
}

/// A line of every report: one cost item, one other fund source, or a sum of the lines so far.
struct CostLine {
    std::string title;
    std::array<bool, kCategories * kFundSources> covers{};
    bool is_sum = false;
    [[nodiscard]] Money of(const Cells& cells) const;
};

[[nodiscard]] std::string name_of(Scope scope, Language language);
/// The last line is the sum of them all.
[[nodiscard]] std::vector<CostLine> cost_lines(Scope scope, Language language);
[[nodiscard]] bool is_in(Scope scope, FundSource fund) noexcept;

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

  private:
    void add_costs(const ResultBook& book);
    void add_transfers(const ResultBook& book);
    void check_ledger(const ResultBook& book);
    void check_moves(const ResultBook& book);
    void note(const std::string& claim, Money left, Money right);

    const Month& month_;
    std::unordered_map<std::string_view, std::size_t> departments_;
    std::unordered_map<std::string_view, std::size_t> items_;
    std::vector<std::array<Cells, kLayers>> layers_;
    std::vector<Cells> full_;
    std::vector<Gap> gaps_;
};

}  // namespace yuanliu::report
