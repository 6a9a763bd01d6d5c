// Why this file: what the reports on profit share: their head, their cells, and the norm of a
// group (docs/profit.md §1, §5).
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "server/report/profit_reports.hpp"

namespace yuanliu::report {

/// Of the classes that build a report's tables: words in its language.
class ReportWords {
  protected:
    explicit ReportWords(Language language) : language_(language) {}
    [[nodiscard]] Language language() const noexcept { return language_; }
    [[nodiscard]] std::string words(const char* zh, const char* en) const {
        return in(language_, zh, en);
    }

  private:
    Language language_;
};

/// Index of the scope among the four of a Tally.
[[nodiscard]] std::size_t index_of(Scope scope) noexcept;
[[nodiscard]] Report begin_profit_report(const ProfitInput& input, std::string title);
/// "1,234.56", for sentences.
[[nodiscard]] std::string yuan_words(Money amount);
/// "+1,234.56" or "-1,234.56".
[[nodiscard]] std::string signed_words(Money amount);
/// A rate at scale 4 as "12.34%".
[[nodiscard]] std::string percent_words(Rate rate);

[[nodiscard]] Cell optional_amount(std::optional<Money> amount);
/// RW without trailing zeros.
[[nodiscard]] Cell weight_cell(RelativeWeight weight);
/// Σ RW ÷ cases at scale 4; blank without cases.
[[nodiscard]] Cell cmi_cell(const Tally& tally);
[[nodiscard]] Rate cmi_rate(const Tally& tally);
/// Days per case at scale 2; blank without cases.
[[nodiscard]] Cell days_each_cell(std::int64_t days, std::int64_t cases);
[[nodiscard]] std::optional<Rate> margin_rate_of(const Tally& tally, std::size_t scope);
[[nodiscard]] Cell rate_cell(std::optional<Rate> rate);

[[nodiscard]] std::string department_title(const ProfitView& view, DepartmentId department);
[[nodiscard]] std::string charge_part_words(std::size_t part, Language language);
[[nodiscard]] std::string basis_words(PaymentBasis basis, Language language);

/// Something that cases are added up by.
struct ProfitObject {
    std::string code;
    std::string title;
    Tally tally;
};
using ProfitObjects = std::vector<ProfitObject>;
/// Objects by code; add() finds or makes one.
class ObjectSums {
  public:
    void add(const std::string& code, const std::string& title, const Tally& tally);
    /// Lowest margin of the scope first, ties by code.
    [[nodiscard]] ProfitObjects by_margin(std::size_t scope) const;
    [[nodiscard]] ProfitObjects by_code() const;

  private:
    std::map<std::string, ProfitObject> objects_;
};
[[nodiscard]] Tally total_of(const ProfitObjects& objects);
/// DIP cases by group, by code.
[[nodiscard]] ObjectSums dip_groups(const ProfitView& view, Language language);
/// Sums of the normal DIP cases of each group in the hospital: the norm that cases are held to.
[[nodiscard]] std::map<std::string, Tally> norms_of(const ProfitView& view);

/// That none of it decides pay.
[[nodiscard]] std::string not_for_pay(Language language);

}  // namespace yuanliu::report
