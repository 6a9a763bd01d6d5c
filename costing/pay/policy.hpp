// Why this file: a payment policy as values (docs/payment.md): region, year and kind of insurance
// change what a case is paid, so all of it is read from a file and nothing of it is code.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "costing/base/money.hpp"
#include "costing/base/words.hpp"
#include "costing/pay/exact.hpp"

namespace yuanliu::costing::pay {

/// What is paid for.
enum class PayKind : std::uint8_t {
    points,         ///< DIP: score at a point value
    weight,         ///< DRG: relative weight at a rate
    fixed,          ///< single disease: an amount of the group
    bed_day,        ///< days at a price or at points a day
    item,           ///< charges x share
    head,           ///< amount a head: one sum, split over the cases by charge
    global_budget,  ///< one sum, split over the cases by charge
};
/// What a case's charge is divided by for its ratio (倍率).
enum class RatioBase : std::uint8_t {
    reference,  ///< the group's reference charge (次均费用标准)
    mean,       ///< score x mean charge of one unit of score
    standard,   ///< score x coefficients x value, the payment standard
    base,       ///< score x value, without coefficients
};
enum class Coefficient : std::uint8_t { hospital, level, group, auxiliary };
inline constexpr std::size_t kCoefficientCount = 4;
enum class AuxiliaryRule : std::uint8_t { highest, product };
enum class TierBy : std::uint8_t { score, level, days };

/// With s = score, h = product of the coefficients, v = value, c = charge, x = ratio:
///   linear  s x (p x + q + r h) x v, and x h when `times_h`
///   charge  c x share
struct PayFormula {
    bool is_charge = false;
    Exact share = Exact(1);
    Exact p, q, r;
    bool times_h = false;
    std::optional<Exact> cap;  ///< at most cap x the payment standard s h v
};

struct PayBand {
    std::string name;
    std::optional<Exact> to;  ///< upper end of the ratio; none = the last band
    bool to_inclusive = false;
    PayFormula formula;
    bool review = false;  ///< may be put forward for special review (特例单议)
};

/// Bands for each tier: by the case's score (RW), hospital level or days the ends may differ.
struct PayBands {
    std::vector<std::vector<PayBand>> by_tier;  ///< ends of tiers + 1 lists; empty = no bands
};

/// Judged before the bands, in order. All conditions that are there must hold.
struct PayException {
    std::string name;
    std::optional<std::int64_t> days_from, days_to;  ///< both inclusive
    std::vector<std::string> leave;                  ///< ways of leaving; empty = any
    std::optional<Exact> ratio_above, ratio_to;      ///< above, exclusive; to, inclusive
    PayFormula formula;
};

/// So many days at so much; the last has no end.
struct BedDayStage {
    std::optional<std::int64_t> to;
    Exact amount;  ///< yuan a day
};

/// A class of groups with rules of its own: primary-care, bed-day, TCM, ungrouped …
struct GroupClass {
    std::string name;
    std::vector<std::string>
        groups;  ///< codes that are of the class when a case names none; sorted
    std::optional<PayKind> kind;
    std::array<bool, kCoefficientCount> without{};  ///< coefficients left out of h
    std::optional<Exact> charge_share;              ///< paid c x share, nothing else
    Exact factor = Exact(1);                        ///< of s
    std::optional<Exact> value;                     ///< in place of the policy's
    std::optional<Exact> amount;                    ///< in place of the group's score
    bool plain = false;                             ///< without bands: s h v
    PayBands bands;                                 ///< in place of the policy's
    std::vector<BedDayStage> bed_days;
};

/// A part of the surplus or overrun, as a share of the standard, and what of it the hospital keeps
/// or the fund bears.
struct SharedPart {
    std::optional<Exact> to;
    Exact share;
};

struct SettlementTerms {
    Exact fund_share = Exact(1);  ///< pay share (支付比例): of the payment, what the fund pays
    Exact prepay_share = Exact(1);
    Exact deposit_share;
    Exact appraisal = Exact(1);
    bool whole = false;  ///< one share for the whole amount by its ratio; else part by part
    std::vector<SharedPart> surplus;
    std::vector<SharedPart> overrun;
};

/// What `class` means for a case without a group.
inline constexpr std::string_view kUngroupedClass = "ungrouped";

struct Policy {
    std::string id;
    std::string region, year, insurance, source;  ///< labels, for people
    PayKind kind = PayKind::points;
    std::optional<Exact> value;  ///< point value or rate, yuan; budget's until it is settled
    RatioBase ratio_to = RatioBase::reference;
    std::optional<Exact> mean_charge;  ///< of ratio_to mean: yuan a unit of score
    Exact points_per_weight = Exact(1);
    std::vector<Coefficient> coefficients;
    std::array<std::optional<Exact>, kCoefficientCount> defaults;  ///< when a case has none
    AuxiliaryRule auxiliary = AuxiliaryRule::highest;
    TierBy tier_by = TierBy::score;
    std::vector<Exact> tier_ends;  ///< upper ends; one tier more than ends
    bool tier_inclusive = true;
    PayBands bands;
    std::vector<PayException> exceptions;
    std::vector<GroupClass> classes;
    std::vector<BedDayStage> bed_days;
    std::optional<Exact> cap_times_standard, cap_times_charge;
    std::optional<Exact> charge_share;  ///< of kind item
    bool zero_score_pays_charge = false;
    std::optional<Exact> budget;  ///< of kind global_budget: yuan; of kind head: yuan a head
    std::optional<std::int64_t> heads;
    SettlementTerms settlement;
};

}  // namespace yuanliu::costing::pay

// clang-format off
#define YUANLIU_PAY_WORDS(Enum, ...)                                                    \
    template <> struct yuanliu::WordsOf<yuanliu::costing::pay::Enum> {                  \
        static constexpr auto kWords = std::to_array<std::string_view>({__VA_ARGS__});  \
    };
YUANLIU_PAY_WORDS(PayKind,
    "points", "weight", "fixed", "bed_day", "item", "head", "global_budget")
YUANLIU_PAY_WORDS(RatioBase, "reference", "mean", "standard", "base")
YUANLIU_PAY_WORDS(Coefficient, "hospital", "level", "group", "auxiliary")
YUANLIU_PAY_WORDS(AuxiliaryRule, "highest", "product")
YUANLIU_PAY_WORDS(TierBy, "score", "level", "days")
#undef YUANLIU_PAY_WORDS
// clang-format on
