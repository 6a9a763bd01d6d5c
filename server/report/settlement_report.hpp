// Why this file: the insurer's reconciliation and the clearing (医保结算对账, 年终清算) as reports:
// per case ours against theirs, by cause, by discharge, settlement and cash month; what does not
// close is in the report's gaps (docs/settlement.md §7).
#pragma once

#include "costing/settle/settlement.hpp"
#include "server/report/report.hpp"

namespace yuanliu::report {

struct SettlementView {
    const costing::settle::SettlementInput& input;
    const costing::settle::Settlement& made;
    Language language = Language::en;
};

/// 医保结算对账表
[[nodiscard]] Report reconciliation_with_insurer(const SettlementView& view);
/// 年终清算表
[[nodiscard]] Report clearing_report(const SettlementView& view);
/// 回款与预测: ageing, days not to miss, cash expected, point value.
[[nodiscard]] Report receivables_report(const SettlementView& view);

/// Every entry and every part of a receipt by the day, for programs (docs/settlement.md §7.4).
[[nodiscard]] std::string entries_csv(const costing::settle::Settlement& made);
[[nodiscard]] std::string cash_csv(const costing::settle::Settlement& made);

}  // namespace yuanliu::report
