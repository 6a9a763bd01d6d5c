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
#include "server/usecase/explain_terms.hpp"

namespace yuanliu::usecase {

/// Figures of a case or a group.
enum class Figure { charge, payment, cost, policy_margin, real_margin };

/// A text that holds words of a closed list.
struct SaidText {
    std::string word;  ///< stable, in English
    std::string zh;
};

/// A word of a label or the value of a quantity: as the month writes it, an amount, or a word of a
/// closed list, which is said in the reader's language.
using Word = std::variant<std::string, SaidText, Money, CostCategory, FundSource, Origin, PoolKind,
                          StayStatus, PaymentBasis, DepartmentClass, GroupingLevel, Deviation,
                          Measure, Figure, MoveBy>;

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
    "department:CODE[:COST_ITEM[:FUND_SOURCE]], layers:CODE[:COST_ITEM[:FUND_SOURCE]], "
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
