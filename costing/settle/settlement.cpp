// Why this file: see settlement.hpp; the state at a day and the split over departments.
#include "costing/settle/settlement.hpp"

#include <algorithm>

#include "costing/base/apportion.hpp"
#include "costing/base/int128.hpp"

namespace yuanliu::costing::settle {
namespace {

std::int64_t stay_weight(const TransferStay& stay, SplitBy by) {
    switch (by) {
        case SplitBy::days:
            return stay.days;
        case SplitBy::cost:
            return stay.cost.raw();
        case SplitBy::points:
            return stay.points.raw();
        case SplitBy::key:
            return stay.key.raw();
    }
    return 0;
}

/// The departments of a case with their weights; the discharging one alone without a transfer.
std::vector<Part> department_parts(const CaseFile& file, SplitBy by) {
    std::vector<Part> parts;
    std::int64_t sum = 0;
    for (const TransferStay* stay : file.stays) {
        const std::int64_t weight = stay_weight(*stay, by);
        if (!parts.empty() && parts.back().key == stay->department) {
            parts.back().weight += weight;
        } else {
            parts.push_back({.weight = weight, .key = stay->department});
        }
        sum += weight;
    }
    if (sum == 0) {
        parts = {{.weight = 1, .key = file.estimates.front()->department}};
    }
    return parts;
}

class DepartmentSplit {
  public:
    DepartmentSplit(Settlement& made, SplitBy by) : made_(&made) {
        for (const CaseFile& file : made.book.cases()) {
            parts_.push_back(department_parts(file, by));
        }
    }
    void add(std::size_t at, const ClaimAmounts& amounts) {
        add_one(at, amounts.claim, &ClaimAmounts::claim);
        add_one(at, amounts.settled, &ClaimAmounts::settled);
        add_one(at, amounts.patient, &ClaimAmounts::patient);
        add_one(at, amounts.loss, &ClaimAmounts::loss);
        add_one(at, amounts.cash, &ClaimAmounts::cash);
    }

  private:
    void add_one(std::size_t at, Money amount, Money ClaimAmounts::*figure) {
        const auto shares = apportion(amount, parts_[at]);
        YUANLIU_CHECK(shares.has_value());
        const Period month = made_->book.cases()[at].discharge_month();
        for (std::size_t i = 0; i < parts_[at].size(); ++i) {
            made_->departments[{std::string(parts_[at][i].key), month}].*figure += (*shares)[i];
        }
    }
    Settlement* made_;
    std::vector<std::vector<Part>> parts_;
};

bool is_open_review(const CaseFile& file, Date as_of) {
    bool is_applied = false;
    bool is_decided = false;
    for (const ReviewEvent* row : file.reviews) {
        if (row->recorded_on <= as_of) {
            (row->step == ReviewStep::applied ? is_applied : is_decided) = true;
        }
    }
    return is_applied && !is_decided;
}

/// The furthest that any refusal of the case is open: appealing, refused, or neither (estimated).
CaseStage refusal_stage(const CaseFile& file, const Settings& settings, Date as_of) {
    CaseStage stage = CaseStage::estimated;
    for (const Refusal* refusal : file.refusals) {
        if (refusal->recorded_on > as_of) {
            continue;
        }
        bool is_filed = false;
        bool is_decided = false;
        for (const AppealEvent* row : file.appeals) {
            if (row->refusal == refusal->refusal && row->recorded_on <= as_of) {
                (row->step == AppealStep::filed ? is_filed : is_decided) = true;
            }
        }
        if (is_filed && !is_decided) {
            return CaseStage::appealing;
        }
        if (!is_filed && appeal_deadline(*refusal, settings) >= as_of) {
            stage = CaseStage::refused;
        }
    }
    return stage;
}

CaseStage stage_of(const CaseState& state, const Settings& settings, Date as_of) {
    if (is_open_review(*state.file, as_of)) {
        return CaseStage::reviewing;
    }
    const CaseStage refused = refusal_stage(*state.file, settings, as_of);
    if (refused != CaseStage::estimated) {
        return refused;
    }
    if (state.is_cleared) {
        return CaseStage::cleared;
    }
    if (state.reply != nullptr) {
        return CaseStage::replied;
    }
    return state.is_settled ? CaseStage::presettled : CaseStage::estimated;
}

void take_statements(CaseState& state, Date as_of) {
    const CaseFile& file = *state.file;
    for (const Reply* reply : file.replies) {
        state.reply = reply->recorded_on <= as_of ? reply : state.reply;
    }
    state.is_settled = file.is_settled_by(as_of);
    state.points = file.points_at(as_of);
    state.estimate = &file.estimate_for(state.reply != nullptr ? state.reply->recorded_on : as_of);
    if (state.reply != nullptr) {
        state.difference = explain_difference(*state.estimate, *state.reply);
    }
}

void collect_balances(const SettlementInput& input, Settlement& made) {
    for (const Receipt& row : input.receipts) {
        if (row.received_on > made.as_of) {
            continue;
        }
        if (row.kind == ReceiptKind::prepayment) {
            made.prepayment_left[row.payer] += row.amount;
        } else if (row.kind == ReceiptKind::deposit_returned) {
            made.deposit_left[row.payer] -= row.amount;
        }
    }
    for (const ClearingOutcome& outcome : made.entries.clearings) {
        const Clearing& clearing = *outcome.clearing;
        if (!clearing.prepayment_netted.is_zero()) {
            made.prepayment_left[clearing.payer] -= clearing.prepayment_netted;
        }
    }
    for (const Deposit& row : input.deposits) {
        if (row.recorded_on <= made.as_of) {
            made.deposit_left[row.payer] += row.amount;
        }
    }
}

}  // namespace

Money CaseState::settlement_margin() const {
    return is_settled ? amounts.settled + amounts.patient - estimate->charge : Money();
}

Date appeal_deadline(const Refusal& refusal, const Settings& settings) {
    return refusal.appeal_by.value_or(
        refusal.recorded_on.later_by(static_cast<std::int32_t>(settings.appeal_days)));
}

Date review_deadline(const CaseFile& file, const Settings& settings) {
    return Date::last_of(file.discharge_month())
        .later_by(static_cast<std::int32_t>(settings.review_days));
}

std::int64_t review_quota(const Payer& payer, std::size_t discharges, const Settings& settings) {
    const Rate quota = payer.method == PayerMethod::drg   ? settings.review_quota_drg
                       : payer.method == PayerMethod::dip ? settings.review_quota_dip
                                                          : Rate();
    return static_cast<std::int64_t>(Int128{quota.raw()} * static_cast<Int128>(discharges) /
                                     10'000);
}

Settlement settle(const SettlementInput& input, Date as_of) {
    Settlement made{.as_of = as_of, .book = CaseBook(input)};
    made.entries = make_entries(input, made.book, as_of);
    made.cash = apply_cash(input, made.book, made.entries, as_of);
    std::vector<ClaimAmounts> amounts(made.book.cases().size());
    std::vector<bool> is_listed(amounts.size());
    std::vector<bool> is_cleared(amounts.size());
    DepartmentSplit split(made, input.settings.split_by);
    for (const Entry& entry : made.entries.entries) {
        amounts[entry.at] += entry.amounts;
        is_listed[entry.at] = true;
        is_cleared[entry.at] = is_cleared[entry.at] || entry.kind == EntryKind::clearing;
        split.add(entry.at, entry.amounts);
    }
    for (const CashRow& row : made.cash) {
        made.unapplied += row.parts.empty() ? row.amount : Money();
        for (const CashPart& part : row.parts) {
            amounts[part.at].cash += part.amount;
            split.add(part.at, {.cash = part.amount});
        }
    }
    for (std::size_t at = 0; at < amounts.size(); ++at) {
        if (!is_listed[at]) {
            continue;
        }
        CaseState state{.at = at, .file = &made.book.cases()[at], .amounts = amounts[at]};
        take_statements(state, as_of);
        state.is_cleared = is_cleared[at];
        state.stage = stage_of(state, input.settings, as_of);
        made.cases.push_back(state);
    }
    collect_balances(input, made);
    return made;
}

}  // namespace yuanliu::costing::settle
