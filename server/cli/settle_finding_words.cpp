// Why this file: the words of findings about settlements with the insurer (docs/settlement.md §8).
#include "server/cli/finding_words.hpp"

namespace yuanliu::cli {

FindingWords words_of_settlement_rows(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case settle_case_unknown:
            return {
                "encounter {0} has no estimate, so nothing can be attached to it; add it to "
                "estimates.csv, name its result with --result, or map the insurer's id in "
                "case_ids.csv",
                "就诊 {0} 没有暂估, 无法挂接; 请补入 estimates.csv, 用 --result 指明其结果, 或在 "
                "case_ids.csv 中补医保编号对照"};
        case settle_payer_unknown:
            return {"payer {0} has no [[payer]] in settlement.toml; add it, with its method",
                    "付费方 {0} 在 settlement.toml 中没有 [[payer]]; 请补充并写明结算方式"};
        case settle_case_changed:
            return {
                "encounter {0} has {1} here but {2} in {3} row {4}; an estimate may be revised, "
                "not whose case it is",
                "就诊 {0} 此处为 {1}, 而 {3} 第 {4} 行为 {2}; 暂估可以修订, 但病例归属不能改变"};
        case settle_event_before_discharge:
            return {
                "encounter {0} was discharged on {2}, so nothing can be settled at {1}; correct "
                "one of the two",
                "就诊 {0} 于 {2} 出院, 不可能在 {1} 发生结算事项; 请更正其中之一"};
        case settle_reply_repeated:
            return {
                "encounter {0} has a reply for {1} already, in {2} row {3}; keep one (a correction "
                "comes in a later settlement month)",
                "就诊 {0} 在结算月 {1} 已有回复 ({2} 第 {3} 行); 请只留一条 "
                "(更正请用以后的结算月)"};
        case settle_transfer_unusable:
            return {
                "the departments of encounter {0} have no {1} to split by; fill the column, or "
                "change split_by in settlement.toml",
                "就诊 {0} 各转科科室的 {1} 均为零, 无法分割; 请填写该列, 或更改 settlement.toml 的 "
                "split_by"};
        case settle_result_unusable:
            return {
                "{0} can't give estimates ({1}); name a result folder as `yuanliu compute` wrote "
                "it",
                "{0} 不能提供暂估 ({1}); 请指明 `yuanliu compute` 写出的结果文件夹, 未经改动"};
        case settle_difference_unexplained:
            return {
                "encounter {0}: {1} of the difference has no cause but rounding and other; compare "
                "the factors of the reply with its standard",
                "就诊 {0} 的差额中有 {1} 只能归入尾差及其他; 请核对回复中的系数与支付标准"};
        default:
            return {};
    }
}

FindingWords words_of_settlement_steps(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case settle_refusal_unknown:
            return {"refusal {0} is not in refusals.csv; add it or correct the number",
                    "拒付单 {0} 不在 refusals.csv 中; 请补充或更正单号"};
        case settle_refusal_over_paid:
            return {
                "{0} takes {2} from encounter {1}, of which the fund had paid only {3}; correct "
                "the "
                "amount or the case",
                "{0} 从就诊 {1} 扣 {2}, 而基金对该病例只支付了 {3}; 请更正金额或病例"};
        case settle_appeal_late:
            return {
                "refusal {0} was appealed on {1}, after its last day {2}; such an appeal is not "
                "heard, so take it out or correct the day",
                "拒付单 {0} 于 {1} 申诉, 已过截止日 {2}, 不予受理; 请删除或更正日期"};
        case settle_appeal_out_of_order:
            return {
                "refusal {0}: the step of {1} comes before what it answers (refused, filed, "
                "decided); add the missing step or correct the day",
                "拒付单 {0}: {1} 的步骤早于其前一步 (拒付、申诉、裁定); 请补齐或更正日期"};
        case settle_appeal_over_refused:
            return {
                "the appeal of refusal {0} returns {1}, but {2} was refused (a filing returns "
                "nothing); correct the amount",
                "拒付单 {0} 的申诉退回 {1}, 而拒付为 {2} (提出申诉时无退回); 请更正金额"};
        case settle_review_late:
            return {
                "special review of encounter {0} was applied for on {1}, after its last day {2}; "
                "take it out or correct the day",
                "就诊 {0} 于 {1} 申请特例单议, 已过截止日 {2}; 请删除或更正日期"};
        case settle_review_out_of_order:
            return {
                "special review of encounter {0} is decided on {1} without an application before; "
                "add it",
                "就诊 {0} 的特例单议于 {1} 裁定, 此前没有申请; 请补充申请"};
        case settle_review_over_quota:
            return {
                "special review of encounter {0} is beyond the quota: payer {1}, year {2}, may "
                "apply for {3} cases, {4} are applied for; withdraw what is over",
                "就诊 {0} 的特例单议超出限额: 付费方 {1} {2} 年可申请 {3} 例, 已申请 {4} 例; "
                "请撤回超出部分"};
        default:
            return {};
    }
}

FindingWords words_of_settlement_money(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case settle_cash_without_settlement:
            return {
                "receipt {0} of payer {1} is for {2}, of which nothing is settled; add the "
                "settlement, or correct the month (a prepayment has none)",
                "收款 {0} (付费方 {1}) 对应 {2}, 但该月没有结算; 请补结算数据或更正月份 "
                "(预付金不填结算月)"};
        case settle_brackets_gap:
            return {
                "payer {0}: a clearing bracket has {1} where {2} is needed; brackets begin at 0, "
                "each where the one before ends, and the last has no end",
                "付费方 {0}: 清算分段此处为 {1}, 应为 {2}; 分段须从 0 起首尾相接, "
                "最后一段不写上限"};
        case settle_clearing_without_points:
            return {
                "payer {0}, year {1}: {2} can be shared over no case, since none of the year is "
                "settled with points; add the replies first",
                "付费方 {0} {1} 年的 {2} 没有可分摊的病例 (无已结算且有分值的病例); 请先补回复"};
        case settle_payer_not_by_points:
            return {
                "payer {0} does not settle by points, so a clearing can't share a fund over them; "
                "correct the payer or its method",
                "付费方 {0} 不按分值结算, 不能按分值清算; 请更正付费方或其结算方式"};
        case settle_deposit_over_limit:
            return {"deposit of payer {0} for {1} is {2}, above the limit {3}; ask the insurer why",
                    "付费方 {0} 结算月 {1} 的保证金 {2} 超过上限 {3}; 请与医保核实"};
        case settle_payable_differs:
            return {
                "clearing of payer {0}, {1}: we reckon {2}, the insurer states {3}; compare fund, "
                "points, coefficient and brackets",
                "付费方 {0} {1} 年清算: 我方测算 {2}, 医保通知 {3}; 请核对基金、分值、系数与分段"};
        default:
            return {};
    }
}

}  // namespace yuanliu::cli
