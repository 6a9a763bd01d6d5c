// Why this file: the words of findings about the trial balance (docs/reports.md §9).
#include "server/cli/finding_words.hpp"

namespace yuanliu::cli {

FindingWords words_of_balances(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case balance_by_fund_and_total:
            return {
                "account {0} stands in row {1} as one total already; state it by fund source or as "
                "a total, not both",
                "科目 {0} 已在第 {1} 行按合计填列; 请只按经费性质或只按合计填列, 不要并用"};
        case ledger_differs_from_balance:
            return {
                "account {0}{1}: the ledger has {2}, the trial balance {3}, difference {4}; "
                "{5}. Correct the export, or accept the difference with its reason in costing.toml "
                "([[accepted_difference]]); `yuanliu report --kind reconciliation` opens it",
                "科目 {0}{1}: 总账明细 {2}, 科目余额表 {3}, 差额 {4}; {5}。请更正导出的数据, 或在 "
                "costing.toml 中用 [[accepted_difference]] 写明原因予以认可; 明细见 "
                "`yuanliu report --kind reconciliation`"};
        case ledger_difference_accepted:
            return {
                "account {0}{1}: the ledger differs from the trial balance by {2}, accepted by "
                "{3}: "
                "{4}",
                "科目 {0}{1}: 总账明细与科目余额表相差 {2}, 已由 {3} 认可: {4}"};
        case accepted_difference_unused:
            return {
                "the accepted difference of account {0}{1}, {2}, is not there this month; remove "
                "it, or state the amount that is",
                "已认可的差额 (科目 {0}{1}, {2}) 本月并不存在; 请删除, 或改为实际差额"};
        default:
            return {};
    }
}

}  // namespace yuanliu::cli
