// Why this file: appeals and special reviews have an order, a last day and a quota, and brackets
// must join; see settlement.hpp.
#include <algorithm>
#include <map>
#include <tuple>

#include "costing/settle/settlement.hpp"

namespace yuanliu::costing::settle {
namespace {

void add_at(std::vector<Finding>& findings, FindingCode code, const SourceRef& where,
            std::string_view column, std::vector<std::string> arguments) {
    findings.push_back(
        {.code = code,
         .severity = Severity::stop,
         .where = {.file = where.file, .row = where.row, .column = std::string(column)},
         .arguments = std::move(arguments)});
}

/// Applications of a payer's cases of a year in the order in which they were made.
void check_quota(const SettlementInput& input, const CaseBook& book,
                 std::vector<Finding>& findings) {
    std::map<std::pair<const Payer*, int>, std::vector<const ReviewEvent*>> applied;
    for (const ReviewEvent& row : input.reviews) {
        const CaseFile* file = book.find(row.encounter);
        if (file != nullptr && row.step == ReviewStep::applied) {
            applied[{file->payer, file->discharge_month().year()}].push_back(&row);
        }
    }
    for (auto& [key, rows] : applied) {
        const auto [payer, year] = key;
        const auto quota = review_quota(*payer, book.of_year(payer, year).size(), input.settings);
        std::sort(rows.begin(), rows.end(), [](const ReviewEvent* a, const ReviewEvent* b) {
            return std::tie(a->recorded_on, a->encounter) < std::tie(b->recorded_on, b->encounter);
        });
        for (std::size_t i = static_cast<std::size_t>(quota); i < rows.size(); ++i) {
            add_at(findings, FindingCode::settle_review_over_quota, rows[i]->where, "encounter",
                   {rows[i]->encounter, payer->payer, std::to_string(year), std::to_string(quota),
                    std::to_string(rows.size())});
        }
    }
}

}  // namespace

void check_brackets(const SettlementInput& input, std::vector<Finding>& findings) {
    for (const Payer& payer : input.settings.payers) {
        Rate expected;
        for (std::size_t i = 0; i < payer.brackets.size(); ++i) {
            const Bracket& bracket = payer.brackets[i];
            const bool is_last = i + 1 == payer.brackets.size();
            if (bracket.from != expected) {
                add_at(findings, FindingCode::settle_brackets_gap, bracket.where, "from",
                       {payer.payer, bracket.from.trimmed(), expected.trimmed()});
            }
            if (is_last == bracket.to.has_value() || (bracket.to && *bracket.to <= bracket.from)) {
                add_at(findings, FindingCode::settle_brackets_gap, bracket.where, "to",
                       {payer.payer, bracket.to ? bracket.to->trimmed() : "-",
                        is_last ? "-" : "> " + bracket.from.trimmed()});
            }
            expected = bracket.to.value_or(bracket.from);
        }
    }
}

void check_appeals(const SettlementInput& input, const CaseBook& book,
                   std::vector<Finding>& findings) {
    std::map<std::string_view, const AppealEvent*> filings;
    for (const AppealEvent& row : input.appeals) {
        if (row.step == AppealStep::filed) {
            filings.emplace(row.refusal, &row);
        }
    }
    for (const AppealEvent& row : input.appeals) {
        const Refusal* refusal = book.refusal(row.refusal);
        if (refusal == nullptr) {
            add_at(findings, FindingCode::settle_refusal_unknown, row.where, "refusal",
                   {row.refusal});
            continue;
        }
        const Date deadline = appeal_deadline(*refusal, input.settings);
        const auto filed = filings.find(row.refusal);
        const Date earliest = row.step == AppealStep::filed ? refusal->recorded_on
                              : filed != filings.end()      ? filed->second->recorded_on
                                                            : row.recorded_on.later_by(1);
        if (row.recorded_on < earliest) {
            add_at(findings, FindingCode::settle_appeal_out_of_order, row.where, "recorded_on",
                   {row.refusal, row.recorded_on.text()});
        }
        if (row.step == AppealStep::filed && row.recorded_on > deadline) {
            add_at(findings, FindingCode::settle_appeal_late, row.where, "recorded_on",
                   {row.refusal, row.recorded_on.text(), deadline.text()});
        }
        if (row.returned > refusal->amount || row.returned < Money() ||
            (row.step == AppealStep::filed && !row.returned.is_zero())) {
            add_at(findings, FindingCode::settle_appeal_over_refused, row.where, "returned",
                   {row.refusal, row.returned.text(), refusal->amount.text()});
        }
        if (row.step == AppealStep::decided && !row.settlement_month) {
            add_at(findings, FindingCode::value_missing, row.where, "settlement_month", {});
        }
    }
}

void check_reviews(const SettlementInput& input, const CaseBook& book,
                   std::vector<Finding>& findings) {
    std::map<std::string_view, const ReviewEvent*> applications;
    for (const ReviewEvent& row : input.reviews) {
        if (row.step == ReviewStep::applied) {
            applications.emplace(row.encounter, &row);
        }
    }
    for (const ReviewEvent& row : input.reviews) {
        const CaseFile* file = book.find(row.encounter);
        if (file == nullptr) {
            continue;
        }
        const Date deadline = review_deadline(*file, input.settings);
        if (row.step == ReviewStep::applied && row.recorded_on > deadline) {
            add_at(findings, FindingCode::settle_review_late, row.where, "recorded_on",
                   {row.encounter, row.recorded_on.text(), deadline.text()});
        }
        const auto applied = applications.find(row.encounter);
        if (row.step == ReviewStep::decided &&
            (applied == applications.end() || row.recorded_on < applied->second->recorded_on)) {
            add_at(findings, FindingCode::settle_review_out_of_order, row.where, "recorded_on",
                   {row.encounter, row.recorded_on.text()});
        }
        if (row.step == ReviewStep::decided && row.fund && !row.settlement_month) {
            add_at(findings, FindingCode::value_missing, row.where, "settlement_month", {});
        }
    }
    check_quota(input, book, findings);
}

}  // namespace yuanliu::costing::settle
