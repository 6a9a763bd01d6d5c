// Why this file: chooses the basis of each case's payment, [RULE DIP-003]: the payer's method
// first, then whether the case has a group. Example: an uncoded case of a payer by charges is paid
// its charges (basis charges); of a payer by points, its charges times uncoded_ratio (basis
// uncoded).
#include "costing/pay/pay.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "costing/pay/points.hpp"
#include "costing/pay/policy_month.hpp"

namespace yuanliu::costing::pay {
namespace {

struct UnknownPayer {
    EncounterId first;
    std::int64_t count = 0;
};

using PayerRules = std::unordered_map<std::string_view, const PayerRule*>;
using UnknownPayers = std::map<std::string_view, UnknownPayer>;

PayerRules rules_by_payer(const PaymentPolicy& policy) {
    PayerRules payers;
    for (const PayerRule& rule : policy.payers) {
        payers.emplace(rule.payer, &rule);
    }
    return payers;
}

CaseRow list_case(const Month& month, const CaseGroup& group, const StayAmounts& stay) {
    const Encounter& encounter = month.encounters[group.encounter.index()];
    const Date until = encounter.status == StayStatus::in_hospital ? Date::last_of(month.period)
                                                                   : encounter.discharged_on;
    const std::int64_t days = std::int64_t{until.days()} - encounter.admitted_on.days();
    CaseRow row;
    row.encounter = group.encounter;
    row.status = group.status;
    row.row = group.row;
    row.level = group.level;
    row.deciding_codes = group.deciding_codes;
    row.auxiliary = group.auxiliary;
    row.days = std::max(days, std::int64_t{1});
    row.charge = stay.charge();
    row.cost = stay.cost();
    return row;
}

void pay_by_points(CaseRow& row, const CatalogueRow& group, const PaymentPolicy& policy,
                   Rate point_value) {
    const CaseMeasure measure{.score = group.score,
                              .reference_charge = group.reference_charge,
                              .charge = row.charge,
                              .auxiliary = row.auxiliary};
    const Deviation deviation = deviation_of(measure, policy.deviation);
    row.basis = PaymentBasis::dip;
    row.deviation = deviation;
    row.points = points_of(measure, policy, deviation);
    row.payment = payment_of(row.points, point_value);
}

void pay_case(CaseRow& row, const Month& month, const PaymentPolicy& policy,
              const PayerRule& payer) {
    if (payer.method == PayerMethod::charges) {
        row.basis = PaymentBasis::charges;
        row.payment = row.charge;
        return;
    }
    switch (row.status) {
        case CaseStatus::grouped:
            pay_by_points(row, month.catalogue[row.row.index()], policy, payer.point_value);
            break;
        case CaseStatus::ungrouped:
            row.basis = PaymentBasis::ungrouped;
            row.payment = payment_of(row.charge, policy.ungrouped_ratio);
            break;
        case CaseStatus::uncoded:
            row.basis = PaymentBasis::uncoded;
            row.payment = payment_of(row.charge, policy.uncoded_ratio);
            break;
    }
}

void note_unknown(UnknownPayers& unknown, const Month& month, EncounterId encounter) {
    UnknownPayer& seen = unknown[month.encounters[encounter.index()].payer];
    seen.first = std::min(seen.first, encounter);  // an id that is not valid is the greatest
    ++seen.count;
}

/// Outcomes of special reviews (特例单议) that nothing pays: of a payer whose method knows none, or
/// whose policy divides one sum.
class UnusedReviews {
  public:
    explicit UnusedReviews(const Month& month) : month_(month) {}

    void look_at(const CaseRow& row) {
        const CaseTerms* terms = terms_of_stay(month_, row.encounter);
        if (terms == nullptr || !(terms->special_amount || terms->special_points)) {
            return;
        }
        auto& [first, count] = unused_[month_.encounters[row.encounter.index()].payer];
        first = count == 0 ? terms : first;
        ++count;
    }

    void report_to(std::vector<Finding>& findings) const {
        for (const auto& [payer, seen] : unused_) {
            findings.push_back({.code = FindingCode::special_review_unused,
                                .severity = Severity::warn,
                                .where = {.file = "case_terms.csv",
                                          .row = seen.first->source_row,
                                          .column = "special_amount"},
                                .arguments = {month_.encounters[seen.first->encounter.index()].code,
                                              std::string(payer), std::to_string(seen.second)}});
        }
    }

  private:
    const Month& month_;
    std::map<std::string_view, std::pair<const CaseTerms*, std::int64_t>> unused_;
};

std::vector<Finding> report(const UnknownPayers& unknown, const Month& month) {
    std::vector<Finding> findings;
    for (const auto& [payer, seen] : unknown) {
        findings.push_back(
            {.code = FindingCode::unknown_payer,
             .severity = Severity::stop,
             .where = {.file = "encounters.csv", .row = 0, .column = "payer"},
             .arguments = {std::string(payer), month.encounters[seen.first.index()].code,
                           std::to_string(seen.count)}});
    }
    return findings;
}

}  // namespace

std::vector<CaseRow> list_cases(const Month& month, const std::vector<CaseGroup>& groups,
                                const std::vector<StayAmounts>& stays) {
    YUANLIU_CHECK(stays.size() == month.encounters.size());
    std::vector<CaseRow> rows;
    rows.reserve(groups.size());
    for (const CaseGroup& group : groups) {
        rows.push_back(list_case(month, group, stays[group.encounter.index()]));
    }
    return rows;
}

std::vector<Finding> check_payers(const Month& month, const PaymentPolicy& policy) {
    const PayerRules payers = rules_by_payer(policy);
    UnknownPayers unknown;
    for (std::size_t e = 0; e < month.encounters.size(); ++e) {
        if (month.encounters[e].status == StayStatus::discharged &&
            !payers.contains(month.encounters[e].payer)) {
            note_unknown(unknown, month, EncounterId(e));
        }
    }
    return report(unknown, month);
}

std::vector<FundPartRow> part_payments(const Month& month, const std::vector<CaseRow>& cases,
                                       std::vector<Finding>& findings) {
    std::vector<FundPartRow> parts;
    const CaseTerms* first = nullptr;
    std::int64_t count = 0;
    Money above;
    for (const CaseRow& row : cases) {
        const CaseTerms* terms = terms_of_stay(month, row.encounter);
        if (terms == nullptr || !terms->patient_paid || row.basis == PaymentBasis::charges) {
            continue;
        }
        const Money part = std::min(*terms->patient_paid, std::max(row.payment, Money()));
        parts.push_back({.encounter = row.encounter, .payment = row.payment, .patient_paid = part});
        if (part != *terms->patient_paid) {
            first = first == nullptr ? terms : first;
            ++count;
            above += *terms->patient_paid - part;
        }
    }
    if (first != nullptr) {
        findings.push_back({.code = FindingCode::patient_part_cut,
                            .severity = Severity::warn,
                            .where = {.file = "case_terms.csv",
                                      .row = first->source_row,
                                      .column = "patient_paid"},
                            .arguments = {month.encounters[first->encounter.index()].code,
                                          std::to_string(count), above.text()}});
    }
    return parts;
}

bool has_policy(const PaymentPolicy& policy) {
    return std::any_of(policy.payers.begin(), policy.payers.end(),
                       [](const PayerRule& payer) { return payer.method == PayerMethod::policy; });
}

PayResult pay_cases(const Month& month, const std::vector<CaseGroup>& groups,
                    const std::vector<StayAmounts>& stays, const PaymentPolicy& policy,
                    std::span<const Policy> policies, Reviews reviews) {
    const PayerRules payers = rules_by_payer(policy);
    PayResult result{.cases = list_cases(month, groups, stays),
                     .findings = check_payers(month, policy),
                     .policy_cases = {}};
    PolicyMonth by_policy(month, policy, policies, reviews);
    UnusedReviews unused(month);
    std::erase_if(result.cases, [&](CaseRow& row) {
        const auto payer = payers.find(month.encounters[row.encounter.index()].payer);
        if (payer != payers.end()) {
            const bool is_by_policy = payer->second->method == PayerMethod::policy;
            if (!is_by_policy) {
                pay_case(row, month, policy, *payer->second);
            }
            if (!is_by_policy || !by_policy.pay(row, *payer->second)) {
                unused.look_at(row);
            }
        }
        return payer == payers.end();
    });
    by_policy.finish(result.cases, result.findings);
    unused.report_to(result.findings);
    result.policy_cases = std::move(by_policy).rows();
    return result;
}

}  // namespace yuanliu::costing::pay
