// Why this file: the words of findings fill more than one file; what those files share.
#pragma once

#include <string>
#include <string_view>

#include "costing/base/finding.hpp"
#include "server/text/language.hpp"

namespace yuanliu::cli {

/// {0} is the first argument of the finding; blank = the code is another part's.
struct FindingWords {
    std::string_view en;
    std::string_view zh;
};

/// How service pools are divided (docs/service-items.md): names that lead nowhere.
[[nodiscard]] FindingWords words_of_item_tables(FindingCode code);
/// The ledger against the trial balance.
[[nodiscard]] FindingWords words_of_balances(FindingCode code);
/// What came of dividing them.
[[nodiscard]] FindingWords words_of_activities(FindingCode code);
/// Other cost objects, and results side by side (docs/objects.md).
[[nodiscard]] FindingWords words_of_objects(FindingCode code);
/// Catalogues and cases of the groupers (docs/grouping.md).
[[nodiscard]] FindingWords words_of_grouping(FindingCode code);
/// Payment policies, payment tables and cases to be paid (docs/payment.md).
[[nodiscard]] FindingWords words_of_payment(FindingCode code);
/// Why a policy can't pay a case, from a word of PolicyFault; any other text stays.
[[nodiscard]] std::string pay_fault_in_words(const std::string& fault, Language language);
/// A reason of the groupers in words; any other text stays.
[[nodiscard]] std::string reason_in_words(const std::string& reason, Language language);

/// Results of several months that are read together (docs/profit.md §7).
[[nodiscard]] FindingWords words_of_results(FindingCode code);
/// Code tables, quality rules, conversion of catalogues (docs/codes.md, docs/quality.md).
[[nodiscard]] FindingWords words_of_quality(FindingCode code);
/// What is wrong with a rule, in words; any other text stays.
[[nodiscard]] std::string misuse_in_words(const std::string& what, Language language);

/// Moves of direct cost (docs/collection.md): what keeps them from being made.
[[nodiscard]] FindingWords words_of_move_rules(FindingCode code);
/// What came of making them.
[[nodiscard]] FindingWords words_of_moves(FindingCode code);

/// Settlements with the insurer (docs/settlement.md): rows and cases; steps and days; money.
[[nodiscard]] FindingWords words_of_settlement_rows(FindingCode code);
[[nodiscard]] FindingWords words_of_settlement_steps(FindingCode code);
[[nodiscard]] FindingWords words_of_settlement_money(FindingCode code);

}  // namespace yuanliu::cli
