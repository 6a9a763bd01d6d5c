// Why this file: the state of every case with the insurer at a day, and the sums that must agree
// whichever way they are taken: by case, by month, by department (docs/settlement.md §7).
// [RULE SETTLE-005] Each entry and each receipt is split once, over the departments of its case by
// apportion, so Σ departments = Σ cases = Σ months to the fen.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "costing/settle/cash.hpp"
#include "costing/settle/difference.hpp"

namespace yuanliu::costing::settle {

/// A case at the day.
struct CaseState {
    std::size_t at = 0;  ///< in the book
    const CaseFile* file = nullptr;
    CaseStage stage{};
    ClaimAmounts amounts{};
    Points points{};
    const Estimate* estimate = nullptr;  ///< that the last reply is compared with; else the latest
    const Reply* reply = nullptr;        ///< the latest; none yet
    std::optional<Difference> difference{};
    bool is_settled = false;
    bool is_cleared = false;
    /// 结算差额: what fund and patient give, before violations, less the charges; 0 until settled.
    [[nodiscard]] Money settlement_margin() const;
};

struct Settlement {
    Date as_of{};
    CaseBook book;  ///< states point into it: move, never copy
    EntryBook entries{};
    std::vector<CashRow> cash{};
    std::vector<CaseState> cases{};  ///< those with an entry by the day, by encounter
    /// By department and discharge month.
    std::map<std::pair<std::string, Period>, ClaimAmounts> departments{};
    Money unapplied{};  ///< cash by the day that no settlement stands for yet
    std::map<std::string, Money> prepayment_left{};  ///< by payer: received less netted
    std::map<std::string, Money> deposit_left{};     ///< by payer: held less returned
};

/// Everything recorded by `as_of`; later rows change nothing. `input` must outlive the result.
[[nodiscard]] Settlement settle(const SettlementInput& input, Date as_of);

/// What is wrong with the folder, all of it, whatever the day (docs/settlement.md §8).
[[nodiscard]] std::vector<Finding> check_settlement(const SettlementInput& input);
/// Brackets of a payer that do not join, and limits of factors; part of check_settlement.
void check_brackets(const SettlementInput& input, std::vector<Finding>& findings);
/// Appeals and reviews: order, days, amounts, quota; part of check_settlement.
void check_appeals(const SettlementInput& input, const CaseBook& book,
                   std::vector<Finding>& findings);
void check_reviews(const SettlementInput& input, const CaseBook& book,
                   std::vector<Finding>& findings);

/// The last day on which a refusal can be appealed, and a case can be put to special review.
[[nodiscard]] Date appeal_deadline(const Refusal& refusal, const Settings& settings);
[[nodiscard]] Date review_deadline(const CaseFile& file, const Settings& settings);
/// How many applications the payer's cases of a year may make: quota x discharges, rounded down.
[[nodiscard]] std::int64_t review_quota(const Payer& payer, std::size_t discharges,
                                        const Settings& settings);
}  // namespace yuanliu::costing::settle
