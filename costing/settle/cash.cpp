// Why this file: see cash.hpp.
#include "costing/settle/cash.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "costing/base/apportion.hpp"

namespace yuanliu::costing::settle {
namespace {

using CaseDebts = std::map<std::size_t, Money>;

/// What each case of the payer was owed in a settlement month by a day, refusals taken off.
class MonthDebts {
  public:
    MonthDebts(const CaseBook& book, const EntryBook& entries) {
        for (const Entry& entry : entries.entries) {
            if (entry.month) {
                rows_[{book.cases()[entry.at].payer, *entry.month}].push_back(&entry);
            }
        }
    }
    [[nodiscard]] CaseDebts until(const Payer* payer, Period month, Date day) const {
        CaseDebts debts;
        for (const Entry* entry : of(payer, month)) {
            if (entry->recorded_on <= day) {
                debts[entry->at] += entry->amounts.net();
            }
        }
        return debts;
    }
    /// `came_on`, or the first day after it on which the month has an entry that owes something.
    [[nodiscard]] std::optional<Date> first_day(const Payer* payer, Period month,
                                                Date came_on) const {
        Money owed;
        CaseDebts debts;
        const std::vector<const Entry*>& entries = of(payer, month);
        for (std::size_t i = 0; i < entries.size(); ++i) {
            Money& debt = debts[entries[i]->at];
            owed -= std::max(debt, Money());
            debt += entries[i]->amounts.net();
            owed += std::max(debt, Money());
            // What is owed is asked when the day is over.
            const Date day = std::max(entries[i]->recorded_on, came_on);
            const bool is_over =
                i + 1 == entries.size() || std::max(entries[i + 1]->recorded_on, came_on) > day;
            if (is_over && owed > Money()) {
                return day;
            }
        }
        return std::nullopt;
    }

  private:
    [[nodiscard]] const std::vector<const Entry*>& of(const Payer* payer, Period month) const {
        static const std::vector<const Entry*> kNone;
        const auto found = rows_.find({payer, month});
        return found == rows_.end() ? kNone : found->second;
    }
    std::map<std::pair<const Payer*, Period>, std::vector<const Entry*>> rows_;
};

/// What the payer's cases of a year lack on a day, cash so far taken off.
CaseDebts year_debts(const CaseBook& book, const EntryBook& entries,
                     const std::vector<Money>& received, const CashRow& row) {
    CaseDebts debts;
    for (const std::size_t at : book.of_year(row.payer, row.month.year())) {
        debts[at] = -received[at];
    }
    for (const Entry& entry : entries.entries) {
        const auto found = debts.find(entry.at);
        if (found != debts.end() && entry.recorded_on <= row.applied_on) {
            found->second += entry.amounts.net();
        }
    }
    return debts;
}

void split_cash(CashRow& row, const CaseBook& book, const CaseDebts& debts) {
    // Money given back falls on those who had too much; a reversal of a month on those it paid.
    const bool is_clearing = row.month.month() == 13;
    const bool is_paid_back = is_clearing && row.amount < Money();
    std::vector<Part> parts;
    for (const auto& [at, owed] : debts) {
        const Money weight = is_paid_back ? -owed : owed;
        if (weight > Money()) {
            parts.push_back({.weight = weight.raw(), .key = book.cases()[at].encounter});
            row.parts.push_back({.at = at});
        }
    }
    const auto shares = apportion(row.amount, parts);
    if (!shares) {
        row.parts.clear();
        return;
    }
    for (std::size_t i = 0; i < row.parts.size(); ++i) {
        row.parts[i].amount = (*shares)[i];
    }
}

/// The day of the payer's first clearing of the year, if there is one by `as_of`.
std::optional<Date> clearing_day(const EntryBook& entries, const Payer* payer, int year) {
    std::optional<Date> first;
    for (const ClearingOutcome& outcome : entries.clearings) {
        if (outcome.clearing->payer == payer->payer && outcome.clearing->year == year) {
            first = first ? std::min(*first, outcome.clearing->recorded_on)
                          : outcome.clearing->recorded_on;
        }
    }
    return first;
}

std::vector<CashRow> list_cash(const SettlementInput& input, const CaseBook& book,
                               const EntryBook& entries, Date as_of) {
    std::vector<CashRow> rows;
    for (const Receipt& receipt : input.receipts) {
        const Payer* payer = book.payer(receipt.payer);
        if (payer != nullptr && receipt.kind != ReceiptKind::prepayment &&
            receipt.settlement_month && receipt.received_on <= as_of) {
            rows.push_back({.receipt = &receipt,
                            .payer = payer,
                            .month = *receipt.settlement_month,
                            .came_on = receipt.received_on,
                            .amount = receipt.amount});
        }
    }
    for (const ClearingOutcome& outcome : entries.clearings) {
        const Clearing& clearing = *outcome.clearing;
        if (!clearing.prepayment_netted.is_zero()) {
            rows.push_back({.clearing = &clearing,
                            .payer = book.payer(clearing.payer),
                            .month = Period(clearing.year, 13),
                            .came_on = clearing.recorded_on,
                            .amount = clearing.prepayment_netted});
        }
    }
    const auto key = [](const CashRow& row) {
        return std::tuple(
            row.came_on, row.receipt != nullptr,
            std::string_view(row.receipt != nullptr ? row.receipt->receipt : row.clearing->payer),
            row.month);
    };
    std::sort(rows.begin(), rows.end(),
              [&](const CashRow& a, const CashRow& b) { return key(a) < key(b); });
    return rows;
}

}  // namespace

std::vector<CashRow> apply_cash(const SettlementInput& input, const CaseBook& book,
                                const EntryBook& entries, Date as_of) {
    std::vector<CashRow> rows = list_cash(input, book, entries, as_of);
    const MonthDebts months(book, entries);
    std::vector<std::pair<Date, CashRow*>> order;
    for (CashRow& row : rows) {
        std::optional<Date> day;
        if (row.month.month() == 13) {
            day = clearing_day(entries, row.payer, row.month.year());
            day = day ? std::optional(std::max(*day, row.came_on)) : std::nullopt;
        } else {
            day = months.first_day(row.payer, row.month, row.came_on);
        }
        if (day) {
            row.applied_on = *day;
            order.emplace_back(*day, &row);
        }
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Money> received(book.cases().size());
    for (auto& [day, row] : order) {
        split_cash(*row, book,
                   row->month.month() == 13 ? year_debts(book, entries, received, *row)
                                            : months.until(row->payer, row->month, day));
        for (const CashPart& part : row->parts) {
            received[part.at] += part.amount;
        }
    }
    return rows;
}

}  // namespace yuanliu::costing::settle
