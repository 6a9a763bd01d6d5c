// Why this file: what is wrong with a settlement folder is told all at once, each with its place
// (docs/settlement.md §8). Rows of unknown cases are named and left out of the other checks.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "costing/base/int128.hpp"
#include "costing/settle/settlement.hpp"

namespace yuanliu::costing::settle {
namespace {

class Checker {
  public:
    Checker(const SettlementInput& input, const CaseBook& book, std::vector<Finding>& findings)
        : input_(&input), book_(&book), findings_(&findings) {
        for (const Estimate& row : input.estimates) {
            estimated_.insert(row.encounter);
        }
    }

    void check_payers();
    void check_cases();
    void check_revisions();
    void check_factors();
    void check_replies();
    void check_transfers();
    void check_cash();
    void check_clearings();
    void check_over_paid(const Settlement& made);
    void check_warnings(const Settlement& made);

  private:
    void add(FindingCode code, const SourceRef& where, std::string_view column,
             std::vector<std::string> arguments, Severity severity = Severity::stop) {
        findings_->push_back(
            {.code = code,
             .severity = severity,
             .where = {.file = where.file, .row = where.row, .column = std::string(column)},
             .arguments = std::move(arguments)});
    }
    template <class RowType>
    void check_known(const std::vector<RowType>& rows) {
        for (const RowType& row : rows) {
            if (!row.encounter.empty() && !estimated_.contains(row.encounter)) {
                add(FindingCode::settle_case_unknown, row.where, "encounter", {row.encounter});
            }
        }
    }
    /// An event can't be told before the stay has ended.
    template <class RowType>
    void check_after_discharge(const std::vector<RowType>& rows) {
        for (const RowType& row : rows) {
            const CaseFile* file = book_->find(row.encounter);
            if (file != nullptr && row.recorded_on < file->discharged_on()) {
                add(FindingCode::settle_event_before_discharge, row.where, "recorded_on",
                    {row.encounter, row.recorded_on.text(), file->discharged_on().text()});
            }
        }
    }
    template <class RowType>
    void check_month_after_discharge(const std::vector<RowType>& rows) {
        for (const RowType& row : rows) {
            const CaseFile* file = book_->find(row.encounter);
            if (file != nullptr && row.settlement_month < file->discharge_month()) {
                add(FindingCode::settle_event_before_discharge, row.where, "settlement_month",
                    {row.encounter, row.settlement_month.text(), file->discharged_on().text()});
            }
        }
    }
    template <class RowType>
    void check_payer_of(const std::vector<RowType>& rows) {
        for (const RowType& row : rows) {
            if (book_->payer(row.payer) == nullptr) {
                add(FindingCode::settle_payer_unknown, row.where, "payer", {row.payer});
            }
        }
    }
    void check_factor(const SourceRef& where, std::string_view column, std::int64_t raw,
                      std::int64_t most) {
        if (raw < 0 || raw > most) {
            add(FindingCode::number_out_of_range, where, column,
                {format_decimal_trimmed(raw, 4), "0", format_decimal_trimmed(most, 4)});
        }
    }
    void check_factors_of(const Factors& factors, const SourceRef& where) {
        check_factor(where, "score", factors.score.raw(), kMostScore);
        check_factor(where, "hospital_coefficient", factors.hospital.raw(), kMostCoefficient);
        check_factor(where, "auxiliary_coefficient", factors.auxiliary.raw(), kMostCoefficient);
        check_factor(where, "points", factors.points.raw(), kMostPoints);
        check_factor(where, "point_value", factors.point_value.raw(), kMostPointValue);
    }

    const SettlementInput* input_;
    const CaseBook* book_;
    std::vector<Finding>* findings_;
    std::set<std::string_view> estimated_;  ///< also of payers that nobody knows
};

void Checker::check_payers() {
    check_payer_of(input_->estimates);
    check_payer_of(input_->audits);
    check_payer_of(input_->receipts);
    check_payer_of(input_->deposits);
    check_payer_of(input_->clearings);
    check_payer_of(input_->pool_readings);
}

void Checker::check_cases() {
    check_known(input_->presettlements);
    check_known(input_->replies);
    check_known(input_->refusals);
    check_known(input_->reviews);
    check_known(input_->audits);
    check_known(input_->transfers);
    check_after_discharge(input_->presettlements);
    check_after_discharge(input_->replies);
    check_after_discharge(input_->refusals);
    check_after_discharge(input_->reviews);
    check_after_discharge(input_->audits);
    check_month_after_discharge(input_->presettlements);
    check_month_after_discharge(input_->replies);
    check_month_after_discharge(input_->refusals);
}

/// An estimate may be revised, but not whose case it is.
void Checker::check_revisions() {
    for (const CaseFile& file : book_->cases()) {
        const Estimate& first = *file.estimates.front();
        for (std::size_t i = 1; i < file.estimates.size(); ++i) {
            const Estimate& row = *file.estimates[i];
            const auto compare = [&](std::string_view column, const std::string& was,
                                     const std::string& is) {
                if (was != is) {
                    add(FindingCode::settle_case_changed, row.where, column,
                        {row.encounter, is, was, first.where.file,
                         std::to_string(first.where.row)});
                }
            };
            compare("payer", first.payer, row.payer);
            compare("department", first.department, row.department);
            compare("discharged_on", first.discharged_on.text(), row.discharged_on.text());
            if (row.recorded_on == file.estimates[i - 1]->recorded_on) {
                add(FindingCode::duplicate_key, row.where, "encounter,recorded_on",
                    {row.encounter + "," + row.recorded_on.text(),
                     std::to_string(file.estimates[i - 1]->where.row)});
            }
        }
    }
}

void Checker::check_factors() {
    for (const Estimate& row : input_->estimates) {
        check_factors_of(row.factors, row.where);
    }
    for (const Reply& row : input_->replies) {
        check_factors_of(row.factors, row.where);
    }
    for (const Presettlement& row : input_->presettlements) {
        check_factor(row.where, "points", row.points.raw(), kMostPoints);
    }
    for (const ReviewEvent& row : input_->reviews) {
        check_factor(row.where, "points", row.points.raw(), kMostPoints);
    }
}

void Checker::check_replies() {
    for (const CaseFile& file : book_->cases()) {
        std::map<Period, const Reply*> first;
        std::vector<const Reply*> replies = file.replies;
        std::sort(replies.begin(), replies.end(), [](const Reply* a, const Reply* b) {
            return std::tie(a->where.file, a->where.row) < std::tie(b->where.file, b->where.row);
        });
        for (const Reply* row : replies) {
            const auto [at, is_new] = first.emplace(row->settlement_month, row);
            if (!is_new) {
                add(FindingCode::settle_reply_repeated, row->where, "encounter",
                    {row->encounter, row->settlement_month.text(), at->second->where.file,
                     std::to_string(at->second->where.row)});
            }
        }
    }
}

/// A transfer must have something to split by.
void Checker::check_transfers() {
    const SplitBy by = input_->settings.split_by;
    std::map<std::string_view, std::pair<Int128, const TransferStay*>> sums;
    for (const TransferStay& row : input_->transfers) {
        auto& [sum, first] = sums[row.encounter];
        first = first == nullptr || row.where.row < first->where.row ? &row : first;
        sum += by == SplitBy::days     ? row.days
               : by == SplitBy::cost   ? row.cost.raw()
               : by == SplitBy::points ? row.points.raw()
                                       : row.key.raw();
    }
    for (const auto& [encounter, sum] : sums) {
        if (sum.first <= 0) {
            add(FindingCode::settle_transfer_unusable, sum.second->where, word_of(by),
                {std::string(encounter), std::string(word_of(by))});
        }
    }
}

void Checker::check_cash() {
    std::set<std::pair<const Payer*, Period>> settled;
    for (const CaseFile& file : book_->cases()) {
        for (const Presettlement* row : file.presettlements) {
            settled.emplace(file.payer, row->settlement_month);
        }
        for (const Reply* row : file.replies) {
            settled.emplace(file.payer, row->settlement_month);
        }
    }
    for (const Clearing& row : input_->clearings) {
        settled.emplace(book_->payer(row.payer), Period(row.year, 13));
    }
    for (const Receipt& row : input_->receipts) {
        const bool is_prepayment = row.kind == ReceiptKind::prepayment;
        if (is_prepayment == row.settlement_month.has_value()) {
            add(is_prepayment ? FindingCode::settle_cash_without_settlement
                              : FindingCode::value_missing,
                row.where, "settlement_month",
                is_prepayment
                    ? std::vector<std::string>{row.receipt, row.payer, row.settlement_month->text()}
                    : std::vector<std::string>{});
            continue;
        }
        const Payer* payer = book_->payer(row.payer);
        if (!is_prepayment && payer != nullptr &&
            !settled.contains({payer, *row.settlement_month})) {
            add(FindingCode::settle_cash_without_settlement, row.where, "settlement_month",
                {row.receipt, row.payer, row.settlement_month->text()});
        }
    }
}

void Checker::check_clearings() {
    for (const Clearing& row : input_->clearings) {
        const Payer* payer = book_->payer(row.payer);
        if (payer == nullptr) {
            continue;
        }
        if (payer->method != PayerMethod::dip && payer->method != PayerMethod::drg) {
            add(FindingCode::settle_payer_not_by_points, row.where, "payer", {row.payer});
            continue;
        }
        if (!payer->brackets.empty() && !row.booked) {
            add(FindingCode::value_missing, row.where, "booked", {});
        }
        Points points;
        for (const std::size_t at : book_->of_year(payer, row.year)) {
            const CaseFile& file = book_->cases()[at];
            points +=
                file.is_settled_by(row.recorded_on) ? file.points_at(row.recorded_on) : Points();
        }
        if (points.is_zero()) {
            add(FindingCode::settle_clearing_without_points, row.where, "fund",
                {row.payer, std::to_string(row.year), row.fund.text()});
        }
    }
    for (const AuditDeduction& row : input_->audits) {
        const Payer* payer = book_->payer(row.payer);
        if (!row.encounter.empty() || payer == nullptr) {
            continue;
        }
        const auto cases = book_->of_year(payer, row.year);
        const bool is_borne = std::any_of(cases.begin(), cases.end(), [&](std::size_t at) {
            const CaseFile& file = book_->cases()[at];
            return file.is_settled_by(row.recorded_on) && file.weight_at(row.recorded_on) > 0;
        });
        if (!is_borne) {
            add(FindingCode::settle_clearing_without_points, row.where, "amount",
                {row.payer, std::to_string(row.year), row.amount.text()});
        }
    }
}

void Checker::check_over_paid(const Settlement& made) {
    for (const OverPaid& row : made.entries.over_paid) {
        add(FindingCode::settle_refusal_over_paid, row.where, "amount",
            {std::string(row.id), std::string(row.file->encounter), row.amount.text(),
             row.left.text()});
    }
}

void Checker::check_warnings(const Settlement& made) {
    for (const CaseState& state : made.cases) {
        if (!state.difference || !state.file->is_by_points()) {
            continue;
        }
        const Money rest = state.difference->causes.rest;
        if (rest > input_->settings.unexplained || -rest > input_->settings.unexplained) {
            add(FindingCode::settle_difference_unexplained, state.reply->where, "standard",
                {std::string(state.file->encounter), rest.text()}, Severity::warn);
        }
    }
    std::map<std::pair<const Payer*, Period>, Money> settled;
    for (const Entry& entry : made.entries.entries) {
        if (entry.month) {
            settled[{made.book.cases()[entry.at].payer, *entry.month}] += entry.amounts.settled;
        }
    }
    std::map<std::pair<const Payer*, Period>, Money> held;
    for (const Deposit& row : input_->deposits) {
        const std::pair key(book_->payer(row.payer), row.settlement_month);
        held[key] += row.amount;
        const Int128 limit =
            Int128{settled[key].raw()} * input_->settings.deposit_limit.raw() / 10'000;
        if (held[key].raw() > limit) {
            add(FindingCode::settle_deposit_over_limit, row.where, "amount",
                {row.payer, row.settlement_month.text(), held[key].text(),
                 Money::from_raw(static_cast<std::int64_t>(limit)).text()},
                Severity::warn);
        }
    }
    for (const ClearingOutcome& outcome : made.entries.clearings) {
        const Clearing& row = *outcome.clearing;
        if (row.stated_payable && *row.stated_payable != outcome.payable) {
            add(FindingCode::settle_payable_differs, row.where, "stated_payable",
                {row.payer, std::to_string(row.year), outcome.payable.text(),
                 row.stated_payable->text()},
                Severity::warn);
        }
    }
}

Date last_day(const SettlementInput& input) {
    Date last;
    const auto look = [&](const auto& rows) {
        for (const auto& row : rows) {
            last = std::max(last, row.recorded_on);
        }
    };
    look(input.estimates);
    look(input.presettlements);
    look(input.replies);
    look(input.refusals);
    look(input.appeals);
    look(input.reviews);
    look(input.audits);
    look(input.clearings);
    look(input.deposits);
    for (const Receipt& row : input.receipts) {
        last = std::max(last, row.received_on);
    }
    return last;
}

}  // namespace

std::vector<Finding> check_settlement(const SettlementInput& input) {
    std::vector<Finding> findings;
    const CaseBook book(input);
    Checker checker(input, book, findings);
    check_brackets(input, findings);
    checker.check_payers();
    checker.check_cases();
    checker.check_revisions();
    checker.check_factors();
    checker.check_replies();
    checker.check_transfers();
    checker.check_cash();
    checker.check_clearings();
    check_appeals(input, book, findings);
    check_reviews(input, book, findings);
    // Factors out of bounds would leave 128 bits.
    const bool is_computable = std::none_of(
        findings.begin(), findings.end(),
        [](const Finding& finding) { return finding.code == FindingCode::number_out_of_range; });
    if (is_computable) {
        const Settlement made = settle(input, last_day(input));
        checker.check_over_paid(made);
        checker.check_warnings(made);
    }
    return findings;
}

}  // namespace yuanliu::costing::settle
