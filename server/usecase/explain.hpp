// Why this file: where a figure comes from, as values: parts that sum to it exactly, each with the
// numbers it was made of. The command line and the API only print them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "server/usecase/compute_month.hpp"

namespace yuanliu::usecase {

enum class PartKind { opening, pool, ledger, transfer, sent };
[[nodiscard]] std::string_view word_of(PartKind kind) noexcept;

struct SourceLine {
    std::string reference;  ///< voucher/line, or the charge line's code
    std::string text;
    std::string quantity;  ///< blank = none
    Money amount;
};

struct ExplanationPart {
    Money amount;
    PartKind kind = PartKind::pool;
    std::string label;
    std::string formula;  ///< blank when there is nothing to compute
    std::string cell;     ///< opens this part further; blank = it is the end
    std::vector<SourceLine> lines;
};

struct Explanation {
    std::string title;
    Money total;
    std::vector<ExplanationPart> parts;  ///< sum to total exactly
};

struct CellError {
    enum class Kind { malformed, unknown };
    Kind kind = Kind::malformed;
    std::string what;  ///< "department", "encounter", …; blank when malformed
    std::string code;
};

struct ExplainInput {
    const ComputeOutcome& outcome;
    const std::filesystem::path& month_dir;
    const ParallelFor& parallel_for;
    bool chinese = true;
};

/// `cell`: department:CODE[:COST_ITEM[:FUND_SOURCE]] or patient:ENCOUNTER.
[[nodiscard]] tl::expected<Explanation, CellError> explain(const ExplainInput& input,
                                                           const std::string& cell);

/// Yuan with thousands separators: 1,315.63.
[[nodiscard]] std::string grouped_yuan(Money amount);

}  // namespace yuanliu::usecase
