// Why this file: the closed words of a settlement folder (docs/settlement.md §2), each with its one
// spelling and its fixed order.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "costing/base/words.hpp"

namespace yuanliu::costing::settle {

/// Who pays; only `employee` and `resident` can be settled by points.
enum class PayerKind : std::uint8_t {
    employee,
    resident,
    other_city,
    maternity,
    work_injury,
    commercial,
    self_pay,
    outpatient_pooling,
    chronic_disease,
    other
};
/// How a payer settles: DIP points or DRG weights, the charges, or nothing (the patient pays).
enum class PayerMethod : std::uint8_t { dip, drg, charges, none };
/// What divides a case's payment between the departments of a transfer.
enum class SplitBy : std::uint8_t { days, cost, points, key };
enum class AppealStep : std::uint8_t { filed, decided };
enum class ReviewStep : std::uint8_t { applied, decided };
enum class ReceiptKind : std::uint8_t { monthly, deposit_returned, clearing, prepayment };
/// What the fund pays in a bracket of booked ÷ standard (docs/settlement.md §6).
enum class BracketPays : std::uint8_t { booked, standard, surplus_share, overrun_share };
/// Where a case stands, the later the further.
enum class CaseStage : std::uint8_t {
    estimated,
    presettled,
    replied,
    refused,
    appealing,
    reviewing,
    cleared
};
/// Order of entries of one case on one day.
enum class EntryKind : std::uint8_t {
    estimate,
    presettlement,
    reply,
    refusal,
    appeal,
    special_review,
    audit,
    clearing
};

}  // namespace yuanliu::costing::settle

namespace yuanliu {

// clang-format off
#define YUANLIU_SETTLE_WORDS(Enum, ...)                                                 \
    template <> struct WordsOf<costing::settle::Enum> {                                 \
        static constexpr auto kWords = std::to_array<std::string_view>({__VA_ARGS__});  \
    };
YUANLIU_SETTLE_WORDS(PayerKind,
    "employee", "resident", "other_city", "maternity", "work_injury", "commercial", "self_pay",
    "outpatient_pooling", "chronic_disease", "other")
YUANLIU_SETTLE_WORDS(PayerMethod, "dip", "drg", "charges", "none")
YUANLIU_SETTLE_WORDS(SplitBy, "days", "cost", "points", "key")
YUANLIU_SETTLE_WORDS(AppealStep, "filed", "decided")
YUANLIU_SETTLE_WORDS(ReviewStep, "applied", "decided")
YUANLIU_SETTLE_WORDS(ReceiptKind, "monthly", "deposit_returned", "clearing", "prepayment")
YUANLIU_SETTLE_WORDS(BracketPays, "booked", "standard", "surplus_share", "overrun_share")
YUANLIU_SETTLE_WORDS(CaseStage,
    "estimated", "presettled", "replied", "refused", "appealing", "reviewing", "cleared")
YUANLIU_SETTLE_WORDS(EntryKind,
    "estimate", "presettlement", "reply", "refusal", "appeal", "special_review", "audit",
    "clearing")
#undef YUANLIU_SETTLE_WORDS
// clang-format on

}  // namespace yuanliu
