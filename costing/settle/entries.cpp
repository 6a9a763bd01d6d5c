// Why this file: see case_book.hpp; events become entries. A presettlement, a reply, a review and a
// clearing state a position, so their entry is the change to it; a refusal, an appeal and an audit
// state a change of the loss.
#include <algorithm>
#include <tuple>

#include "costing/base/apportion.hpp"
#include "costing/settle/case_book.hpp"

namespace yuanliu::costing::settle {
namespace {

struct CaseEvent {
    EntryKind kind{};
    Date on{};
    std::optional<Period> month{};
    std::string_view id{};
    const SourceRef* where = nullptr;
    Money fund{};  ///< the position, before violations
    Money patient{};
    Money loss{};  ///< of a reply: the position of its deduction; else the change
};

using CaseEvents = std::vector<CaseEvent>;

void add_statements(const CaseFile& file, CaseEvents& events) {
    for (const Estimate* row : file.estimates) {
        const bool is_claimed = file.payer->method != PayerMethod::none;
        events.push_back({.kind = EntryKind::estimate,
                          .on = row->recorded_on,
                          .where = &row->where,
                          .fund = is_claimed ? row->standard - row->patient : Money(),
                          .patient = row->patient});
    }
    for (const Presettlement* row : file.presettlements) {
        events.push_back({.kind = EntryKind::presettlement,
                          .on = row->recorded_on,
                          .month = row->settlement_month,
                          .where = &row->where,
                          .fund = row->fund,
                          .patient = row->patient});
    }
    for (const Reply* row : file.replies) {
        events.push_back({.kind = EntryKind::reply,
                          .on = row->recorded_on,
                          .month = row->settlement_month,
                          .where = &row->where,
                          .fund = row->fund + row->deduction,
                          .patient = row->patient,
                          .loss = row->deduction});
    }
}

void add_violations(const CaseFile& file, CaseEvents& events) {
    const auto add = [&](EntryKind kind, const auto& row, std::optional<Period> month,
                         std::string_view id, Money loss) {
        events.push_back({.kind = kind,
                          .on = row.recorded_on,
                          .month = month,
                          .id = id,
                          .where = &row.where,
                          .loss = loss});
    };
    for (const Refusal* row : file.refusals) {
        add(EntryKind::refusal, *row, row->settlement_month, row->refusal, row->amount);
    }
    for (const AppealEvent* row : file.appeals) {
        if (row->step == AppealStep::decided) {
            add(EntryKind::appeal, *row, row->settlement_month, row->refusal, -row->returned);
        }
    }
    for (const AuditDeduction* row : file.audits) {
        add(EntryKind::audit, *row, row->settlement_month, row->deduction, row->amount);
    }
    for (const ReviewEvent* row : file.reviews) {
        if (row->step == ReviewStep::decided && row->fund) {
            events.push_back({.kind = EntryKind::special_review,
                              .on = row->recorded_on,
                              .month = row->settlement_month,
                              .where = &row->where,
                              .fund = *row->fund});
        }
    }
}

/// A deduction that names no case, over the settled cases of its year: by points, else by charges.
void share_audit(const AuditDeduction& row, const CaseBook& book, std::vector<CaseEvents>& events) {
    const Payer* payer = book.payer(row.payer);
    std::vector<std::size_t> bearers;
    std::vector<Part> parts;
    for (const std::size_t at : book.of_year(payer, row.year)) {
        const CaseFile& file = book.cases()[at];
        if (file.is_settled_by(row.recorded_on)) {
            bearers.push_back(at);
            parts.push_back({.weight = file.weight_at(row.recorded_on), .key = file.encounter});
        }
    }
    const auto shares = apportion(row.amount, parts);
    for (std::size_t i = 0; shares && i < bearers.size(); ++i) {
        events[bearers[i]].push_back({.kind = EntryKind::audit,
                                      .on = row.recorded_on,
                                      .month = row.settlement_month,
                                      .id = row.deduction,
                                      .where = &row.where,
                                      .loss = (*shares)[i]});
    }
}

void share_clearing(const Clearing& row, const CaseBook& book, std::vector<CaseEvents>& events,
                    std::vector<ClearingOutcome>& outcomes) {
    const Payer* payer = book.payer(row.payer);
    if (payer == nullptr) {
        return;
    }
    std::vector<ClearedCase> cleared;
    std::int64_t points = 0;
    for (const std::size_t at : book.of_year(payer, row.year)) {
        const CaseFile& file = book.cases()[at];
        if (file.is_by_points() && file.is_settled_by(row.recorded_on)) {
            cleared.push_back(
                {.at = at, .encounter = file.encounter, .points = file.points_at(row.recorded_on)});
            points += cleared.back().points.raw();
        }
    }
    if (points == 0) {
        return;
    }
    outcomes.push_back(clear_year(row, *payer, std::move(cleared)));
    const ClearingOutcome& outcome = outcomes.back();
    for (std::size_t i = 0; i < outcome.cases.size(); ++i) {
        events[outcome.cases[i].at].push_back({.kind = EntryKind::clearing,
                                               .on = row.recorded_on,
                                               .month = Period(row.year, 13),
                                               .where = &row.where,
                                               .fund = outcome.shares[i]});
    }
}

/// Where a case stands while its events are gone through.
struct Position {
    ClaimAmounts amounts{};
    Money reply_loss{};
    bool is_settled = false;
};

void settle_at(Position& position, Money fund, ClaimAmounts& change) {
    change.settled = fund - position.amounts.settled;
    change.claim = fund - position.amounts.claim;
    position.is_settled = true;
}

ClaimAmounts change_of(const CaseEvent& event, Position& position) {
    ClaimAmounts change;
    switch (event.kind) {
        case EntryKind::estimate:
            if (!position.is_settled) {
                change.claim = event.fund - position.amounts.claim;
                change.patient = event.patient - position.amounts.patient;
            }
            break;
        case EntryKind::reply:
            change.loss = event.loss - position.reply_loss;
            position.reply_loss = event.loss;
            [[fallthrough]];
        case EntryKind::presettlement:
            change.patient = event.patient - position.amounts.patient;
            settle_at(position, event.fund, change);
            break;
        case EntryKind::special_review:
        case EntryKind::clearing:
            settle_at(position, event.fund, change);
            break;
        case EntryKind::refusal:
        case EntryKind::appeal:
        case EntryKind::audit:
            change.loss = event.loss;
            break;
    }
    return change;
}

void replay(std::size_t at, const CaseFile& file, CaseEvents& events, EntryBook& out) {
    std::sort(events.begin(), events.end(), [](const CaseEvent& a, const CaseEvent& b) {
        return std::tie(a.on, a.kind, a.month, a.id) < std::tie(b.on, b.kind, b.month, b.id);
    });
    Position position;
    for (const CaseEvent& event : events) {
        const Money left = position.amounts.net();
        const ClaimAmounts change = change_of(event, position);
        if ((event.kind == EntryKind::refusal || event.kind == EntryKind::audit) &&
            change.loss > left) {
            out.over_paid.push_back({.file = &file,
                                     .id = event.id,
                                     .where = *event.where,
                                     .amount = change.loss,
                                     .left = left});
        }
        position.amounts += change;
        out.entries.push_back({.at = at,
                               .kind = event.kind,
                               .recorded_on = event.on,
                               .month = event.month,
                               .amounts = change,
                               .id = event.id,
                               .where = *event.where});
    }
}

}  // namespace

EntryBook make_entries(const SettlementInput& input, const CaseBook& book, Date as_of) {
    EntryBook out;
    std::vector<CaseEvents> events(book.cases().size());
    for (std::size_t at = 0; at < events.size(); ++at) {
        add_statements(book.cases()[at], events[at]);
        add_violations(book.cases()[at], events[at]);
    }
    for (const AuditDeduction& row : input.audits) {
        if (row.encounter.empty() && row.recorded_on <= as_of) {
            share_audit(row, book, events);
        }
    }
    for (const Clearing& row : input.clearings) {
        if (row.recorded_on <= as_of) {
            share_clearing(row, book, events, out.clearings);
        }
    }
    std::sort(out.clearings.begin(), out.clearings.end(),
              [](const ClearingOutcome& a, const ClearingOutcome& b) {
                  const Clearing& left = *a.clearing;
                  const Clearing& right = *b.clearing;
                  return std::tie(left.payer, left.year, left.recorded_on) <
                         std::tie(right.payer, right.year, right.recorded_on);
              });
    for (std::size_t at = 0; at < events.size(); ++at) {
        std::erase_if(events[at], [&](const CaseEvent& event) { return event.on > as_of; });
        replay(at, book.cases()[at], events[at], out);
    }
    std::stable_sort(out.entries.begin(), out.entries.end(),
                     [](const Entry& a, const Entry& b) { return a.recorded_on < b.recorded_on; });
    return out;
}

}  // namespace yuanliu::costing::settle
