// Why this file: see policy_month.hpp.
#include "costing/pay/policy_month.hpp"

#include <algorithm>
#include <array>
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

/// The numbers of the ways of leaving on the front page (离院方式), in the order of DischargeWay.
constexpr std::array<std::string_view, 6> kLeaveNumbers{"1", "2", "3", "4", "5", "9"};

/// A sum that nobody can be given a share of: with cases it stops the month; without any it goes to
/// nobody, and somebody should know.
Finding sum_without_charges(const Policy& policy, Money sum, std::size_t cases,
                            const Encounter* first, std::int64_t line) {
    const bool has_cases = first != nullptr;
    return {
        .code = has_cases ? FindingCode::split_without_charges : FindingCode::split_without_cases,
        .severity = has_cases ? Severity::stop : Severity::warn,
        .where = {.file = has_cases ? "encounters.csv" : "payment.toml",
                  .row = has_cases ? std::int64_t{first->source_row} : line,
                  .column = has_cases ? "payer" : "payer.policy"},
        .arguments = {policy.id, sum.text(), std::to_string(cases),
                      has_cases ? first->code : std::string()}};
}

PolicyFigure shown_figure(const Exact& value) {
    return PolicyFigure::from_raw(value.rounded(PolicyFigure::kScale).value_or(0));
}

}  // namespace

PolicyCase PolicyMonth::case_of(const CaseRow& row, const Policy& policy, const PayerRule& payer) {
    PolicyCase one;
    one.charge = row.charge;
    one.days = row.days;
    one.level = payment_.hospital_level;
    if (row.status == CaseStatus::grouped) {
        const CatalogueRow& group = month_.catalogue[row.row.index()];
        one.group = group.group;
        one.score = Exact::of(group.score);
        one.reference = group.reference_charge;
    } else if (goes_by_score(policy)) {
        one.group_class = class_without_group(policy, row.status);
    }
    const auto set = [&](Coefficient which, const std::optional<Rate>& own, const auto& hospitals) {
        const auto at = static_cast<std::size_t>(which);
        if (own) {
            one.coefficients[at] = Exact::of(*own);
        } else if (!policy.defaults[at] && hospitals) {
            one.coefficients[at] = Exact::of(*hospitals);
        }
    };
    const CaseTerms* terms = terms_of_stay(month_, row.encounter);
    set(Coefficient::hospital, {}, std::optional(payment_.hospital_coefficient));
    set(Coefficient::level, terms != nullptr ? terms->level_coefficient : std::nullopt,
        payment_.level_coefficient);
    one.auxiliary.push_back(Exact::of(row.auxiliary));
    if (terms != nullptr && reviews_ == Reviews::paid) {
        one.special_amount = terms->special_amount;
        if (terms->special_points) {
            one.special_points = Exact::of(*terms->special_points);
        }
    }
    if (!payer.point_value.is_zero()) {
        one.value = Exact::of(payer.point_value);
    }
    return one;
}

/// A policy may name ways of leaving by our words or by the numbers of the front page.
void PolicyMonth::note_leave(const Policy& policy, const CaseRow& row, PolicyCase& one) {
    const bool asks = std::any_of(policy.exceptions.begin(), policy.exceptions.end(),
                                  [](const PayException& rule) { return !rule.leave.empty(); });
    if (!asks) {
        return;
    }
    const auto& records = month_.discharge_records;
    const auto record = std::lower_bound(
        records.begin(), records.end(), row.encounter,
        [](const DischargeRecord& left, EncounterId wanted) { return left.encounter < wanted; });
    if (record != records.end() && record->encounter == row.encounter &&
        record->details.discharge_way) {
        const DischargeWay way = *record->details.discharge_way;
        one.leave = word_of(way);
        one.leave_number = kLeaveNumbers[static_cast<std::size_t>(way)];
        return;
    }
    Fault& noted = unknown_leaves_[policy.id];
    noted.first = noted.count == 0 ? row.encounter : noted.first;
    ++noted.count;
}

bool PolicyMonth::pay(CaseRow& row, const PayerRule& payer) {
    const auto found = std::find_if(policies_.begin(), policies_.end(),
                                    [&](const Policy& one) { return one.id == payer.policy; });
    YUANLIU_CHECK(found != policies_.end());
    const Policy& policy = *found;
    row.basis = basis_of(policy, row.status);
    if (splits_one_sum(policy)) {
        PolicyPayment paid;
        paid.basis = PolicyBasis::split;
        take(row, policy, paid, {});
        return false;
    }
    PolicyCase one = case_of(row, policy, payer);
    const bool is_reviewed = one.special_amount || one.special_points;
    const bool has_rule =
        row.status == CaseStatus::grouped || !goes_by_score(policy) || !one.group_class.empty();
    if (!is_reviewed && !has_rule) {
        const bool is_coded = row.status == CaseStatus::ungrouped;
        const Rate share = is_coded ? payment_.ungrouped_ratio : payment_.uncoded_ratio;
        PolicyPayment paid;
        paid.basis = PolicyBasis::charge_share;
        paid.payment = std::max(payment_of(row.charge, share), Money());
        take(row, policy, paid, row.charge.text() + " × " + share.trimmed());
    } else {
        if (!is_reviewed) {
            note_leave(policy, row, one);
        }
        const PolicyPayment paid = pay_policy_case(policy, one);
        const bool is_good = paid.fault == PolicyFault::none;
        take(row, policy, paid, is_good ? formula_in_numbers(policy, one, paid) : std::string());
    }
    return true;
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
         .uses_auxiliary = paid.uses_auxiliary,
         .formula = std::move(formula)});
}

void PolicyMonth::split(const Policy& policy, const PayerRule& payer, std::vector<CaseRow>& cases,
                        std::vector<Finding>& findings) {
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
    const auto sum = sum_of(policy);
    const bool has_charges =
        std::any_of(charges.begin(), charges.end(), [](Money one) { return one > Money(); });
    if (sum && !sum->is_zero() && !has_charges) {
        const Encounter* first =
            rows.empty() ? nullptr : &month_.encounters[rows.front()->encounter.index()];
        findings.push_back(sum_without_charges(policy, *sum, rows.size(), first, payer.line));
        return;
    }
    if (rows.empty()) {
        return;
    }
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

void PolicyMonth::report(std::vector<Finding>& findings) const {
    for (const auto& [key, fault] : faults_) {
        if (key.second == PolicyFault::review_without_value) {
            const Encounter& encounter = month_.encounters[fault.first.index()];
            const CaseTerms* terms = terms_of_stay(month_, fault.first);
            findings.push_back({.code = FindingCode::special_points_without_value,
                                .severity = Severity::stop,
                                .where = {.file = "case_terms.csv",
                                          .row = terms == nullptr ? 0 : terms->source_row,
                                          .column = "special_points"},
                                .arguments = {encounter.code, encounter.payer, key.first,
                                              std::to_string(fault.count)}});
            continue;
        }
        findings.push_back({.code = FindingCode::case_not_payable,
                            .severity = Severity::stop,
                            .where = {.file = "encounters.csv",
                                      .row = month_.encounters[fault.first.index()].source_row,
                                      .column = "payer"},
                            .arguments = {month_.encounters[fault.first.index()].code,
                                          std::string(word_of(key.second)), "", key.first,
                                          std::to_string(fault.count)}});
    }
    for (const auto& [policy, noted] : unknown_leaves_) {
        findings.push_back(
            {.code = FindingCode::leave_not_stated,
             .severity = Severity::warn,
             .where = {.file = "stay_details.csv", .row = 0, .column = "discharge_way"},
             .arguments = {month_.encounters[noted.first.index()].code, policy,
                           std::to_string(noted.count)}});
    }
}

void PolicyMonth::finish(std::vector<CaseRow>& cases, std::vector<Finding>& findings) {
    for (const Policy& policy : policies_) {
        const auto payer =
            std::find_if(payment_.payers.begin(), payment_.payers.end(), [&](const auto& one) {
                return one.method == PayerMethod::policy && one.policy == policy.id;
            });
        if (payer != payment_.payers.end() && splits_one_sum(policy)) {
            split(policy, *payer, cases, findings);
        }
    }
    report(findings);
}

}  // namespace yuanliu::costing::pay
