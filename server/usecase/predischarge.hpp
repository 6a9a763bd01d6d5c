// Why this file: before a patient leaves: which groups the record already supports for each of its
// diagnoses as the main one, what each would pay, what the stay has cost, and what the record still
// lacks (docs/grouping.md §11). It never names a code that the record doesn't hold, and it puts
// nothing in the order of money. Worked example: cost so far 8,000.00, mean cost of 12 discharged
// cases of the group 9,500.00: expected cost at discharge 9,500.00, of 12 cases; had the stay cost
// 10,000.00 already, 10,000.00.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/usecase/compute_month.hpp"

namespace yuanliu::usecase {

enum class Allowance { allowed, review, not_allowed };

/// Means of the hospital's own cases of a group, discharged in the month.
struct GroupMean {
    std::int64_t cases = 0;
    Money cost;    ///< Σ cost ÷ cases, to the fen
    Money charge;  ///< the same of charges
};

/// One recorded diagnosis as the main one, with what would follow.
struct MainChoice {
    std::string diagnosis;
    std::size_t place = 0;  ///< in the record, from 1; 1 is what the record says now
    Allowance allowance{};
    std::string rule;       ///< of review and not_allowed: its word
    std::string rule_code;  ///< the code that it met
    GroupingStatus status{};
    GroupingReason reason{};
    GroupLevel level{};
    std::string group;
    std::string name;
    std::vector<std::string> deciding_codes;
    std::optional<Rate> auxiliary{};  ///< of a grouped case by a catalogue with an auxiliary one
    /// Below: only of a group with figures.
    std::optional<Points> score{};
    Quantity reference_days;
    Quantity days_left;  ///< reference days less days so far; below zero = past the norm
    /// Only with payment rules; points only of a payment that has some.
    std::optional<Points> points{};           ///< at the charges so far
    std::optional<Money> payment{};           ///< at the charges so far
    std::optional<Money> standard_payment{};  ///< at the reference charge
    /// Why a payment is missing: `split` (the policy divides one sum among all cases, so none has a
    /// payment of its own), `unknown_payer`, or a word of PolicyFault; blank: none is missing.
    std::string unpaid;
    GroupMean mean;
    std::optional<Money> expected_cost{};  ///< none: no case of the group was discharged
};

enum class Missing {
    main_diagnosis,
    procedures,
    admission_condition,
    procedure_level,
    procedure_day,
    age_days,
    newborn_weight
};

struct MissingEntry {
    Missing what{};
    std::string code;  ///< of the diagnosis or procedure; blank for the stay itself
};

struct Predischarge {
    std::string encounter;
    std::string payer;
    std::string catalogue;
    bool is_open = true;    ///< still in hospital; else a simulation of a discharged case
    std::int64_t days = 0;  ///< up to discharge or the month's end, at least 1
    Money charge;           ///< of the whole stay so far
    Money cost;
    std::vector<MainChoice> choices;  ///< in the order of the record
    std::vector<MissingEntry> missing;
};

enum class PredischargeFault { no_catalogues, unknown_encounter, no_stay, no_record };

struct PredischargeAnswer {
    std::optional<PredischargeFault> fault;
    Predischarge value;
};

/// The record of the stay with each of its diagnoses as the main one, in the order of the record;
/// the others keep their order. None when there is no such record.
[[nodiscard]] std::vector<DischargeRecord> proposed_records(const Month& month,
                                                            const std::string& encounter);

/// Of a stay in hospital, or discharged in the month. `outcome` is a month computed without a stop.
[[nodiscard]] PredischargeAnswer look_before_discharge(const ComputeOutcome& outcome,
                                                       const std::string& encounter);

}  // namespace yuanliu::usecase

template <>
struct yuanliu::WordsOf<yuanliu::usecase::Allowance> {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"allowed", "review", "not_allowed"});
};
template <>
struct yuanliu::WordsOf<yuanliu::usecase::Missing> {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"main_diagnosis", "procedures", "admission_condition", "procedure_level", "procedure_day",
         "age_days", "newborn_weight"});
};
