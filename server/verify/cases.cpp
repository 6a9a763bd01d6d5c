// Points and payment of a case, each figure with one rounding.
#include "cases.hpp"

#include <algorithm>

#include "splitters.hpp"

namespace yuanliu_verify {

namespace {

constexpr std::int64_t kOne = 10'000;  // 1 at scale 4

// charge / reference against a ratio at scale 4: below zero, zero or above zero.
int compare_ratio(Fen charge, Fen reference, std::int64_t ratio) {
    const Int128 left = multiply(charge, kOne);
    const Int128 right = multiply(reference, ratio);
    return left < right ? -1 : left > right ? 1 : 0;
}

std::string deviation_of(Fen charge, Fen reference, const Payment& payment) {
    const int low = compare_ratio(charge, reference, payment.low_ratio);
    if (low < 0 || (low == 0 && payment.low_inclusive)) {
        return "low";
    }
    const int high = compare_ratio(charge, reference, payment.high_ratio);
    if (high > 0 || (high == 0 && payment.high_inclusive)) {
        return "high";
    }
    return "normal";
}

// With the coefficient of the auxiliary catalogue the same is told by fractions.
Int128 corrected_points(const Case& item, const Payment& payment) {
    const CatalogueRow& row = *item.group.row;
    Fraction points =
        times(times(ratio_of(row.score, kOne), ratio_of(payment.hospital_coefficient, kOne)),
              ratio_of(item.group.auxiliary, kOne));
    const Fraction ratio = ratio_of(item.charge, row.reference_charge);
    if (item.deviation == "low") {
        points = times(points, ratio);
    } else if (item.deviation == "high") {
        points = times(points, plus(ratio, ratio_of(kOne - payment.high_ratio, kOne)));
    }
    return in_units(points, 4);
}

Int128 points_of(const Case& item, const Payment& payment) {
    const CatalogueRow& row = *item.group.row;
    if (item.group.auxiliary != kOne) {
        return corrected_points(item, payment);
    }
    const Int128 full = multiply(row.score, payment.hospital_coefficient);  // scale 8
    if (item.deviation == "normal") {
        return round_divide(full, kOne);
    }
    if (item.deviation == "low") {
        return round_divide(multiply(full, item.charge), multiply(kOne, row.reference_charge));
    }
    // (charge / reference - high_ratio + 1), over the common divisor reference x 10^4.
    const Int128 factor =
        multiply(item.charge, kOne) - multiply(payment.high_ratio - kOne, row.reference_charge);
    return round_divide(multiply(full, factor), multiply(kOne * kOne, row.reference_charge));
}

std::string basis_of(const PolicyFile& policy, const std::string& status) {
    if (policy.by_score() && status != "grouped") {
        return status;
    }
    return policy.kind == "points" ? "dip" : policy.kind == "weight" ? "drg" : "other";
}

void take_terms(const CaseTerms& terms, PolicyFacts& facts) {
    static const std::map<std::string, std::string> kNumbers{
        {"home", "1"},           {"hospital", "2"}, {"community", "3"},
        {"against_advice", "4"}, {"died", "5"},     {"other", "9"}};
    facts.level_coefficient_of_case = terms.level_coefficient;
    facts.special_amount = terms.special_amount;
    facts.special_points = terms.special_points;
    if (!terms.leave_word.empty()) {
        facts.leave_word = terms.leave_word;
        facts.leave_number = kNumbers.at(terms.leave_word);
    }
}

void pay_policy_case(Case& item, const RulesFolder& rules, const CaseTerms* terms,
                     const Encounter& encounter, const std::string& code) {
    const Payment& payment = *rules.payment;
    const PolicyFile& policy = rules.policies.at(payment.payers.at(encounter.payer).policy);
    PolicyFacts facts;
    facts.hospital_level = payment.hospital_level;
    facts.level_coefficient = payment.level_coefficient;
    facts.auxiliary = item.group.auxiliary;
    if (terms != nullptr) {
        take_terms(*terms, facts);
    }
    facts.name = code;
    facts.status = item.group.status;
    if (item.group.row != nullptr) {
        facts.group = item.group.row->group;
        facts.score = item.group.row->score;
        facts.reference = item.group.row->reference_charge;
    }
    facts.charge = item.charge;
    facts.days = encounter.days;
    facts.hospital_coefficient = payment.hospital_coefficient;
    facts.share_without_group =
        facts.status == "uncoded" ? payment.uncoded_ratio : payment.ungrouped_ratio;
    facts.point_value = payment.payers.at(encounter.payer).point_value;
    item.basis = basis_of(policy, facts.status);
    const PolicyAnswer answer = pay_by_policy(policy, facts);
    item.payment = answer.payment;
    item.points = answer.points ? in_units(*answer.points, 4) : 0;
    const bool has_word =
        answer.rule_name == "low" || answer.rule_name == "normal" || answer.rule_name == "high";
    item.deviation = item.basis == "dip" && has_word ? answer.rule_name : "";
    item.by_policy = answer;
}

// One sum over all cases of a policy, by charge; they stand in the order of their codes.
void split_sums(const RulesFolder& rules, std::vector<Case>& cases) {
    for (const auto& [id, policy] : rules.policies) {
        if (!policy.splits()) {
            continue;
        }
        std::vector<Case*> sharers;
        std::vector<Int128> weights;
        for (Case& item : cases) {
            if (item.by_policy && item.by_policy->policy == id) {
                sharers.push_back(&item);
                weights.push_back(std::max<Fen>(0, item.charge));
            }
        }
        const Fraction heads = policy.kind == "head" ? policy.heads : 1;
        const Fen sum = narrow(in_units(times(policy.budget.value_or(Fraction(0)), heads), 2));
        if (sum != 0 && !sharers.empty() &&
            std::all_of(weights.begin(), weights.end(), [](Int128 one) { return one == 0; })) {
            throw Refusal("derivation: policy " + id +
                          " divides a sum by charge, but no case of "
                          "it has a charge above 0");
        }
        const std::vector<Fen> shares = apportion(sum, weights);
        for (std::size_t i = 0; i < sharers.size(); ++i) {
            sharers[i]->payment = shares[i];
            sharers[i]->by_policy->payment = shares[i];
        }
    }
}

void pay(Case& item, const RulesFolder& rules, const CaseTerms* terms, const Encounter& encounter,
         const std::string& code) {
    const Payment& payment = *rules.payment;
    const auto payer = payment.payers.find(encounter.payer);
    if (payer == payment.payers.end()) {
        throw Refusal("derivation: payment.toml has no payer " + encounter.payer + " (case " +
                      code + ")");
    }
    if (!payer->second.policy.empty()) {
        pay_policy_case(item, rules, terms, encounter, code);
    } else if (!payer->second.is_dip) {
        item.basis = "charges";
        item.payment = item.charge;
    } else if (item.group.row != nullptr) {
        item.basis = "dip";
        item.deviation = deviation_of(item.charge, item.group.row->reference_charge, payment);
        item.points = std::max<Int128>(0, points_of(item, payment));
        // Points and point value are at scale 4 each; 10^8 yuan units are 10^6 fen units.
        item.payment =
            narrow(round_divide(multiply(item.points, payer->second.point_value), 1'000'000));
    } else {
        item.basis = item.group.status;
        const std::int64_t ratio =
            item.basis == "uncoded" ? payment.uncoded_ratio : payment.ungrouped_ratio;
        item.payment = narrow(round_divide(multiply(item.charge, ratio), kOne));
    }
}

}  // namespace

std::vector<Case> derive_cases(const Grouper& grouper, const Books& books, const Stays& stays,
                               const RulesFolder& rules,
                               const std::map<std::uint32_t, CaseTerms>& terms, Derived& derived) {
    std::vector<Case> cases;
    for (std::uint32_t id = 0; id < books.encounters.size(); ++id) {
        const Encounter& encounter = books.encounter[id];
        if (encounter.status != Status::kDischarged) {
            continue;
        }
        Case item;
        item.encounter = id;
        item.charge = stays.charge[id];
        item.group = grouper.group(id, item.charge, derived);
        item.cost = stays.cost[id];
        if (rules.payment) {
            const auto said = terms.find(id);
            item.patient_paid = said == terms.end() ? std::nullopt : said->second.patient_paid;
            pay(item, rules, said == terms.end() ? nullptr : &said->second, encounter,
                books.encounters.code(id));
        }
        cases.push_back(std::move(item));
    }
    split_sums(rules, cases);
    return cases;
}

}  // namespace yuanliu_verify
