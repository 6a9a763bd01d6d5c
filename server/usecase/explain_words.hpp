// Why this file: says an explanation in Chinese or English; screen and wire use the same words.
#pragma once

#include "server/text/language.hpp"
#include "server/usecase/explain.hpp"

namespace yuanliu::usecase {

/// Stable words for programs: "transfer", "share_by_driver", "base_total".
[[nodiscard]] std::string_view word_of(PartKind kind);
[[nodiscard]] std::string_view word_of(Rule rule);
[[nodiscard]] std::string_view word_of(QuantityName name);

[[nodiscard]] std::string name_in(Language language, PartKind kind);
[[nodiscard]] std::string name_in(Language language, QuantityName name);
[[nodiscard]] std::string name_in(Language language, CellNoun noun);
[[nodiscard]] std::string text_in(Language language, const Word& word);
/// The label's words, joined by " · "; the kind's name when there are none.
[[nodiscard]] std::string label_in(Language language, const ExplanationNode& node);
/// The rule with the actual numbers: "1,315.63 × 在岗人数 10 / 50"; blank when there is nothing to
/// compute.
[[nodiscard]] std::string formula_in(Language language, const ExplanationNode& node);
/// ", near it: A001, A002"; blank when nothing is near.
[[nodiscard]] std::string near_in(Language language, const CellError& error);

}  // namespace yuanliu::usecase
