// Why this file: see policy_text.hpp.
#include "costing/pay/policy_text.hpp"

#include <algorithm>

namespace yuanliu::costing::pay {
namespace {

/// Appends " + 1 × 0.5" for a term that is there.
void add_term(std::string& text, const Exact& factor, const std::string& times) {
    if (factor.sign() == 0) {
        return;
    }
    const bool is_negative = factor.sign() < 0;
    const Exact size = is_negative ? Exact() - factor : factor;
    if (!text.empty()) {
        text += is_negative ? " - " : " + ";
    } else if (is_negative) {
        text += "-";
    }
    const bool is_one = size == Exact(1) && !times.empty();
    text += is_one ? times : size.text() + (times.empty() ? "" : " × " + times);
}

std::string days_in_numbers(const Policy& policy, const PolicyCase& one,
                            const PolicyPayment& paid) {
    const GroupClass* own = class_of_case(policy, one);
    const auto& stages = own != nullptr && !own->bed_days.empty() ? own->bed_days : policy.bed_days;
    const std::int64_t days = one.days.value_or(0);
    if (stages.empty()) {
        return paid.score.text() + " × " + paid.coefficient.text() + " × " + std::to_string(days) +
               " × " + paid.value.text();
    }
    std::string text;
    std::int64_t before = 0;
    for (const BedDayStage& stage : stages) {
        const std::int64_t until = std::min(stage.to.value_or(days), days);
        if (until > before) {
            text += (text.empty() ? "" : " + ") + std::to_string(until - before) + " × " +
                    stage.amount.text();
            before = until;
        }
    }
    return text;
}

std::string rule_in_numbers(const PolicyCase& one, const PolicyPayment& paid) {
    const PayFormula& formula = *paid.formula;
    if (formula.is_charge) {
        return one.charge.text() + " × " + formula.share.text();
    }
    const std::string h = paid.coefficient.text();
    std::string inner;
    add_term(inner, formula.p, paid.ratio ? paid.ratio->text(6) : "");
    add_term(inner, formula.q, "");
    add_term(inner, formula.r, h);
    inner = inner.empty() ? "0" : inner;
    const bool is_sum = inner.find(' ') != std::string::npos;
    return paid.score.text() + " × " + (is_sum ? "(" + inner + ")" : inner) +
           (formula.times_h ? " × " + h : "") + " × " + paid.value.text();
}

std::string sum_in_numbers(const Policy& policy, const PolicyCase& one, const PolicyPayment& paid) {
    switch (paid.basis) {
        case PolicyBasis::band:
        case PolicyBasis::exception:
            return rule_in_numbers(one, paid);
        case PolicyBasis::plain:
            return paid.score.text() + " × " + paid.coefficient.text() + " × " + paid.value.text();
        case PolicyBasis::charge_share: {
            const GroupClass* own = class_of_case(policy, one);
            const auto share =
                own != nullptr && own->charge_share ? own->charge_share : policy.charge_share;
            return one.charge.text() + " × " + share.value_or(Exact(1)).text();
        }
        case PolicyBasis::bed_day:
            return days_in_numbers(policy, one, paid);
        case PolicyBasis::special_points:
            return paid.points.text() + " × " + paid.value.text();
        case PolicyBasis::zero_score:
        case PolicyBasis::special_amount:
        case PolicyBasis::split:
            break;
    }
    return paid.payment.text();
}

}  // namespace

const GroupClass* class_of_case(const Policy& policy, const PolicyCase& one) {
    const auto found = std::find_if(
        policy.classes.begin(), policy.classes.end(), [&](const GroupClass& candidate) {
            return one.group_class.empty()
                       ? !one.group.empty() && std::binary_search(candidate.groups.begin(),
                                                                  candidate.groups.end(), one.group)
                       : candidate.name == one.group_class;
        });
    return found == policy.classes.end() ? nullptr : &*found;
}

std::string formula_in_numbers(const Policy& policy, const PolicyCase& one,
                               const PolicyPayment& paid) {
    const std::string text = sum_in_numbers(policy, one, paid);
    return paid.is_capped ? "cap < " + text : text;
}

}  // namespace yuanliu::costing::pay
