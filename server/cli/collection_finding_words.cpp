// Why this file: the words of findings about moves of direct cost (docs/collection.md §6).
#include "server/cli/finding_words.hpp"

namespace yuanliu::cli {

FindingWords words_of_move_rules(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case unknown_ledger_line:
            return {
                "the ledger has no line {0},{1}; an estimate is a line of ledger.csv, so correct "
                "voucher and line",
                "总账没有凭证 {0} 的第 {1} 行; 暂估应是 ledger.csv 中的一行, 请更正凭证号与行号"};
        case move_form_invalid:
            return {
                "move \"{0}\" needs exactly one of to, drivers and table; keep the one that says "
                "how it is divided",
                "重分类 \"{0}\" 须且仅须写 to、drivers、table 之一; 请只保留说明如何分配的那一项"};
        case move_target_invalid:
            return {
                "move \"{0}\" would put cost on department {1}, which is kept out of cost or not "
                "valid in the month; name another, or write out with a reason",
                "重分类 \"{0}\" 的去向科室 {1} 不计入成本或本月已失效; 请改为其他科室, 或写 out "
                "及理由"};
        case move_shares_not_one:
            return {"the shares of move \"{0}\" sum to {1}; make them sum to 1",
                    "重分类 \"{0}\" 各份额合计为 {1}; 应合计为 1"};
        case move_receivers_empty:
            return {"move \"{0}\" has no receiver in this month; name departments or a class",
                    "重分类 \"{0}\" 本月没有接收科室; 请指定科室或类别"};
        case move_base_is_zero:
            return {
                "cost of department {1} can't be divided by move \"{0}\": {2} gives nothing; send "
                "readings or rows, add a driver to the chain, or narrow the move",
                "重分类 \"{0}\" 无法分配科室 {1} 的成本: {2} 无数据; 请补报数据、增加备用参数, "
                "或缩小"
                "规则范围"};
        case move_base_too_large:
            return {"the bases of {1} in move \"{0}\" are too large in sum; use a larger unit",
                    "重分类 \"{0}\" 中 {1} 的基数合计过大; 请换用更大的单位"};
        default:
            return {};
    }
}

FindingWords words_of_moves(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case move_matches_nothing:
            return {
                "move \"{0}\" matches no cost of this month; correct its conditions, or give it an "
                "until",
                "重分类 \"{0}\" 本月没有匹配任何成本; 请更正条件, 或写明 until"};
        case move_fell_back:
            return {
                "move \"{0}\" divided the cost of department {1} by {2}, because the drivers "
                "before "
                "it are zero; send their readings",
                "重分类 \"{0}\" 改按 {2} 分配科室 {1} 的成本, 因为其前的参数均为零; 请补报读数"};
        case move_only_metered:
            return {
                "of the bill of department {1} in move \"{0}\" more is left than the meters' {2}, "
                "but no driver divides it; it went by the meters. Send readings of the others",
                "重分类 \"{0}\" 中科室 {1} 的账单超出计量金额 {2} 的部分没有可用参数, "
                "已按计量分配; "
                "请补报其余科室的读数"};
        case metered_above_bill:
            return {
                "the meters of move \"{0}\" say {3}, but the bill of department {1} is {2}; it was "
                "divided in their proportion. Check readings and tariff",
                "重分类 \"{0}\" 的计量金额 {3} 超过科室 {1} 的账单 {2}, 已按计量比例分配; "
                "请核对读数与单价"};
        case staff_without_time:
            return {
                "person {1} has no time in staff_time.csv, so move \"{0}\" left the pay with the "
                "payroll's department; add the time",
                "人员 {1} 在 staff_time.csv 中没有工时, 重分类 \"{0}\" 将其薪酬留在发薪科室; "
                "请补工时"};
        case move_base_differs:
            return {
                "move \"{0}\" divided {1}, but its table says {2}, a difference of {3}; reconcile "
                "the table with the ledger",
                "重分类 \"{0}\" 分配了 {1}, 而对应表合计 {2}, 差额 {3}; 请核对该表与总账"};
        default:
            return {};
    }
}

}  // namespace yuanliu::cli
