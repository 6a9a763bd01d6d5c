// Why this file: cells and words that the three reports of settlements share.
#pragma once

#include <string>

#include "server/report/settlement_report.hpp"

namespace yuanliu::report {

[[nodiscard]] Report begin_settlement_report(const SettlementView& view, std::string_view zh,
                                             std::string_view en);
[[nodiscard]] std::string payer_words(const costing::settle::Payer& payer);
[[nodiscard]] std::string kind_words(costing::settle::PayerKind kind, Language language);
[[nodiscard]] std::string method_words(costing::settle::PayerMethod method, Language language);
[[nodiscard]] std::string stage_words(costing::settle::CaseStage stage, Language language);
/// 2026-13 as 清算.
[[nodiscard]] std::string settlement_month_words(std::optional<Period> month, Language language);
/// claim, settled, settlement rate, patient, loss, cash, outstanding.
void add_amount_columns(Section& section, Language language);
void add_amount_cells(Row& row, const costing::settle::ClaimAmounts& amounts);

}  // namespace yuanliu::report
