// Why this file: see predischarge.hpp.
#include "server/usecase/predischarge.hpp"

#include <algorithm>

#include "costing/group/month_groups.hpp"
#include "costing/pay/pay.hpp"
#include "costing/pay/policy_pay.hpp"

namespace yuanliu::usecase {
namespace {

namespace group = costing::group;

constexpr std::int32_t kNewbornDays = 28;
/// 入院病情 无: it arose in hospital, so it can hardly be why the patient came.
constexpr std::string_view kAroseInHospital = "arose_in_hospital";

const DischargeRecord* record_of(const std::vector<DischargeRecord>& records,
                                 EncounterId encounter) {
    const auto found =
        std::find_if(records.begin(), records.end(),
                     [&](const DischargeRecord& one) { return one.encounter == encounter; });
    return found == records.end() ? nullptr : &*found;
}

/// The record with the diagnosis at `place` as the main one; the others keep their order.
DischargeRecord with_main(const DischargeRecord& record, std::size_t place) {
    DischargeRecord changed = record;
    const auto move_first = [&](auto& list) {
        if (place < list.size()) {
            std::rotate(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(place),
                        list.begin() + static_cast<std::ptrdiff_t>(place) + 1);
        }
    };
    move_first(changed.diagnoses);
    move_first(changed.conditions);
    changed.main_diagnosis = changed.diagnoses.front();
    return changed;
}

struct CasePayment {
    std::optional<Points> points;
    std::optional<Money> payment;
    std::string unpaid;  ///< why there is no payment
};

/// Of the only case of `result`.
CasePayment payment_in(const costing::pay::PayResult& result) {
    const auto without = [](std::string_view why) {
        return CasePayment{
            .points = std::nullopt, .payment = std::nullopt, .unpaid = std::string(why)};
    };
    for (const Finding& finding : result.findings) {
        if (finding.code == FindingCode::case_not_payable) {
            return without(finding.arguments.at(1));
        }
    }
    if (result.cases.empty()) {
        return without("unknown_payer");
    }
    CasePayment paid{.points = result.cases.front().points,
                     .payment = result.cases.front().payment,
                     .unpaid = {}};
    if (!result.policy_cases.empty()) {
        const PolicyCaseRow& row = result.policy_cases.front();
        if (row.basis == yuanliu::word_of(costing::pay::PolicyBasis::split)) {
            return without(row.basis);
        }
        paid.points = row.points ? paid.points : std::nullopt;
    }
    return paid;
}

class Look {
  public:
    Look(const ComputeOutcome& outcome, const DischargeRecord& record,
         const group::CatalogueTables& catalogue)
        : outcome_(outcome),
          month_(outcome.loaded.month),
          record_(record),
          stay_(outcome.result.costing.stays[record.encounter.index()]),
          catalogue_(catalogue),
          grouper_(catalogue) {}

    [[nodiscard]] Predischarge take() const {
        const Encounter& encounter = month_.encounters[record_.encounter.index()];
        Predischarge out;
        out.encounter = encounter.code;
        out.payer = encounter.payer;
        out.catalogue = catalogue_.id;
        out.is_open = encounter.status == StayStatus::in_hospital;
        const Date until = out.is_open ? Date::last_of(month_.period) : encounter.discharged_on;
        out.days = std::max<std::int64_t>(1, until.days() - encounter.admitted_on.days());
        out.charge = stay_.charge();
        out.cost = stay_.cost();
        for (std::size_t i = 0; i < record_.diagnoses.size(); ++i) {
            out.choices.push_back(choose(i, out.days));
        }
        out.missing = missing();
        return out;
    }

  private:
    [[nodiscard]] MainChoice choose(std::size_t place, std::int64_t days) const {
        const DischargeRecord changed = with_main(record_, place);
        const group::GroupingCase given = group::grouping_case_of(&changed, stay_.charge());
        group::GroupAnswer answer;
        grouper_.group(given, answer);
        MainChoice choice;
        choice.diagnosis = changed.main_diagnosis;
        choice.place = place + 1;
        choice.status = answer.status;
        choice.reason = answer.reason;
        choice.level = answer.level;
        choice.group = group::group_code(catalogue_, given, answer);
        for (const group::MedicalCode code : answer.codes) {
            choice.deciding_codes.push_back(code.text());
        }
        judge(changed, choice);
        if (answer.status == GroupingStatus::grouped) {
            correct(changed, given, choice);
            add_figures(choice, days);
        }
        return choice;
    }

    /// The auxiliary coefficient that the case would have in this group.
    void correct(const DischargeRecord& changed, const group::GroupingCase& given,
                 MainChoice& choice) const {
        if (!catalogue_.auxiliary) {
            return;
        }
        const group::AuxiliaryCase one = group::auxiliary_case_of(
            choice.group, &changed, given, terms_of_stay(month_, record_.encounter));
        choice.auxiliary = auxiliary_coefficient(*catalogue_.auxiliary, one).coefficient;
    }

    static void judge(const DischargeRecord& changed, MainChoice& choice) {
        const bool fails = choice.status == GroupingStatus::failed_checks ||
                           choice.reason == GroupingReason::excluded_diagnosis;
        if (fails) {
            choice.allowance = Allowance::not_allowed;
            choice.rule = std::string(word_of(choice.reason));
            choice.rule_code =
                choice.deciding_codes.empty() ? std::string() : choice.deciding_codes.front();
        } else if (!changed.conditions.empty() &&
                   changed.conditions.front() == AdmissionCondition::absent) {
            choice.allowance = Allowance::review;
            choice.rule = std::string(kAroseInHospital);
            choice.rule_code = changed.main_diagnosis;
        }
    }

    void add_figures(MainChoice& choice, std::int64_t days) const {
        const auto row =
            std::find_if(month_.catalogue.begin(), month_.catalogue.end(),
                         [&](const CatalogueRow& one) { return one.group == choice.group; });
        if (row == month_.catalogue.end()) {
            return;
        }
        choice.name = row->name;
        if (row->score.is_zero() || row->reference_charge.is_zero() ||
            row->reference_days.is_zero()) {
            return;
        }
        choice.score = row->score;
        choice.reference_days = row->reference_days;
        choice.days_left = Quantity::from_raw(row->reference_days.raw() - days * 10'000);
        const CatalogueRowId id(static_cast<std::size_t>(row - month_.catalogue.begin()));
        if (outcome_.rules.rules.payment) {
            StayAmounts standard;
            standard.month_charge = row->reference_charge;
            const Rate auxiliary = choice.auxiliary.value_or(kNoCorrection);
            const CasePayment usual = paid(id, auxiliary, standard);
            const CasePayment now = paid(id, auxiliary, stay_);
            choice.points = now.points;
            choice.payment = now.payment;
            choice.standard_payment = usual.payment;
            choice.unpaid = now.payment ? usual.unpaid : now.unpaid;
        }
        add_mean(id, choice);
    }

    /// The month's own policy, on this stay as if it were discharged with these amounts. Reviewers
    /// decided on the stay as it was coded: what they said is no answer for another group.
    [[nodiscard]] CasePayment paid(CatalogueRowId row, Rate auxiliary,
                                   const StayAmounts& amounts) const {
        std::vector<StayAmounts> stays = outcome_.result.costing.stays;
        stays[record_.encounter.index()] = amounts;
        const std::vector<CaseGroup> one{{.encounter = record_.encounter,
                                          .status = CaseStatus::grouped,
                                          .row = row,
                                          .level = {},
                                          .deciding_codes = {},
                                          .auxiliary = auxiliary}};
        return payment_in(costing::pay::pay_cases(month_, one, stays, *outcome_.rules.rules.payment,
                                                  outcome_.rules.policies,
                                                  costing::pay::Reviews::left_out));
    }

    void add_mean(CatalogueRowId row, MainChoice& choice) const {
        Money cost;
        Money charge;
        for (const CaseRow& one : outcome_.result.profit.cases) {
            if (one.status == CaseStatus::grouped && one.row == row) {
                ++choice.mean.cases;
                cost += one.cost;
                charge += one.charge;
            }
        }
        if (choice.mean.cases > 0) {
            const auto mean = [&](Money sum) {
                return Money::from_raw(rounded_half_away(sum.raw(), choice.mean.cases));
            };
            choice.mean.cost = mean(cost);
            choice.mean.charge = mean(charge);
            choice.expected_cost = std::max(choice.mean.cost, stay_.cost());
        }
    }

    [[nodiscard]] std::vector<MissingEntry> missing() const {
        std::vector<MissingEntry> found;
        const auto add = [&](Missing what, std::string code = {}) {
            found.push_back({.what = what, .code = std::move(code)});
        };
        if (record_.main_diagnosis.empty()) {
            add(Missing::main_diagnosis);
        }
        for (std::size_t i = 0; i < record_.diagnoses.size(); ++i) {
            if (record_.conditions.empty() || !record_.conditions[i]) {
                add(Missing::admission_condition, record_.diagnoses[i]);
            }
        }
        if (record_.procedures.empty()) {
            add(Missing::procedures);
        }
        for (std::size_t i = 0; i < record_.procedures.size(); ++i) {
            const ProcedureDetails details = record_.procedure_details.empty()
                                                 ? ProcedureDetails()
                                                 : record_.procedure_details[i];
            if (details.level == 0) {
                add(Missing::procedure_level, record_.procedures[i]);
            }
            if (details.performed_on == Date()) {
                add(Missing::procedure_day, record_.procedures[i]);
            }
        }
        const StayDetails& stay = record_.details;
        if (record_.age_years == 0 && stay.age_days == StayDetails::kUnknown) {
            add(Missing::age_days);
        }
        if (record_.age_years == 0 && stay.age_days <= kNewbornDays &&
            stay.admission_weight_g == StayDetails::kUnknown) {
            add(Missing::newborn_weight);
        }
        return found;
    }

    const ComputeOutcome& outcome_;
    const Month& month_;
    const DischargeRecord& record_;
    const StayAmounts& stay_;
    const group::CatalogueTables& catalogue_;
    group::CatalogueGrouper grouper_;
};

}  // namespace

std::vector<DischargeRecord> proposed_records(const Month& month, const std::string& encounter) {
    std::vector<DischargeRecord> proposed;
    for (const auto* records : {&month.discharge_records, &month.open_records}) {
        for (const DischargeRecord& one : *records) {
            if (month.encounters[one.encounter.index()].code == encounter) {
                for (std::size_t i = 0; i < one.diagnoses.size(); ++i) {
                    proposed.push_back(with_main(one, i));
                }
            }
        }
    }
    return proposed;
}

PredischargeAnswer look_before_discharge(const ComputeOutcome& outcome,
                                         const std::string& encounter) {
    const auto refuse = [](PredischargeFault fault) {
        return PredischargeAnswer{.fault = fault, .value = {}};
    };
    if (outcome.catalogues.empty()) {
        return refuse(PredischargeFault::no_catalogues);
    }
    const Month& month = outcome.loaded.month;
    const auto stay = std::find_if(month.encounters.begin(), month.encounters.end(),
                                   [&](const Encounter& one) { return one.code == encounter; });
    if (stay == month.encounters.end()) {
        return refuse(PredischargeFault::unknown_encounter);
    }
    if (stay->status != StayStatus::in_hospital && stay->status != StayStatus::discharged) {
        return refuse(PredischargeFault::no_stay);
    }
    const DischargeRecord* record = record_of(
        stay->status == StayStatus::in_hospital ? month.open_records : month.discharge_records,
        EncounterId(static_cast<std::size_t>(stay - month.encounters.begin())));
    const group::CatalogueTables* catalogue = group::catalogue_of(outcome.catalogues, stay->payer);
    if (record == nullptr || catalogue == nullptr) {
        return refuse(record == nullptr ? PredischargeFault::no_record
                                        : PredischargeFault::no_catalogues);
    }
    return {.fault = std::nullopt, .value = Look(outcome, *record, *catalogue).take()};
}

}  // namespace yuanliu::usecase
