// Why this file: see policy_month.hpp.
#include "costing/pay/policy_month.hpp"

#include <algorithm>
#include <string>

#include "costing/pay/points.hpp"
#include "costing/pay/policy_text.hpp"

namespace yuanliu::costing::pay {
namespace {

bool goes_by_score(const Policy& policy) {
    return policy.kind == PayKind::points || policy.kind == PayKind::weight ||
           policy.kind == PayKind::fixed;
}

bool has_class(const Policy& policy, std::string_view name) {
    return std::any_of(policy.classes.begin(), policy.classes.end(),
                       [&](const GroupClass& one) { return one.name == name; });
}

PaymentBasis basis_of(const Policy& policy, CaseStatus status) {
    if (goes_by_score(policy) && status != CaseStatus::grouped) {
        return status == CaseStatus::ungrouped ? PaymentBasis::ungrouped : PaymentBasis::uncoded;
    }
    switch (policy.kind) {
        case PayKind::points:
            return PaymentBasis::dip;
        case PayKind::weight:
            return PaymentBasis::drg;
        default:
            return PaymentBasis::other;
    }
}

/// The class of a case without a group: its status, else `ungrouped`; blank when the policy has
/// neither.
std::string_view class_without_group(const Policy& policy, CaseStatus status) {
    const std::string_view own = word_of(status);
    if (has_class(policy, own)) {
        return own;
    }
    return has_class(policy, kUngroupedClass) ? kUngroupedClass : std::string_view();
}

PolicyFigure shown_figure(const Exact& value) {
    return PolicyFigure::from_raw(value.rounded(PolicyFigure::kScale).value_or(0));
}

}  // namespace

void PolicyMonth::pay(CaseRow& row, const PayerRule& payer) {
    const auto found = std::find_if(policies_.begin(), policies_.end(),
                                    [&](const Policy& one) { return one.id == payer.policy; });
    YUANLIU_CHECK(found != policies_.end());
    const Policy& policy = *found;
    row.basis = basis_of(policy, row.status);
    PolicyCase one;
    one.charge = row.charge;
    one.days = row.days;
    if (row.status == CaseStatus::grouped) {
        const CatalogueRow& group = month_.catalogue[row.row.index()];
        one.group = group.group;
        one.score = Exact::of(group.score);
        one.reference = group.reference_charge;
    } else if (goes_by_score(policy)) {
        one.group_class = class_without_group(policy, row.status);
        if (one.group_class.empty()) {
            const bool is_coded = row.status == CaseStatus::ungrouped;
            const Rate share = is_coded ? payment_.ungrouped_ratio : payment_.uncoded_ratio;
            PolicyPayment paid;
            paid.basis = PolicyBasis::charge_share;
            paid.payment = std::max(payment_of(row.charge, share), Money());
            take(row, policy, paid, row.charge.text() + " × " + share.trimmed());
            return;
        }
    }
    one.coefficients[0] = policy.defaults[0]
                              ? policy.defaults[0]
                              : std::optional(Exact::of(payment_.hospital_coefficient));
    if (!payer.point_value.is_zero()) {
        one.value = Exact::of(payer.point_value);
    }
    if (splits_one_sum(policy)) {
        PolicyPayment paid;
        paid.basis = PolicyBasis::split;
        take(row, policy, paid, {});
    } else {
        const PolicyPayment paid = pay_policy_case(policy, one);
        const bool is_good = paid.fault == PolicyFault::none;
        take(row, policy, paid, is_good ? formula_in_numbers(policy, one, paid) : std::string());
    }
}

void PolicyMonth::note_fault(const Policy& policy, EncounterId encounter, PolicyFault fault) {
    Fault& noted = faults_[{policy.id, fault}];
    noted.first = noted.count == 0 ? encounter : noted.first;
    ++noted.count;
}

void PolicyMonth::take(CaseRow& row, const Policy& policy, const PolicyPayment& paid,
                       std::string formula) {
    const auto points = paid.points.rounded(Points::kScale);
    if (paid.fault != PolicyFault::none || !points) {
        note_fault(policy, row.encounter, points ? paid.fault : PolicyFault::out_of_bounds);
        return;
    }
    row.payment = paid.payment;
    row.points = paid.by_points ? Points::from_raw(*points) : Points();
    if (row.basis == PaymentBasis::dip) {
        row.deviation = parse_word<Deviation>(paid.name);
    }
    rows_.push_back(
        {.encounter = row.encounter,
         .policy = policy.id,
         .basis = std::string(word_of(paid.basis)),
         .rule = static_cast<std::int64_t>(paid.rule),
         .rule_name = std::string(paid.name),
         .ratio = paid.ratio ? std::optional(shown_figure(*paid.ratio)) : std::nullopt,
         .has_standard = paid.has_standard,
         .score = shown_figure(paid.score),
         .coefficient = shown_figure(paid.coefficient),
         .value = shown_figure(paid.value),
         .standard = paid.standard,
         .points = paid.by_points ? std::optional(shown_figure(paid.points)) : std::nullopt,
         .payment = paid.payment,
         .is_capped = paid.is_capped,
         .review = paid.review,
         .formula = std::move(formula)});
}

void PolicyMonth::split(const Policy& policy, std::vector<CaseRow>& cases) {
    std::vector<PolicyCaseRow*> rows;
    std::vector<CaseRow*> paid;
    std::vector<Money> charges;
    std::vector<std::string_view> keys;
    std::size_t at = 0;
    for (PolicyCaseRow& row : rows_) {
        if (row.policy == policy.id) {
            while (cases[at].encounter != row.encounter) {
                ++at;
            }
            rows.push_back(&row);
            paid.push_back(&cases[at]);
            charges.push_back(cases[at].charge);
            keys.push_back(month_.encounters[row.encounter.index()].code);
        }
    }
    if (rows.empty()) {
        return;
    }
    const auto sum = sum_of(policy);
    const auto shares = sum ? split_sum(*sum, charges, keys)
                            : Result<std::vector<Money>>(fail(ErrorCode::weight_overflow));
    if (!shares) {
        note_fault(policy, rows.front()->encounter, PolicyFault::out_of_bounds);
        return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i]->payment = (*shares)[i];
        rows[i]->formula = sum->text() + " × " + charges[i].text() + " / all charges";
        paid[i]->payment = (*shares)[i];
    }
}

void PolicyMonth::finish(std::vector<CaseRow>& cases, std::vector<Finding>& findings) {
    for (const Policy& policy : policies_) {
        if (splits_one_sum(policy)) {
            split(policy, cases);
        }
    }
    for (const auto& [key, fault] : faults_) {
        findings.push_back({.code = FindingCode::case_not_payable,
                            .severity = Severity::stop,
                            .where = {.file = "encounters.csv", .row = 0, .column = "payer"},
                            .arguments = {month_.encounters[fault.first.index()].code,
                                          std::string(word_of(key.second)), "", key.first,
                                          std::to_string(fault.count)}});
    }
}

}  // namespace yuanliu::costing::pay
