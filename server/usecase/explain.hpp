// Why this file: where a figure comes from, as one tree for the command line and the API: each part
// has an amount, the rule and the quantities it was made by, and the cell that opens it further.
// Nothing here is in a language; explain_words.hpp says it.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "server/usecase/compute_month.hpp"

namespace yuanliu::usecase {

/// Figures of a case or a group.
enum class Figure { charge, payment, cost, policy_margin, real_margin };

enum class PartKind {
    ledger,    ///< booked directly; its lines sum to it
    excluded,  ///< booked, but kept out of cost; the parts of this kind sum to zero
    transfer,  ///< received from a sender
    sent,      ///< passed on, negative
    opening,   ///< of earlier months
    component,
    pool,    ///< a share of a pool; its lines are the charges that were weighed
    charge,  ///< its lines sum to it
    payment,
    cost,
    stay,  ///< one case of a group
    share,
    withheld,
    activity  ///< of a divided pool
};

enum class Rule {
    sum_of_parts,
    full_cost,
    what_was_split,
    cost_that_patients_shared,
    stay_cost,
    month_cost_of_department,
    ledger_lines,
    kept_out_by_account,
    kept_out_by_department,
    share_by_driver,
    passed_on,
    opening_of_stay,
    share_of_pool,
    share_of_category,
    charge_lines,
    points_normal,
    points_low,
    points_high,
    points_times_value,
    charge_times_ratio,
    payment_is_charge,
    payment_minus_charge,
    payment_minus_cost,
    sum_of_cases,
    case_points,
    bonus_paid,
    share_by_weight,
    withheld_by_gates,
    cost_of_activity,
    cost_of_activity_with_capacity
};

/// A word of a label or the value of a quantity: as the month writes it, an amount, or a word of a
/// closed list, which is said in the reader's language.
using Word =
    std::variant<std::string, Money, CostCategory, FundSource, Origin, PoolKind, StayStatus,
                 PaymentBasis, DepartmentClass, GroupingLevel, Deviation, Measure, Figure>;

enum class QuantityName {
    pool,
    driver,
    base,
    base_total,
    stage,
    origin,
    fund_source,
    cost_item,
    weight,
    weight_total,
    entries,
    unallocated,
    status,
    amount,
    reason,
    group,
    level,
    deciding_codes,
    rw,
    score,
    hospital_coefficient,
    charge,
    reference_charge,
    high_ratio,
    deviation,
    points,
    point_value,
    ratio,
    cases,
    index,
    size,
    indicator,
    gate,
    factor,
    released,
    activity,
    measure,
    item_driver,
    use,
    practical_capacity,
    used_cost,
    idle_cost
};

struct NamedQuantity {
    QuantityName name{};
    Word value;
};

struct SourceLine {
    std::string reference;  ///< voucher/line, or the charge line's code
    std::string text;
    std::string quantity;  ///< blank = none
    Money amount;
    std::string file;
    std::uint32_t row = 0;  ///< the header being 1
};

/// Holds: parts, where there are any, sum to the amount; lines of every kind but pool do too.
struct ExplanationNode {
    PartKind kind{};
    std::vector<Word> label;
    Rule rule{};
    /// The first ones are those that the rule's formula needs, in its order.
    std::vector<NamedQuantity> quantities;
    Money amount;
    std::string cell;  ///< opens it further; blank = it is the end
    std::vector<SourceLine> lines;
    std::vector<ExplanationNode> parts;
};

struct Explanation {
    ExplanationNode root;
    std::optional<std::array<Money, kOrigins>> by_origin{};  ///< of what was booked and received
    std::vector<ExplanationNode> activities{};  ///< of a divided pool; they sum to it too
};

enum class CellNoun {
    department,
    cost_item,
    fund_source,
    origin,
    transfer,
    pool,
    encounter,
    cost_category,
    group,
    basis,
    figure,
    paid_case,
    bonus
};

struct CellError {
    std::optional<CellNoun> unknown;  ///< none: the cell is malformed
    std::string code;
    std::vector<std::string> near;  ///< codes with names that are there, the nearest first
};

struct ExplainInput {
    const ComputeOutcome& outcome;
    const std::filesystem::path& month_dir;
    const ParallelFor& parallel_for;
};

/// How a cell is written, for messages and help.
inline constexpr const char* kCellGrammar =
    "department:CODE[:COST_ITEM[:FUND_SOURCE]], "
    "transfer:SENDER:COST_ITEM:FUND_SOURCE:ORIGIN, pool:DEPARTMENT:KIND, "
    "patient:ENCOUNTER[:category:COST_CATEGORY|:department:CODE], case:ENCOUNTER[:FIGURE], "
    "group:BASIS:GROUP[:FIGURE], bonus:DEPARTMENT";

/// Codes that hold a colon themselves are found: the longest known code that fits is taken.
[[nodiscard]] tl::expected<Explanation, CellError> explain(const ExplainInput& input,
                                                           const std::string& cell);

}  // namespace yuanliu::usecase

template <>
struct yuanliu::WordsOf<yuanliu::usecase::Figure> {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"charge", "payment", "cost", "policy_margin", "real_margin"});
};
