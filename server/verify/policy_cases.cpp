// Pays a case by a policy (docs/payment.md §2, §6), written from the page.
#include <algorithm>

#include "policies.hpp"
#include "report.hpp"

namespace yuanliu_verify {

namespace {

bool names(const std::vector<std::string>& list, const std::string& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

class CaseByPolicy {
  public:
    CaseByPolicy(const PolicyFile& policy, const PolicyFacts& facts)
        : policy_(policy), facts_(facts), charge_(ratio_of(facts.charge, 100)) {
        answer_.policy = policy.id;
    }

    PolicyAnswer pay() {
        if (policy_.splits()) {
            answer_.basis = "split";
            return answer_;
        }
        if (facts_.special_amount) {
            give("special_amount", ratio_of(*facts_.special_amount, 100));
            return answer_;
        }
        if (!choose_class() && !facts_.special_points) {
            give("charge_share", times(charge_, ratio_of(facts_.share_without_group, 10'000)));
            return answer_;
        }
        find_terms();
        if (facts_.special_points) {
            if (!v_ || kind_ == "fixed") {
                refuse("no point value for special points");
            }
            give_points("special_points", ratio_of(*facts_.special_points, 10'000));
        } else if (class_ != nullptr && class_->charge_share) {
            give("charge_share", times(charge_, *class_->charge_share));
        } else if (kind_ == "item") {
            if (!policy_.charge_share) {
                refuse("no share of charges");
            }
            give("charge_share", times(charge_, *policy_.charge_share));
        } else if (kind_ == "bed_day") {
            pay_days();
        } else if (policy_.zero_pays_charge && score_ && score_->is_zero()) {
            give("zero_score", charge_);
        } else {
            need_score();
            pay_rule();
        }
        return answer_;
    }

  private:
    [[noreturn]] void refuse(const char* why) const {
        throw Refusal("derivation: policy " + policy_.id + " can't pay case " + facts_.name + ": " +
                      why);
    }

    // False: a case without a group, which the policy has no class for.
    bool choose_class() {
        if (facts_.status == "grouped") {
            for (const auto& [name, one] : policy_.classes) {
                if (names(one.groups, facts_.group)) {
                    class_ = &one;
                }
            }
            return true;
        }
        if (!policy_.by_score()) {
            return true;
        }
        for (const std::string& name : {facts_.status, std::string("ungrouped")}) {
            const auto found = policy_.classes.find(name);
            if (found != policy_.classes.end()) {
                class_ = &found->second;
                return true;
            }
        }
        return false;
    }

    void find_terms() {
        kind_ = class_ != nullptr && !class_->kind.empty() ? class_->kind : policy_.kind;
        if (class_ != nullptr && class_->amount) {
            score_ = class_->amount;
        } else if (facts_.status == "grouped") {
            score_ = ratio_of(facts_.score, 10'000);
        }
        if (facts_.point_value != 0) {
            v_ = ratio_of(facts_.point_value, 10'000);
        } else if (class_ != nullptr && class_->value) {
            v_ = class_->value;
        } else {
            v_ = policy_.value;
        }
        if (kind_ == "fixed") {
            v_ = Fraction(1);
        }
        for (const std::string& name : policy_.coefficients) {
            if (class_ == nullptr || !names(class_->without, name)) {
                h_ = times(h_, coefficient(name));
            }
        }
        if (score_) {
            s_ = times(*score_, policy_.points_per_weight);
            s_ = class_ != nullptr ? times(s_, class_->factor) : s_;
        }
        if (score_ && v_) {
            answer_.score = s_;
            answer_.coefficient = h_;
            answer_.value = *v_;
        }
    }

    Fraction coefficient(const std::string& name) const {
        if (name == "auxiliary") {
            return ratio_of(facts_.auxiliary, 10'000);
        }
        if (name == "level" && facts_.level_coefficient_of_case) {
            return ratio_of(*facts_.level_coefficient_of_case, 10'000);
        }
        const auto found = policy_.defaults.find(name);
        if (found != policy_.defaults.end()) {
            return found->second;
        }
        if (name == "hospital") {
            return ratio_of(facts_.hospital_coefficient, 10'000);
        }
        if (name == "level" && facts_.level_coefficient) {
            return ratio_of(*facts_.level_coefficient, 10'000);
        }
        const bool is_free = class_ != nullptr && class_->charge_share;
        if (!is_free) {
            refuse("a coefficient is missing");
        }
        return 1;
    }

    void need_score() const {
        if (!score_ || score_ <= 0) {
            refuse("no score above 0");
        }
        if (!v_) {
            refuse("no point value");
        }
    }

    void pay_days() {
        const auto& prices =
            class_ != nullptr && !class_->days.empty() ? class_->days : policy_.days;
        if (prices.empty()) {
            need_score();
            give_points("bed_day", times(times(s_, h_), Fraction(facts_.days)));
            return;
        }
        Fraction sum;
        std::int64_t paid = 0;
        for (const DayPrice& price : prices) {
            const std::int64_t end = price.to ? std::min(*price.to, facts_.days) : facts_.days;
            if (end > paid) {
                sum = plus(sum, times(Fraction(end - paid), price.amount));
                paid = end;
            }
        }
        give("bed_day", sum);
    }

    const Fraction& ratio() {
        if (!answer_.ratio) {
            Fraction divisor = ratio_of(facts_.reference, 100);
            if (policy_.ratio_to == "mean") {
                divisor = times(*score_, policy_.mean_charge.value_or(Fraction(0)));
            } else if (policy_.ratio_to == "standard") {
                divisor = times(times(s_, h_), *v_);
            } else if (policy_.ratio_to == "base") {
                divisor = times(s_, *v_);
            }
            if (divisor <= 0) {
                refuse("nothing to divide the charge by");
            }
            answer_.ratio = over(charge_, divisor);
        }
        return *answer_.ratio;
    }

    bool holds(const PolicyRule& one) {
        if ((one.days_from && facts_.days < *one.days_from) ||
            (one.days_to && facts_.days > *one.days_to) || !leaves_by(one)) {
            return false;
        }
        return (!one.ratio_above || order(ratio(), *one.ratio_above) > 0) &&
               (!one.ratio_to || order(ratio(), *one.ratio_to) <= 0);
    }

    bool leaves_by(const PolicyRule& one) const {
        return one.leave.empty() ||
               (!facts_.leave_word.empty() &&
                (names(one.leave, facts_.leave_word) || names(one.leave, facts_.leave_number)));
    }

    std::size_t tier() const {
        if (policy_.tier_by.empty()) {
            return 0;
        }
        if (policy_.tier_by == "level" && !facts_.hospital_level) {
            refuse("no level of the hospital");
        }
        const Fraction measure = policy_.tier_by == "level"  ? Fraction(*facts_.hospital_level)
                                 : policy_.tier_by == "days" ? Fraction(facts_.days)
                                                             : *score_;
        std::size_t at = 0;
        for (const Fraction& end : policy_.tier_ends) {
            const int side = order(measure, end);
            at += side > 0 || (side == 0 && !policy_.tier_inclusive) ? 1 : 0;
        }
        return at;
    }

    void pay_rule() {
        for (std::size_t i = 0; i < policy_.exceptions.size(); ++i) {
            if (holds(policy_.exceptions[i])) {
                pay_formula("exception", static_cast<std::int64_t>(i) + 1, policy_.exceptions[i]);
                return;
            }
        }
        const bool own = class_ != nullptr && !class_->bands.empty();
        const auto& bands = own ? class_->bands : policy_.bands;
        if (bands.empty() || (class_ != nullptr && class_->plain)) {
            give_points("plain", times(s_, h_));
            return;
        }
        tier_ = tier();
        std::size_t at = 0;
        for (; bands.size() > 1 && !bands[at].to.empty(); ++at) {
            const int side = order(ratio(), here(bands[at].to));
            if (side < 0 || (side == 0 && bands[at].to_inclusive)) {
                break;
            }
        }
        answer_.review = bands[at].review;
        pay_formula("band", static_cast<std::int64_t>(at) + 1, bands[at]);
    }

    const Fraction& here(const TierValues& values) const {
        return values.size() == 1 ? values.front() : values.at(tier_);
    }

    void pay_formula(const char* basis, std::int64_t number, const PolicyRule& rule) {
        answer_.rule = number;
        answer_.rule_name = rule.name;
        const Fraction standard = times(times(s_, h_), *v_);
        std::vector<Fraction> caps;
        if (!rule.cap.empty()) {
            caps.push_back(times(here(rule.cap), standard));
        }
        if (policy_.cap_standard) {
            caps.push_back(times(*policy_.cap_standard, standard));
        }
        if (policy_.cap_charge) {
            caps.push_back(times(*policy_.cap_charge, charge_));
        }
        Fraction amount = times(charge_, here(rule.share));
        Fraction points;
        if (!rule.by_charge) {
            Fraction factor = plus(here(rule.q), times(here(rule.r), h_));
            if (here(rule.p) != 0) {
                factor = plus(factor, times(here(rule.p), ratio()));
            }
            points = times(s_, rule.times_h ? times(factor, h_) : factor);
            amount = times(points, *v_);
        }
        for (const Fraction& cap : caps) {
            if (order(amount, cap) > 0) {
                answer_.capped = true;
                amount = cap;
                points = v_->is_zero() ? points : over(cap, *v_);
            }
        }
        if (rule.by_charge) {
            give(basis, amount);
        } else {
            give_points(basis, points);
        }
    }

    void give_points(const char* basis, Fraction points) {
        if (points < 0) {
            points = {};
        }
        give(basis, times(points, *v_));
        if (kind_ != "fixed") {
            answer_.points = points;
        }
    }

    void give(const char* basis, const Fraction& yuan) {
        answer_.basis = basis;
        answer_.payment = std::max<Fen>(0, narrow(in_units(yuan, 2)));
    }

    const PolicyFile& policy_;
    const PolicyFacts& facts_;
    const PolicyClass* class_ = nullptr;
    std::string kind_;
    Fraction charge_;
    std::optional<Fraction> score_;  // of the group
    std::optional<Fraction> v_;
    Fraction s_;
    Fraction h_ = 1;
    std::size_t tier_ = 0;
    PolicyAnswer answer_;
};

}  // namespace

PolicyAnswer pay_by_policy(const PolicyFile& policy, const PolicyFacts& facts) {
    return CaseByPolicy(policy, facts).pay();
}

}  // namespace yuanliu_verify
