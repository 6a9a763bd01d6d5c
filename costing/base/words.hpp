// Why this file: the closed word lists of the folder formats, each with its one spelling and its
// fixed order. The order of CostCategory, FundSource and Origin is part of the method
// (docs/method.md §3-4) and of stored results.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace yuanliu {

enum class DepartmentClass : std::uint8_t {
    public_cost,
    administrative,
    auxiliary,
    medical_technology,
    clinical,
    excluded
};
enum class CareSetting : std::uint8_t { inpatient, outpatient, mixed, none };
/// The seven cost items of the 2021 rules (成本项目), 国卫财务发〔2021〕4号.
enum class CostCategory : std::uint8_t {
    staff,
    materials,
    drugs,
    depreciation,
    amortization,
    risk_fund,
    other_operating
};
enum class FundSource : std::uint8_t {
    basic,
    fiscal_project,
    other_fiscal_project,
    research,
    teaching
};
/// Whose direct cost an amount was before it was passed on.
enum class Origin : std::uint8_t {
    direct,
    public_cost,
    administrative,
    auxiliary,
    medical_technology
};
enum class PoolKind : std::uint8_t { drug, material, service };
enum class ServiceKind : std::uint8_t { service, drug, material };
enum class ChargeCategory : std::uint8_t {
    bed,
    nursing,
    consultation,
    examination,
    laboratory,
    treatment,
    surgery,
    drug,
    material,
    other
};
enum class EncounterKind : std::uint8_t { inpatient, outpatient };
enum class Sex : std::uint8_t { male, female, unknown };
enum class Outcome : std::uint8_t { cured, improved, transferred, against_advice, died, other };
enum class CatalogueLevel : std::uint8_t { core, composite };
enum class ProcedureClass : std::uint8_t { surgery, intervention, therapeutic, diagnostic, simple };
/// Class of a composite group and of a case for it.
enum class CompositeClass : std::uint8_t { surgery, therapeutic, diagnostic, conservative };
enum class MapTreatment : std::uint8_t { cost, excluded };
enum class StayStatus : std::uint8_t { visit, discharged, in_hospital, discharged_earlier };
enum class CaseStatus : std::uint8_t { grouped, ungrouped, uncoded };
/// Levels of the rule DIP-001, then those of catalogue groupers (composite is of both).
enum class GroupingLevel : std::uint8_t {
    core_procedure,
    core_conservative,
    composite,
    drg,
    first_stage,
    merged,
    refined,
    basic,
    core
};
enum class Deviation : std::uint8_t { low, normal, high };
/// drg and other: paid by a policy of weights, of another kind.
enum class PaymentBasis : std::uint8_t { dip, ungrouped, uncoded, charges, drg, other, visit };
enum class CostKind : std::uint8_t { direct, received, sent, full };
enum class GateOutcome : std::uint8_t { passed, failed, not_judged };
/// How a stage's senders serve each other (docs/allocation.md §3).
enum class StageMethod : std::uint8_t {
    outward,
    sequential,
    mutual,
    peer_first,
    twice,
    reciprocal,
    iterative
};
/// What a sender does whose whole balance is below zero when its turn comes.
enum class NegativeBalances : std::uint8_t { send, keep };
enum class PlanRounding : std::uint8_t { fen, cms_form };

/// A stage that is named so gives each sender's cost the class of the sender.
inline constexpr std::string_view kByClass = "by_class";
/// By what rows of use weigh in an activity (docs/service-items.md §1); `quantity` is the measure
/// of traced items only.
enum class Measure : std::uint8_t {
    equivalent,
    charge,
    item_driver,
    days,
    visits,
    treatment_time,
    quantity
};
/// How a department divides its service pool (docs/service-items.md §2).
enum class ItemMethod : std::uint8_t {
    equivalent,
    income,
    item_driver,
    activity,
    bed_days,
    visits,
    cost_to_charge,
    treatment_time
};

inline constexpr std::size_t kCategories = 7;
inline constexpr std::size_t kFundSources = 5;
inline constexpr std::size_t kOrigins = 5;

/// Words of an enum in the order of its enumerators; specialised below for each word list.
template <class E>
struct WordsOf;

// clang-format off
#define YUANLIU_WORDS(Enum, ...)                                                        \
    template <> struct WordsOf<Enum> {                                                  \
        static constexpr auto kWords = std::to_array<std::string_view>({__VA_ARGS__});  \
    };
YUANLIU_WORDS(DepartmentClass,
    "public", "administrative", "auxiliary", "medical_technology", "clinical", "excluded")
YUANLIU_WORDS(CareSetting, "inpatient", "outpatient", "mixed", "none")
YUANLIU_WORDS(CostCategory,
    "staff", "materials", "drugs", "depreciation", "amortization", "risk_fund", "other_operating")
YUANLIU_WORDS(FundSource, "basic", "fiscal_project", "other_fiscal_project", "research", "teaching")
YUANLIU_WORDS(Origin, "direct", "public", "administrative", "auxiliary", "medical_technology")
YUANLIU_WORDS(PoolKind, "drug", "material", "service")
YUANLIU_WORDS(ServiceKind, "service", "drug", "material")
YUANLIU_WORDS(ChargeCategory,
    "bed", "nursing", "consultation", "examination", "laboratory", "treatment", "surgery", "drug",
    "material", "other")
YUANLIU_WORDS(EncounterKind, "inpatient", "outpatient")
YUANLIU_WORDS(Sex, "male", "female", "unknown")
YUANLIU_WORDS(Outcome, "cured", "improved", "transferred", "against_advice", "died", "other")
YUANLIU_WORDS(CatalogueLevel, "core", "composite")
YUANLIU_WORDS(ProcedureClass, "surgery", "intervention", "therapeutic", "diagnostic", "simple")
YUANLIU_WORDS(CompositeClass, "surgery", "therapeutic", "diagnostic", "conservative")
YUANLIU_WORDS(MapTreatment, "cost", "excluded")
YUANLIU_WORDS(StayStatus, "visit", "discharged", "in_hospital", "discharged_earlier")
YUANLIU_WORDS(CaseStatus, "grouped", "ungrouped", "uncoded")
YUANLIU_WORDS(GroupingLevel,
    "core_procedure", "core_conservative", "composite", "drg", "first_stage", "merged", "refined", "basic",
    "core")
YUANLIU_WORDS(Deviation, "low", "normal", "high")
YUANLIU_WORDS(PaymentBasis, "dip", "ungrouped", "uncoded", "charges", "drg", "other", "visit")
YUANLIU_WORDS(CostKind, "direct", "received", "sent", "full")
YUANLIU_WORDS(GateOutcome, "passed", "failed", "not_judged")
YUANLIU_WORDS(StageMethod,
    "outward", "sequential", "mutual", "peer_first", "double", "reciprocal", "iterative")
YUANLIU_WORDS(NegativeBalances, "send", "keep")
YUANLIU_WORDS(PlanRounding, "fen", "cms_form")
YUANLIU_WORDS(Measure, 
    "equivalent", "charge", "item_driver", "days", "visits", "treatment_time", "quantity")
YUANLIU_WORDS(ItemMethod,
    "equivalent", "income", "item_driver", "activity", "bed_days", "visits", "cost_to_charge",
    "treatment_time")
#undef YUANLIU_WORDS
// clang-format on

/// The word of an enumerator, as folders spell it.
template <class E>
[[nodiscard]] constexpr std::string_view word_of(E value) noexcept {
    return WordsOf<E>::kWords[static_cast<std::size_t>(value)];
}

/// The enumerator of a word. Empty: not one of the list, to the letter.
template <class E>
[[nodiscard]] constexpr std::optional<E> parse_word(std::string_view text) noexcept {
    for (std::size_t i = 0; i < WordsOf<E>::kWords.size(); ++i) {
        if (WordsOf<E>::kWords[i] == text) {
            return static_cast<E>(i);
        }
    }
    return std::nullopt;
}

}  // namespace yuanliu
