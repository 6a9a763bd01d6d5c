// Why this file: see policy_pay.hpp. One case goes through the rules in a fixed order: outcome of a
// review, its class, a score of zero, days, exceptions, bands.
#include "costing/pay/policy_pay.hpp"

#include <algorithm>

#include "costing/base/apportion.hpp"
#include "costing/pay/policy_text.hpp"

namespace yuanliu::costing::pay {
namespace {

bool has_coefficient(const Policy& policy, Coefficient one) {
    return std::find(policy.coefficients.begin(), policy.coefficients.end(), one) !=
           policy.coefficients.end();
}

/// A case on its way through the rules.
class PolicyWalk {
  public:
    PolicyWalk(const Policy& policy, const PolicyCase& one) : policy_(policy), case_(one) {}

    PolicyPayment run() {
        if (case_.special_amount) {
            pay_amount(PolicyBasis::special_amount, Exact::yuan(*case_.special_amount));
        } else {
            pay_by_rules();
        }
        return out_;
    }

  private:
    void fail_with(PolicyFault fault) {
        if (out_.fault == PolicyFault::none) {
            out_.fault = fault;
        }
    }
    [[nodiscard]] bool failed() const { return out_.fault != PolicyFault::none; }

    std::optional<Money> fen_of(const Exact& yuan) {
        const auto raw = yuan.rounded(Money::kScale);
        if (!raw) {
            fail_with(PolicyFault::out_of_bounds);
            return std::nullopt;
        }
        return Money::from_raw(*raw);
    }

    void pay_amount(PolicyBasis basis, const Exact& yuan) {
        out_.basis = basis;
        out_.payment = std::max(fen_of(yuan).value_or(Money()), Money());
    }

    void pay_by_rules() {
        find_class();
        find_terms();
        if (failed()) {
            return;
        }
        if (case_.special_points && (!value_ || kind_ == PayKind::fixed)) {
            fail_with(PolicyFault::review_without_value);
        } else if (case_.special_points) {
            pay_points(PolicyBasis::special_points, *case_.special_points);
        } else if (class_ != nullptr && class_->charge_share) {
            pay_amount(PolicyBasis::charge_share,
                       Exact::yuan(case_.charge) * *class_->charge_share);
        } else if (kind_ == PayKind::item) {
            pay_amount(PolicyBasis::charge_share,
                       Exact::yuan(case_.charge) * policy_.charge_share.value_or(Exact(1)));
        } else if (kind_ == PayKind::bed_day) {
            pay_days();
        } else {
            pay_by_score();
        }
    }

    void find_class() {
        class_ = class_of_case(policy_, case_);
        if (class_ == nullptr && !case_.group_class.empty()) {
            fail_with(PolicyFault::class_unknown);
        }
    }

    void find_terms() {
        kind_ = class_ != nullptr && class_->kind ? *class_->kind : policy_.kind;
        score_ = class_ != nullptr && class_->amount ? class_->amount : case_.score;
        if (score_) {
            out_.score = *score_ * policy_.points_per_weight;
            out_.score = class_ != nullptr ? out_.score * class_->factor : out_.score;
        }
        value_ = case_.value;
        if (!value_ && class_ != nullptr) {
            value_ = class_->value;
        }
        if (!value_) {
            value_ = policy_.value;
        }
        if (kind_ == PayKind::fixed) {
            value_ = Exact(1);
        }
        out_.value = value_.value_or(Exact());
        multiply_coefficients();
        if (score_ && value_ && out_.fault == PolicyFault::none) {
            const auto standard = (out_.score * out_.coefficient * out_.value).rounded(2);
            out_.has_standard = standard.has_value();
            out_.standard = Money::from_raw(standard.value_or(0));
        }
    }

    [[nodiscard]] std::optional<Exact> coefficient_of(Coefficient which) const {
        const auto at = static_cast<std::size_t>(which);
        if (which == Coefficient::auxiliary) {
            Exact combined(1);
            for (std::size_t i = 0; i < case_.auxiliary.size(); ++i) {
                const Exact& next = case_.auxiliary[i];
                const bool is_highest = policy_.auxiliary == AuxiliaryRule::highest;
                if (i == 0 || (is_highest && next.against(combined) > 0)) {
                    combined = next;
                } else if (!is_highest) {
                    combined = combined * next;
                }
            }
            return combined;
        }
        return case_.coefficients[at] ? case_.coefficients[at] : policy_.defaults[at];
    }

    void multiply_coefficients() {
        for (std::size_t i = 0; i < kCoefficientCount; ++i) {
            const auto which = static_cast<Coefficient>(i);
            if (!has_coefficient(policy_, which) || (class_ != nullptr && class_->without[i])) {
                continue;
            }
            if (const auto factor = coefficient_of(which)) {
                out_.coefficient = out_.coefficient * *factor;
                has_auxiliary_ = has_auxiliary_ || which == Coefficient::auxiliary;
            } else if (class_ == nullptr || !class_->charge_share) {
                fail_with(PolicyFault::coefficient_missing);
            }
        }
    }

    void pay_days() {
        const auto& stages =
            class_ != nullptr && !class_->bed_days.empty() ? class_->bed_days : policy_.bed_days;
        if (!case_.days) {
            fail_with(PolicyFault::days_missing);
        } else if (!stages.empty()) {
            Exact sum;
            std::int64_t before = 0;
            for (const BedDayStage& stage : stages) {
                const std::int64_t until = std::min(stage.to.value_or(*case_.days), *case_.days);
                sum = sum + Exact(std::max(until - before, std::int64_t{0})) * stage.amount;
                before = std::max(before, until);
            }
            pay_amount(PolicyBasis::bed_day, sum);
        } else if (has_score_and_value()) {
            pay_points(PolicyBasis::bed_day, out_.score * out_.coefficient * Exact(*case_.days));
            out_.uses_auxiliary = has_auxiliary_;
        }
    }

    bool has_score_and_value() {
        if (!score_ || score_->sign() <= 0 || out_.score.out_of_bounds()) {
            fail_with(PolicyFault::score_missing);
        } else if (!value_) {
            fail_with(PolicyFault::value_missing);
        }
        return !failed();
    }

    /// `points` x value, and settled over points where the policy is by points.
    void pay_points(PolicyBasis basis, const Exact& points) {
        if (!value_) {
            fail_with(PolicyFault::value_missing);
            return;
        }
        const Exact floored = points.sign() < 0 ? Exact() : points;
        pay_amount(basis, floored * out_.value);
        out_.by_points = kind_ != PayKind::fixed;
        out_.points = floored;
    }

    void pay_by_score() {
        if (policy_.zero_score_pays_charge && score_ && score_->is_zero()) {
            pay_amount(PolicyBasis::zero_score, Exact::yuan(case_.charge));
        } else if (has_score_and_value() && choose_rule() && !failed()) {
            if (out_.formula == nullptr) {
                pay_points(PolicyBasis::plain, out_.score * out_.coefficient);
                out_.uses_auxiliary = has_auxiliary_;
            } else {
                pay_by_formula(*out_.formula);
            }
        }
    }

    /// Sets ratio; false: there is nothing to divide by.
    bool find_ratio() {
        if (out_.ratio) {
            return true;
        }
        const Exact charge = Exact::yuan(case_.charge);
        Exact divisor;
        switch (policy_.ratio_to) {
            case RatioBase::reference:
                divisor = Exact::yuan(case_.reference.value_or(Money()));
                break;
            case RatioBase::mean:
                // Of the group as it is: without points a weight, without the class's factor.
                divisor = *score_ * policy_.mean_charge.value_or(Exact());
                break;
            case RatioBase::standard:
                divisor = out_.score * out_.coefficient * out_.value;
                break;
            case RatioBase::base:
                divisor = out_.score * out_.value;
                break;
        }
        if (divisor.out_of_bounds()) {
            fail_with(PolicyFault::out_of_bounds);
        } else if (divisor.sign() <= 0) {
            fail_with(policy_.ratio_to == RatioBase::reference ? PolicyFault::reference_missing
                                                               : PolicyFault::value_missing);
        } else {
            const Exact ratio = charge / divisor;
            if (ratio.out_of_bounds()) {
                fail_with(PolicyFault::out_of_bounds);
            } else {
                out_.ratio = ratio;
            }
        }
        return out_.ratio.has_value();
    }

    /// The exception or band that holds; false: failed.
    bool choose_rule() {
        for (std::size_t i = 0; i < policy_.exceptions.size(); ++i) {
            const PayException& one = policy_.exceptions[i];
            if (holds(one)) {
                take_rule(PolicyBasis::exception, i, one.name, one.formula);
                return true;
            }
            if (failed()) {
                return false;
            }
        }
        const bool has_own = class_ != nullptr && !class_->bands.by_tier.empty();
        const auto& tiers = has_own ? class_->bands.by_tier : policy_.bands.by_tier;
        if (tiers.empty() || (class_ != nullptr && class_->plain)) {
            return true;
        }
        out_.tier = tiers.size() == 1 ? 0 : tier_of();
        return !failed() && choose_band(tiers[out_.tier]);
    }

    bool choose_band(const std::vector<PayBand>& bands) {
        std::size_t at = 0;
        if (bands.size() > 1 || bands.front().formula.p.sign() != 0) {
            if (!find_ratio()) {
                return false;
            }
            while (bands[at].to) {
                const int order = out_.ratio->against(*bands[at].to);
                if (order < 0 || (order == 0 && bands[at].to_inclusive)) {
                    break;
                }
                ++at;
            }
        }
        take_rule(PolicyBasis::band, at, bands[at].name, bands[at].formula);
        out_.review = bands[at].review;
        return true;
    }

    void take_rule(PolicyBasis basis, std::size_t at, std::string_view name,
                   const PayFormula& formula) {
        out_.basis = basis;
        out_.rule = at + 1;
        out_.name = name;
        out_.formula = &formula;
    }

    bool holds(const PayException& one) {
        if ((one.days_from || one.days_to) && !case_.days) {
            fail_with(PolicyFault::days_missing);
            return false;
        }
        if ((one.days_from && *case_.days < *one.days_from) ||
            (one.days_to && *case_.days > *one.days_to) || !leaves_as(one)) {
            return false;
        }
        if (!one.ratio_above && !one.ratio_to) {
            return true;
        }
        return find_ratio() && (!one.ratio_above || out_.ratio->against(*one.ratio_above) > 0) &&
               (!one.ratio_to || out_.ratio->against(*one.ratio_to) <= 0);
    }

    /// Whether the way of leaving is one of the exception's; any is if it names none.
    [[nodiscard]] bool leaves_as(const PayException& one) const {
        return one.leave.empty() ||
               std::any_of(one.leave.begin(), one.leave.end(), [&](const std::string& way) {
                   return way == case_.leave || (!way.empty() && way == case_.leave_number);
               });
    }

    std::size_t tier_of() {
        Exact measure;
        switch (policy_.tier_by) {
            case TierBy::score:
                measure = *score_;
                break;
            case TierBy::level:
                measure = Exact(case_.level.value_or(0));
                if (!case_.level) {
                    fail_with(PolicyFault::level_missing);
                }
                break;
            case TierBy::days:
                measure = Exact(case_.days.value_or(0));
                if (!case_.days) {
                    fail_with(PolicyFault::days_missing);
                }
                break;
        }
        std::size_t tier = 0;
        while (tier < policy_.tier_ends.size()) {
            const int order = measure.against(policy_.tier_ends[tier]);
            if (order < 0 || (order == 0 && policy_.tier_inclusive)) {
                break;
            }
            ++tier;
        }
        return tier;
    }

    void pay_by_formula(const PayFormula& formula) {
        const PolicyBasis basis = out_.basis;
        const Exact charge = Exact::yuan(case_.charge);
        const std::optional<Exact> most = least_cap(formula, charge);
        const Exact points = formula.is_charge ? Exact() : linear(formula);
        const Exact amount = formula.is_charge ? charge * formula.share : points * out_.value;
        if (failed() || amount.out_of_bounds()) {
            fail_with(PolicyFault::out_of_bounds);
            return;
        }
        out_.is_capped = most && amount.against(*most) > 0;
        const bool by_standard = formula.p.sign() != 0 && policy_.ratio_to == RatioBase::standard;
        const bool by_h = formula.r.sign() != 0 || formula.times_h || by_standard;
        out_.uses_auxiliary =
            has_auxiliary_ && (out_.is_capped ? is_cap_of_standard_ : !formula.is_charge && by_h);
        if (formula.is_charge) {
            pay_amount(basis, out_.is_capped ? *most : amount);
        } else {
            pay_points(basis,
                       out_.is_capped && !out_.value.is_zero() ? *most / out_.value : points);
        }
    }

    /// The lowest of the caps in yuan, if there is one.
    std::optional<Exact> least_cap(const PayFormula& formula, const Exact& charge) {
        const Exact standard = out_.score * out_.coefficient * out_.value;
        std::optional<Exact> least;
        const auto take = [&](const std::optional<Exact>& times, const Exact& of, bool by_h) {
            const Exact cap = times ? *times * of : Exact();
            if (cap.out_of_bounds()) {
                fail_with(PolicyFault::out_of_bounds);
            } else if (times && (!least || cap.against(*least) < 0)) {
                least = cap;
                is_cap_of_standard_ = by_h;
            }
        };
        take(formula.cap, standard, true);
        take(policy_.cap_times_standard, standard, true);
        take(policy_.cap_times_charge, charge, false);
        return least;
    }

    [[nodiscard]] Exact linear(const PayFormula& formula) const {
        Exact factor = formula.q + formula.r * out_.coefficient;
        if (formula.p.sign() != 0) {
            factor = factor + formula.p * *out_.ratio;
        }
        const Exact points = out_.score * factor;
        return formula.times_h ? points * out_.coefficient : points;
    }

    const Policy& policy_;
    const PolicyCase& case_;
    const GroupClass* class_ = nullptr;
    PayKind kind_{};
    std::optional<Exact> score_;
    std::optional<Exact> value_;
    bool has_auxiliary_ = false;       ///< the coefficient has the auxiliary one as a factor
    bool is_cap_of_standard_ = false;  ///< the lowest cap is of the standard
    PolicyPayment out_;
};

}  // namespace

PolicyPayment pay_policy_case(const Policy& policy, const PolicyCase& one) {
    YUANLIU_CHECK(!splits_one_sum(policy));
    return PolicyWalk(policy, one).run();
}

bool splits_one_sum(const Policy& policy) {
    return policy.kind == PayKind::head || policy.kind == PayKind::global_budget;
}

std::optional<Money> sum_of(const Policy& policy) {
    if (!policy.budget || (policy.kind == PayKind::head && !policy.heads)) {
        return std::nullopt;
    }
    const Exact sum =
        policy.kind == PayKind::head ? *policy.budget * Exact(*policy.heads) : *policy.budget;
    const auto raw = sum.rounded(Money::kScale);
    return raw ? std::optional(Money::from_raw(*raw)) : std::nullopt;
}

Result<std::vector<Money>> split_sum(Money sum, std::span<const Money> charges,
                                     std::span<const std::string_view> keys) {
    YUANLIU_CHECK(charges.size() == keys.size());
    std::vector<Part> parts;
    parts.reserve(charges.size());
    for (std::size_t i = 0; i < charges.size(); ++i) {
        parts.push_back({.weight = std::max(charges[i].raw(), std::int64_t{0}), .key = keys[i]});
    }
    return apportion(sum, parts);
}

}  // namespace yuanliu::costing::pay
