// Why this file: what the kinds of cells share: finding codes, naming near ones, and the builders;
// explain.hpp is the way in.
#pragma once

#include <algorithm>
#include <functional>
#include <string_view>

#include "server/usecase/explain.hpp"

namespace yuanliu::usecase {

using CellResult = tl::expected<Explanation, CellError>;

/// A known code at the head of a text and what follows its colon.
struct Head {
    std::size_t index = 0;
    std::string_view rest;  ///< blank = nothing follows
};

[[nodiscard]] inline std::string_view first_part(std::string_view text) {
    return text.substr(0, text.find(':'));
}
/// What follows the first colon; blank when there is none.
[[nodiscard]] inline std::string_view after_first(std::string_view text) {
    const std::size_t colon = text.find(':');
    return colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
}

/// Codes may hold colons: the longest that fits is taken. `code_of(i)` is the i-th known code.
template <class CodeOf>
std::optional<Head> known_head(std::size_t count, std::string_view text, CodeOf code_of) {
    std::optional<Head> best;
    std::size_t longest = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view code = code_of(i);
        const bool fits =
            text.starts_with(code) && (text.size() == code.size() || text[code.size()] == ':');
        if (fits && (!best || code.size() > longest)) {
            longest = code.size();
            best = Head{.index = i, .rest = text.substr(std::min(text.size(), longest + 1))};
        }
    }
    return best;
}

struct KnownCode {
    std::string_view code;
    std::string_view name;  ///< blank = it has none
};

/// The codes nearest to what was asked, at most three: by name or by few changed letters; where
/// there are none, those that begin like it for the longest.
[[nodiscard]] std::vector<std::string> nearest(std::string_view asked,
                                               const std::vector<KnownCode>& known);
[[nodiscard]] tl::unexpected<CellError> unknown(CellNoun noun, std::string_view code,
                                                std::vector<std::string> near);

/// A code of rows that have `code`, and perhaps `name`; else the error with near ones.
template <class Rows>
tl::expected<Head, CellError> find_head(const Rows& rows, CellNoun noun, std::string_view text) {
    if (const auto head = known_head(
            rows.size(), text, [&](std::size_t i) -> std::string_view { return rows[i].code; })) {
        return *head;
    }
    std::vector<KnownCode> known;
    for (const auto& row : rows) {
        if constexpr (requires { row.name; }) {
            known.push_back({.code = row.code, .name = row.name});
        } else {
            known.push_back({.code = row.code, .name = {}});
        }
    }
    return unknown(noun, first_part(text), nearest(first_part(text), known));
}

/// A word of a closed list; else the error with the whole list.
template <class E>
tl::expected<E, CellError> find_word(CellNoun noun, std::string_view text) {
    if (const auto value = parse_word<E>(text)) {
        return *value;
    }
    return unknown(noun, text, {WordsOf<E>::kWords.begin(), WordsOf<E>::kWords.end()});
}

/// `rest` is what follows the kind of the cell.
[[nodiscard]] CellResult explain_department(const ExplainInput& input, std::string_view rest);
[[nodiscard]] CellResult explain_layers(const ExplainInput& input, std::string_view rest);
[[nodiscard]] CellResult explain_transfer(const ExplainInput& input, std::string_view rest);
[[nodiscard]] CellResult explain_pool(const ExplainInput& input, std::string_view rest);
[[nodiscard]] CellResult explain_patient(const ExplainInput& input, std::string_view rest);
[[nodiscard]] CellResult explain_case(const ExplainInput& input, std::string_view rest);
[[nodiscard]] CellResult explain_group(const ExplainInput& input, std::string_view rest);
[[nodiscard]] CellResult explain_bonus(const ExplainInput& input, std::string_view rest);

/// Whether an activity is worth naming; not so the one of a pool by equivalents, drugs or
/// materials.
[[nodiscard]] bool has_own_name(const ActivityResult& activity);
/// Code, measure and, if it has one, item driver: for a label, and as quantities.
[[nodiscard]] std::vector<Word> activity_words(const ActivityResult& activity);
[[nodiscard]] std::vector<NamedQuantity> activity_quantities(const ActivityResult& activity);
/// The activities of a divided pool, each with its cost, use and what nobody used; else nothing.
[[nodiscard]] std::vector<ExplanationNode> activities_of(const CostingResult& costing,
                                                         const PoolResult& pool);

/// A ledger line as a source, with its booked amount.
[[nodiscard]] SourceLine ledger_source(const Month& month, const LedgerLine& line);

/// A cell of direct cost, and whether a figure covers it.
using CoversCell = std::function<bool(DepartmentId, CostItemId, FundSource)>;
/// What moves brought to the cells and took from them, each with the voucher lines it was of; these
/// and what was booked make the direct cost.
[[nodiscard]] std::vector<ExplanationNode> moved_parts(const Month& month,
                                                       const CollectionResult& collection,
                                                       const CoversCell& covers);

/// The month's charge lines of an encounter in code order, with their rows.
struct ChargeLineRef {
    std::string code;
    std::size_t row = 0;  ///< index into the columns
};
[[nodiscard]] std::vector<ChargeLineRef> charge_lines_of(const ExplainInput& input,
                                                         EncounterId encounter);
[[nodiscard]] SourceLine source_line(const Month& month, const ChargeLineRef& line);

}  // namespace yuanliu::usecase
