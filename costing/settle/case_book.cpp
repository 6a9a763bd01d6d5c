// Why this file: see case_book.hpp; cases and what belongs to them. Rows come in any order, so
// every list is sorted by what the rows say.
#include "costing/settle/case_book.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace yuanliu::costing::settle {

Period month_of(Date day) {
    // The text of a day opens with that of its month.
    return Period::parse(day.text().substr(0, 7)).value_or(Period());
}

ClaimAmounts& ClaimAmounts::operator+=(const ClaimAmounts& other) {
    claim += other.claim;
    settled += other.settled;
    patient += other.patient;
    loss += other.loss;
    cash += other.cash;
    return *this;
}

bool CaseFile::is_settled_by(Date day) const {
    const auto is_early = [&](const auto* row) { return row->recorded_on <= day; };
    return std::any_of(presettlements.begin(), presettlements.end(), is_early) ||
           std::any_of(replies.begin(), replies.end(), is_early);
}

Points CaseFile::points_at(Date day) const {
    // An estimate gives way to anything that the insurer said.
    Points points = estimate_for(day).factors.points;
    std::tuple<Date, int, Period> newest;
    const auto look = [&](Date on, int rank, Period month, Points stated) {
        if (on <= day && !stated.is_zero() && std::tuple(on, rank, month) > newest) {
            newest = std::tuple(on, rank, month);
            points = stated;
        }
    };
    for (const Presettlement* row : presettlements) {
        look(row->recorded_on, 1, row->settlement_month, row->points);
    }
    for (const Reply* row : replies) {
        look(row->recorded_on, 2, row->settlement_month, row->factors.points);
    }
    for (const ReviewEvent* row : reviews) {
        if (row->step == ReviewStep::decided && row->fund) {
            look(row->recorded_on, 3, row->settlement_month.value_or(Period()), row->points);
        }
    }
    return points;
}

const Estimate& CaseFile::estimate_for(Date day) const {
    const Estimate* chosen = estimates.front();
    for (const Estimate* row : estimates) {
        chosen = row->recorded_on <= day ? row : chosen;
    }
    return *chosen;
}

std::size_t CaseBook::index_of(std::string_view encounter) const {
    const auto found = std::lower_bound(
        cases_.begin(), cases_.end(), encounter,
        [](const CaseFile& file, std::string_view key) { return file.encounter < key; });
    return found != cases_.end() && found->encounter == encounter
               ? static_cast<std::size_t>(found - cases_.begin())
               : cases_.size();
}

const CaseFile* CaseBook::find(std::string_view encounter) const {
    const std::size_t at = index_of(encounter);
    return at < cases_.size() ? &cases_[at] : nullptr;
}

const Payer* CaseBook::payer(std::string_view code) const {
    const auto found = payers_.find(code);
    return found == payers_.end() ? nullptr : found->second;
}

const Refusal* CaseBook::refusal(std::string_view id) const {
    const auto found = refusals_.find(id);
    return found == refusals_.end() ? nullptr : found->second;
}

std::vector<std::size_t> CaseBook::of_year(const Payer* payer, int year) const {
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at < cases_.size(); ++at) {
        if (cases_[at].payer == payer && cases_[at].discharge_month().year() == year) {
            found.push_back(at);
        }
    }
    return found;
}

CaseBook::CaseBook(const SettlementInput& input) {
    for (const Payer& row : input.settings.payers) {
        payers_.emplace(row.payer, &row);
    }
    std::map<std::string_view, std::vector<const Estimate*>> estimates;
    for (const Estimate& row : input.estimates) {
        if (payers_.contains(row.payer)) {
            estimates[row.encounter].push_back(&row);
        }
    }
    const auto by_day = [](auto& rows) {
        std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
            return std::tie(a->recorded_on, a->where.file, a->where.row) <
                   std::tie(b->recorded_on, b->where.file, b->where.row);
        });
    };
    for (auto& [encounter, rows] : estimates) {
        by_day(rows);
        CaseFile& file = cases_.emplace_back();
        file.encounter = encounter;
        file.payer = payers_.at(rows.front()->payer);
        file.estimates = std::move(rows);
        file.discharged_in = month_of(file.discharged_on());
    }
    const auto hand_out = [&](const auto& rows, auto list) {
        for (const auto& row : rows) {
            if (const std::size_t at = index_of(row.encounter); at < cases_.size()) {
                (cases_[at].*list).push_back(&row);
            }
        }
    };
    hand_out(input.presettlements, &CaseFile::presettlements);
    hand_out(input.replies, &CaseFile::replies);
    hand_out(input.refusals, &CaseFile::refusals);
    hand_out(input.reviews, &CaseFile::reviews);
    hand_out(input.audits, &CaseFile::audits);
    hand_out(input.transfers, &CaseFile::stays);
    for (const Refusal& row : input.refusals) {
        refusals_.emplace(row.refusal, &row);
    }
    for (const AppealEvent& row : input.appeals) {
        const Refusal* refused = refusal(row.refusal);
        const std::size_t at = refused == nullptr ? cases_.size() : index_of(refused->encounter);
        if (at < cases_.size()) {
            cases_[at].appeals.push_back(&row);
        }
    }
    for (CaseFile& file : cases_) {
        std::sort(file.replies.begin(), file.replies.end(), [](const Reply* a, const Reply* b) {
            return std::tie(a->recorded_on, a->settlement_month) <
                   std::tie(b->recorded_on, b->settlement_month);
        });
        std::sort(file.stays.begin(), file.stays.end(),
                  [](const TransferStay* a, const TransferStay* b) {
                      return a->department < b->department;
                  });
    }
}

}  // namespace yuanliu::costing::settle
