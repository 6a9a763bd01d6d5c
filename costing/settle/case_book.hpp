// Why this file: every event finds its original case here, and each case becomes a list of entries
// that only add: what is owed at a day is the sum of the entries up to that day, so that an earlier
// figure stays what it was (docs/settlement.md §4). [RULE SETTLE-003] Worked example: estimate of
// 9,000.00 by the fund (claim +9,000.00); reply 8,700.00 after a deduction of 100.00 (claim
// -200.00, settled +8,800.00, loss +100.00); refusal 500.00 (loss +500.00); appeal returns 300.00
// (loss -300.00): settled 8,800.00, loss 300.00, owed by the fund 8,500.00.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "costing/settle/clearing.hpp"
#include "costing/settle/settlement_input.hpp"

namespace yuanliu::costing::settle {

/// The figures that entries add to. Loss (违规拒付) is never netted with settled (结算).
struct ClaimAmounts {
    Money claim{};    ///< what we count on from the fund; settled, once there is a settlement
    Money settled{};  ///< what the insurer recognised, before refusals for violations
    Money patient{};
    Money loss{};  ///< refused or taken back for violations; returned by an appeal: less
    Money cash{};  ///< received from the fund
    ClaimAmounts& operator+=(const ClaimAmounts& other);
    [[nodiscard]] Money net() const { return settled - loss; }
    [[nodiscard]] Money outstanding() const { return claim - loss - cash; }
};

struct Entry {
    std::size_t at = 0;  ///< of the case
    EntryKind kind{};
    Date recorded_on{};
    std::optional<Period> month{};  ///< of settlement; none: an estimate; month 13: the clearing
    ClaimAmounts amounts{};         ///< changes; cash is always 0
    std::string_view id{};          ///< of a refusal or an audit deduction
    SourceRef where{};
};

/// The rows of one case, each list by day.
struct CaseFile {
    std::string_view encounter{};
    const Payer* payer = nullptr;
    Period discharged_in{};                    ///< month
    std::vector<const Estimate*> estimates{};  ///< at least one
    std::vector<const Presettlement*> presettlements{};
    std::vector<const Reply*> replies{};
    std::vector<const Refusal*> refusals{};
    std::vector<const AppealEvent*> appeals{};
    std::vector<const ReviewEvent*> reviews{};
    std::vector<const AuditDeduction*> audits{};
    std::vector<const TransferStay*> stays{};
    [[nodiscard]] Date discharged_on() const { return estimates.front()->discharged_on; }
    [[nodiscard]] Period discharge_month() const { return discharged_in; }
    [[nodiscard]] bool is_by_points() const {
        return payer->method == PayerMethod::dip || payer->method == PayerMethod::drg;
    }
    /// The insurer has shown the case in a presettlement or a reply by that day.
    [[nodiscard]] bool is_settled_by(Date day) const;
    /// Of the latest review, reply, presettlement or estimate by that day that states points.
    [[nodiscard]] Points points_at(Date day) const;
    /// What it bears of a deduction that names no case: points, or fen of charges.
    [[nodiscard]] std::int64_t weight_at(Date day) const {
        return is_by_points() ? points_at(day).raw() : estimate_for(day).charge.raw();
    }
    /// The estimate that a reply is compared with: the latest by its day, else the first.
    [[nodiscard]] const Estimate& estimate_for(Date day) const;
};

/// Cases by encounter, bytewise. Rows of unknown cases and payers are left out: the checks name
/// them.
class CaseBook {
  public:
    explicit CaseBook(const SettlementInput& input);
    [[nodiscard]] const std::vector<CaseFile>& cases() const { return cases_; }
    [[nodiscard]] const CaseFile* find(std::string_view encounter) const;
    [[nodiscard]] const Payer* payer(std::string_view code) const;
    [[nodiscard]] const Refusal* refusal(std::string_view id) const;
    /// Cases of the payer, discharged in the year.
    [[nodiscard]] std::vector<std::size_t> of_year(const Payer* payer, int year) const;

  private:
    /// cases_.size() for a case that is not there.
    [[nodiscard]] std::size_t index_of(std::string_view encounter) const;

    std::vector<CaseFile> cases_;
    std::map<std::string_view, const Payer*> payers_;
    std::map<std::string_view, const Refusal*> refusals_;
};

/// A refusal, deduction or audit above what the fund recognised by then.
struct OverPaid {
    const CaseFile* file = nullptr;
    std::string_view id{};
    SourceRef where{};
    Money amount{};
    Money left{};  ///< that could be refused
};

struct EntryBook {
    std::vector<Entry> entries{};  ///< by day, case, kind, month, id
    std::vector<ClearingOutcome> clearings{};
    std::vector<OverPaid> over_paid{};
};

/// The entries of all events recorded by `as_of`. Clearings and shared deductions that nothing can
/// bear are left out: the checks name them.
[[nodiscard]] EntryBook make_entries(const SettlementInput& input, const CaseBook& book,
                                     Date as_of);

/// The month of a day.
[[nodiscard]] Period month_of(Date day);

}  // namespace yuanliu::costing::settle
